"""One reading of schemas for one type: what they demand of its values, brought into one form.

Choices come first: branches of other types are out, a single one left holds as if it stood in `allOf`, values of all
branches are one enumeration, and branches that speak only of which members there are become rules between fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.document.tree import Node, Object
from generator.document.values import canonical, type_of
from generator.review.nodes import part
from generator.review.rules import fragments, logic
from generator.review.schemas import children
from generator.review.schemas.conjunction import (
    CHOICES,
    Conjunction,
    assertions,
    constraining,
    flat,
    is_value_list,
    node_key,
)
from generator.review.schemas.facets import Choice, Facets
from generator.review.schemas.limits import limits, multiple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from generator.review.schemas.facets import SchemaReader

_CODINGS: Final = ("contentEncoding", "contentMediaType", "contentSchema")
_CODED: Final = {
    **dict.fromkeys(("byte", "base64"), ("contentEncoding", "base64")),
    "binary": ("contentMediaType", "application/octet-stream"),
}
"""Formats of OpenAPI 3.0, which are found in later ones too, and the keyword that has taken their place."""
_BETWEEN_FIELDS: Final = ("required", "dependentRequired")
_AT_TIMES: Final = (*CHOICES, "if", "dependentSchemas")
"""What speaks of members of some values and not of others."""
_OPAQUE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "array": ("contains", "unevaluatedItems"),
    "object": ("propertyNames",),
}


class Reading:
    """Reads schemas, flat, for a type that they allow; for one use."""

    def __init__(self, reader: SchemaReader, kind: str, nodes: Conjunction) -> None:
        self.reader = reader
        self.kind = kind
        self.nodes = list(nodes)
        self.known: dict[Hashable, Node] = {}
        self.finite: list[dict[Hashable, Node]] = []
        self.choices: list[tuple[Node, str, list[Conjunction]]] = []
        self.rules: list[Node] = []
        """Keywords that speak of several fields, each as a schema of its own."""
        self.opaque: dict[str, Node] = {}
        self.merged: set[tuple[tuple[str, tuple[str, ...]], str]] = set()

    def facets(self) -> Facets:
        """What is demanded."""
        self._settle_choices()
        values = self._values()
        excluded = self._excluded()
        bounds = dict(limits(self.kind, self.nodes))
        if values is not None:
            values = {one: node for one, node in values.items() if one not in excluded}
            return Facets(self.kind, tuple(self.nodes), values=values)
        made = Facets(
            self.kind,
            tuple(self.nodes),
            known=self.known,
            excluded=excluded,
            bounds=bounds,
            multiple=multiple(self.kind, self.nodes),
            merged=frozenset(self.merged),
            choices=tuple(self._choice(node, word, branches) for node, word, branches in self.choices),
        )
        parts: dict[str, object] = {}
        if self.kind == "string":
            parts = {
                "patterns": self._texts("pattern"),
                "formats": {one: node for one, node in self._texts("format").items() if one not in _CODED},
                "codings": {
                    fragments.text(fragments.canonical(said)): node[word]
                    for node in self.nodes
                    for word, said in _codings(node)
                },
            }
        elif self.kind in ("integer", "number"):
            parts = {"formats": self._texts("format")}
        elif self.kind == "array":
            unique = [node for node in self._children("uniqueItems") if node.value is True]
            longest = max((len(list(node.elements())) for node in self._children("prefixItems")), default=0)
            parts = {
                "unique": unique[0] if unique else None,
                "prefix": tuple(children.element(self.nodes, place) for place in range(longest)),
                "items": constraining(one for one in self._children("items") if one.value is not False),
            }
        elif self.kind == "object":
            parts = self._members()
        self._gather_opaque()
        return replace(made, **parts, opaque=self.opaque)

    # -- choices -----------------------------------------------------------------------------------------------------

    def _settle_choices(self) -> None:
        """Branches of other types are out; a single one left holds as if it stood in `allOf`."""
        done = 0
        while done < len(self.nodes):
            node = self.nodes[done]
            done += 1
            for word in CHOICES:
                if node.child(word) is not None:
                    self._settle(node, word)

    def _settle(self, node: Node, word: str) -> None:
        branches: list[Conjunction] = [(one,) for one in node.elements_of(word)]
        own = frozenset((node.pointer,))
        alive = self._taken_apart([one for one in branches if self.kind in self.reader.types(one)], word, own)
        if len(alive) == 1:
            self.merged.add((node_key(node), word))
            present = {node_key(one) for one in self.nodes}
            self.nodes += [one for one in flat(alive[0]) if node_key(one) not in present]
            return
        read = [self.reader.facets(one, self.kind) for one in alive]
        if any(one.is_free for one in read):
            for one in read:
                self.known |= one.values or one.known
            if word == "oneOf":  # two free branches refuse everything, one refuses what others take
                self._keep_opaque(node, word)
            return
        if all(one.values is not None for one in read):
            counted: dict[Hashable, list[Node]] = {}
            for one in read:
                for value, where in (one.values or {}).items():
                    counted.setdefault(value, []).append(where)
            once = word == "oneOf"
            self.finite.append({value: where[0] for value, where in counted.items() if not once or len(where) == 1})
        elif self.kind == "object" and self._is_rule(node, word):
            self.rules.append(part(node, word))
        else:
            self.choices.append((node, word, alive))

    def _taken_apart(self, branches: list[Conjunction], word: str, opened: frozenset[str]) -> list[Conjunction]:
        """Branches that are nothing but a choice of the same kind are replaced by theirs; `opened` ones add nothing."""
        found: list[Conjunction] = []
        for branch in branches:
            nodes = flat(branch)
            pure = [one for one in nodes if assertions(one) - {"$ref"}]
            inner = pure[0] if len(pure) == 1 else None
            if inner is not None and assertions(inner) == {word} and word == "anyOf":
                if inner.pointer in opened:
                    continue
                branches_below: list[Conjunction] = [(one,) for one in inner.elements_of(word)]
                deeper = [one for one in branches_below if self.kind in self.reader.types(one)]
                found += self._taken_apart(deeper, word, opened | {inner.pointer})
            else:
                found.append(branch)
        return found

    def _choice(self, node: Node, word: str, branches: list[Conjunction]) -> Choice:
        exclusive = word == "oneOf" and not all(
            self.reader.disjoint(left, right, self.kind)
            for place, left in enumerate(branches)
            for right in branches[place + 1 :]
        )
        return Choice(tuple(branches), part(node, word), exclusive)

    # -- scalars -----------------------------------------------------------------------------------------------------

    def _children(self, word: str) -> list[Node]:
        return [found for node in self.nodes if (found := node.child(word)) is not None]

    def _texts(self, word: str) -> dict[str, Node]:
        return {found.value: found for found in self._children(word) if isinstance(found.value, str)}

    def _values(self) -> dict[Hashable, Node] | None:
        return self._listed(self.nodes, *self.finite, *self._few())

    def _few(self) -> Iterator[dict[Hashable, Node]]:
        """All values of a type that has no more of them than can be listed."""
        everything: Mapping[str, tuple[bool | None, ...]] = {"null": (None,), "boolean": (True, False)}
        if (known := everything.get(self.kind)) is not None:
            first = self.nodes[0]
            yield {canonical(one): Node(first.document, first.pointer, one, first.location) for one in known}

    def _listed(self, nodes: Sequence[Node], *more: dict[Hashable, Node]) -> dict[Hashable, Node] | None:
        """The values that all lists have in common; `None` without a list."""
        listed: list[dict[Hashable, Node]] = []
        for node in nodes:
            for word in ("enum", "const"):
                if (found := node.child(word)) is not None:
                    values = found.elements() if word == "enum" else iter((found,))
                    listed.append({canonical(one.value): one for one in values if type_of(one.value) == self.kind})
        listed += more
        if not listed:
            return None
        first, *others = listed
        return {value: node for value, node in first.items() if all(value in other for other in others)}

    def _excluded(self) -> dict[Hashable, Node]:
        found: dict[Hashable, Node] = {}
        for refused in self._children("not"):
            if is_value_list(refused) and self.kind in self.reader.types((refused,)):
                found |= self._listed((refused,)) or {}
        return found

    # -- arrays and objects ------------------------------------------------------------------------------------------

    def _members(self) -> dict[str, object]:
        names = dict.fromkeys(name for node in self.nodes for name, _ in node.members_of("properties"))
        patterns = dict.fromkeys(pattern for node in self.nodes for pattern, _ in node.members_of("patternProperties"))
        declared: dict[str, Conjunction] = {}
        hidden: set[str] = set()
        for name in names:
            own = tuple(one for node in self.nodes if (one := children.entry(node, "properties", name)) is not None)
            if self.reader.is_hidden(own):
                hidden.add(name)
                continue
            together = children.member(self.nodes, name)
            if not any(one.value is False for one in together):
                declared[name] = together
        groups = {pattern: children.group(self.nodes, pattern) for pattern in patterns}
        additional = constraining([*self._children("additionalProperties"), *self._unevaluated()])
        return {
            "properties": declared,
            "groups": groups,
            "additional": additional,
            **self._between_fields(set(names), hidden),
        }

    def _unevaluated(self) -> Iterator[Node]:
        """What `unevaluatedProperties` says, where nothing beside or within speaks of all members already."""
        for node in self.nodes:
            rest = node.child("unevaluatedProperties")
            within = flat((node,)) if rest is not None else ()
            if any(word in one.object for one in within for word in _AT_TIMES):
                self._keep_opaque(node, "unevaluatedProperties")
            if rest is not None and not any("additionalProperties" in one.object for one in within):
                yield rest

    def _is_rule(self, node: Node, word: str) -> bool:
        declared = {name for one in self.nodes for name, _ in one.members_of("properties")}
        return all(logic.is_about_fields(branch, declared) for branch in node.elements_of(word))

    def _between_fields(self, declared: set[str], hidden: set[str]) -> dict[str, object]:
        rules = [part(node, word) for node in self.nodes for word in _BETWEEN_FIELDS if node.child(word) is not None]
        rules += self.rules
        for node in self.nodes:
            for word in ("not", "if", "dependentSchemas"):
                found = node.child(word)
                if found is None or (word == "not" and _is_judged(found)):
                    continue
                keywords = (word, "then", "else") if word == "if" else (word,)
                branches = (
                    [one for _, one in found.members()]
                    if word == "dependentSchemas"
                    else [one for each in keywords if (one := node.child(each)) is not None]
                )
                if all(logic.is_about_fields(branch, declared) for branch in branches):
                    rules.append(part(node, *keywords))
                else:
                    self._keep_opaque(node, *keywords)
        clauses = logic.implicates([logic.formula(rule) for rule in rules])
        seen = frozenset(left for clause in clauses if (left := _without(clause, hidden)) or not clause)
        field_rules = tuple((rule, _mentioned(rule)) for rule in rules)
        return {"clauses": seen, "field_rules": field_rules}

    # -- what is compared by its text ----------------------------------------------------------------------------------

    def _gather_opaque(self) -> None:
        for node in self.nodes:
            for word in _OPAQUE_OF.get(self.kind, ()):
                if node.child(word) is not None:
                    self._keep_opaque(node, word, *(("minContains", "maxContains") if word == "contains" else ()))
            if self.kind != "object":
                for word in ("not", "if"):
                    found = node.child(word)
                    if found is None or (word == "not" and _is_judged(found)):
                        continue
                    if word == "if" or self.kind in self.reader.types((found,)):
                        self._keep_opaque(node, *((word, "then", "else") if word == "if" else (word,)))

    def _keep_opaque(self, node: Node, *keywords: str) -> None:
        kept = part(node, *keywords)
        self.opaque[fragments.text(fragments.canonical(kept))] = kept


def _codings(node: Node) -> Iterator[tuple[str, Node]]:
    """The keywords that say how the text of a value is coded, `format` among them, each with what it says."""
    yield from ((word, part(node, word)) for word in _CODINGS if node.child(word) is not None)
    if (coded := _CODED.get(node.text("format"))) is not None and node.child(coded[0]) is None:
        said = Object(dict((coded,)), node.location)
        yield "format", Node(node.document, node.pointer, said, node.location)


def _is_judged(refused: Node) -> bool:
    """Whether a `not` takes out types or values and no more: then they are simply not among those that are allowed."""
    return is_value_list(refused) or set(refused.object) == {"type"}


def _without(clause: logic.Clause, hidden: set[str]) -> logic.Clause:
    """What is left of a rule where some members do not exist; empty where it demands nothing then."""
    if any(atom.name in hidden and not (holds and isinstance(atom, logic.Present)) for atom, holds in clause):
        return frozenset()
    return frozenset((atom, holds) for atom, holds in clause if atom.name not in hidden)


def _mentioned(rule: Node) -> frozenset[str]:
    found: set[str] = set()
    for node in rule.walk():
        if node.key == "required" or "/dependentRequired" in node.pointer:
            found |= {one.value for one in node.elements() if isinstance(one.value, str)}
        if isinstance(node.value, Object):
            for word in ("properties", "dependentRequired", "dependentSchemas"):
                found |= {name for name, _ in node.members_of(word)}
    return frozenset(found)
