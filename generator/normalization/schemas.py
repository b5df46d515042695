"""The schemas of a description as the models have them: named, merged, told apart by side.

Inline objects are hoisted, `allOf` is merged, choices are told apart, and what cannot be enforced is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.grammar import HIDDEN, IN_PLACE
from generator.document.index import schemas
from generator.document.tree import Array, Document, Json, Node, Object
from generator.normalization.choices import joined
from generator.normalization.composition import CLOSED_PART, UNSUPPORTED_COMPOSITION, Composer, other_name, says_object
from generator.normalization.discriminators import IGNORED_DISCRIMINATOR, Discriminators
from generator.normalization.enforcement import UNSUPPORTED, UNSUPPORTED_KEYWORD, Enforcement, with_unchecked
from generator.normalization.enumerations import enumerated
from generator.normalization.files import with_files
from generator.normalization.inheritance import children, is_child
from generator.normalization.intersection import with_patterns
from generator.normalization.options import Options
from generator.normalization.registry import Registry
from generator.normalization.shapes import (
    ANNOTATIONS,
    BOUNDS,
    RULES,
    apart,
    array,
    has_fields,
    is_model,
    kinds,
    levels,
    nullable,
    of_kind,
    places,
    speaks_of,
    split_by_type,
    takes_null,
    with_annotations,
)
from generator.normalization.tagging import tagged
from generator.python import naming
from generator.python.pattern import is_found
from generator.python.typeref import SIZES, applies, bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.document.grammar import Side

_MOST_MERGED: Final = 8
"""So many merged schemas stand within each other at most: fields of merged ones can be merged without end."""
_MOST_COMPOSED: Final = 500
_COMPOSED_A_SCHEMA: Final = 5
"""So many compositions, or so many for each schema of the description, are made two levels and more within others."""
_MOST_INLINE: Final = 8
"""So many lists and maps of each other stand inline; the next has a name, as Python reads no type of endless depth."""


class Schemas:
    """Makes the schemas that operations refer to. `names` are those of the ones that have names of their own."""

    def __init__(self, document: Document, names: dict[tuple[str, Side], str], found: list[Diagnostic]) -> None:
        self.document = document
        self.composer = Composer(found)
        self._found = found
        self._registry = Registry(document, names)
        self._enforcement = Enforcement(found)
        self._find = self._enforcement.find
        self._discriminators = Discriminators(self.composer, found)
        self._options = Options(document, self.composer, self._enforcement, self._discriminators, self._registry, self)
        self._merging = 0
        self._composing = 0
        self._composed = 0
        self._most_composed = max(_MOST_COMPOSED, _COMPOSED_A_SCHEMA * len(schemas(document)))

    def components(self) -> dict[str, Json]:
        """The named schemas: all that was referred to, and what those refer to, by name."""
        return self._registry.made(self._named)

    def _reference(self, node: Node, side: Side, hint: str) -> Object | None:
        """The named schema that a node refers to; none if it has no name, or is the one that is being made."""
        found = node.target
        name = self._registry.name(found, side) if found is not None else None
        if found is None or name is None or name == hint:
            return None
        return self._registry.refer(found, side)

    def _alias(self, node: Node, side: Side, hint: str) -> Object | None:
        """The reference that a schema amounts to, if it says no more than another one."""
        named = other_name(node)
        target = named.target if named is not None else None
        if named is None or target is None or (reference := self._reference(named, side, hint)) is None:
            return None
        if says_object(node) and not self._is_object(target, side):
            return None
        null = takes_null(node, side)
        if other_name(target) is None and is_model(self.composer.expanded(target), side):
            reference = _or_null(reference) if null else reference  # a class takes none by itself
        elif null is not takes_null(target, side):
            return None
        return reference.changed({key: node.object[key] for key in node.object if key in ANNOTATIONS})

    def _is_object(self, node: Node, side: Side) -> bool:
        """Whether only objects, or null, fit a schema."""
        flat = self.composer.expanded(node)
        own = Node(self.document, node.pointer, flat, flat.location)
        options = [*own.elements_of("anyOf"), *own.elements_of("oneOf")]
        flats = [flat] if kinds(flat) or not options else map(self.composer.expanded, options)
        return all(is_model(one, side) or (kinds(one) and set(kinds(one)) <= {"object", "null"}) for one in flats)

    def form(
        self,
        schema: Node,
        side: Side,
        hint: str,
        own: Callable[[str, Node], Object | None],
        parts: Mapping[str, list[str]] | None,
    ) -> Json:
        """A form, told apart from the same schema as JSON: its fields have schemas of their `own`, and can be files.

        `parts` are the media types that its fields are said to have, where it is one of parts.
        """
        flat = self.composer.expanded(schema)
        fields = Node(self.document, schema.pointer, flat, flat.location).child("properties")
        if fields is None or not is_model(flat, side):
            return self.schema(schema, side, hint)
        changed = dict(with_files(fields, parts, self.composer.expanded)) if parts is not None else {}
        changed |= {name: made for name, member in fields.members() if (made := own(name, member)) is not None}
        if not changed:
            return self.schema(schema, side, hint)
        marked = flat.changed({"properties": fields.object.changed(changed)})
        return self._registry.hoist(self._model(marked, schema, side, hint), hint)

    def schema(self, node: Node, side: Side, hint: str) -> Json:
        """A schema in a place of use: a reference, or something small enough to stand inline."""
        value = node.value
        if not isinstance(value, Object):
            if value is False and side == "request":
                self._find(UNSUPPORTED_KEYWORD, node, "a schema that nothing fits has no Python type")
                return with_unchecked(Object({}, node.location), ["that nothing fits"])
            return Object({}, node.location)
        if (alias := self._alias(node, side, "")) is not None:
            return alias
        if node.target is None and node.reference is not None:
            return Object({}, node.location)
        if not any(key in value for key in ("$ref", "allOf", "anyOf", "oneOf")):
            return self._made(node, side, hint)
        merges = "$ref" in value or "allOf" in value  # a reference with something beside it is merged with that
        self._composed += self._composing > 1
        if (merges and self._merging == _MOST_MERGED) or self._composed > self._most_composed:
            self._find(UNSUPPORTED_COMPOSITION, node, "schemas are composed of each other without end")
            return with_unchecked(Object({}, node.location), ["what it is, as it is composed of others without end"])
        self._merging += merges
        self._composing += 1
        made = self._made(node, side, hint)
        self._merging -= merges
        self._composing -= 1
        return made

    def _made(self, node: Node, side: Side, hint: str) -> Json:
        """A schema that stands inline."""
        flat = self.composer.expanded(node)
        if is_model(flat, side):
            reference = self._registry.hoist(self._model(flat, node, side, hint), hint)
            return _or_null(reference) if takes_null(node, side) else reference
        return self._plain(flat, node, side, hint)

    def _named(self, node: Node, side: Side, name: str) -> Object:
        """A schema that has a name of its own."""
        if "discriminator" in node.object and is_model(self.composer.expanded(node), side):
            self._discriminators.look_for_strangers(node)
        if children(node) and (family := self._family(node, side, name)) is not None:
            return family.changed({"x-side": side})
        if is_child(node) or (made := self._alias(node, side, name)) is None:
            flat = self.composer.expanded(node)
            made = self._model(flat, node, side, name) if is_model(flat, side) else self._plain(flat, node, side, name)
        return made.changed({"x-side": side})

    def _model(self, flat: Object, node: Node, side: Side, hint: str) -> Object:
        """An object with fields: fields transformed, rules put aside."""
        document = self.document
        if isinstance(fields := flat.get("properties"), Object):
            flat = flat.changed({"properties": with_patterns(fields, flat.get("patternProperties"))})
        own = Node(document, node.pointer, of_kind(flat, "object"), flat.location)
        unchecked = self._enforcement.unenforced(own, side)
        if side == "request" and (refused := flat.get("x-refused")) and isinstance(refused, Array):
            names = ", ".join(dict.fromkeys(map(str, refused)))
            message = f"a closed part refuses what others describe, which the client takes all the same: {names}"
            self._find(CLOSED_PART, node, message)
            unchecked.append(f"that a closed part refuses what others describe: {names}")
        properties: dict[str, Json] = {}
        required = {str(name) for name in array(flat.get("required"))}
        declared = own.child("properties")
        hidden = HIDDEN[side]
        for name, member in declared.members() if declared else ():
            if member.is_true(hidden) or member.resolve().is_true(hidden):
                required.discard(name)
                continue
            made = self.schema(member, side, hint + naming.pascal(name))
            if isinstance(made, Object):
                made = made.changed({}, drop=(naming.CHOICE,))  # which a schema that is merged into it can have
            if side == "response" and name not in required:
                made = nullable(made, member.location) if isinstance(made, Object) else made
            properties[name] = with_annotations(
                made,
                member,
                *("x-error-field", "x-error-categories", "x-minimum-version", "x-alternative-names", naming.CHOICE),
            )
        patterns = own.child("patternProperties")
        groups = {
            pattern: with_annotations(self.schema(member, side, hint + "Value"), member, "x-property-group")
            for pattern, member in (patterns.members() if patterns else ())
        }
        open_to = own.child("additionalProperties")
        rules, unsaid = self._rules(own, set(properties)) if side == "request" else ([], [])
        if open_to is not None and isinstance(open_to.value, Object):
            extra: Json = self.schema(open_to, side, hint + "Value")
        else:
            # Rules that have no form here can be about fields of their own.
            extra = flat.get("additionalProperties", side == "response" or bool(unsaid))
        if side == "request":
            # Fields that are required and nowhere declared may have any value that the others may have.
            named = {*required, *(name for one in rules for name in _required_in(one))}
            undeclared = [name for name in sorted(named - set(properties)) if not _is_matched(name, groups)]
            if flat.get("additionalProperties") is not False:
                any_value = extra if isinstance(extra, Object) else Object({}, own.location)
                properties |= dict.fromkeys(undeclared, any_value)
            elif lost := [name for name in undeclared if name in required]:
                self._find(UNSUPPORTED_KEYWORD, own["required"], f"{lost[0]!r} is required, and no field here")
                unchecked.append("what `required` demands of fields that there are not")
        kept = {
            key: flat[key]
            for key in ("description", "deprecated", "x-batch", "x-echo", "x-failure", "x-max-total-items")
            if key in flat
        }
        made = Object(
            {
                "type": "object",
                **kept,
                "properties": Object(properties, own.location, places(flat, "properties")),
                "required": Array([name for name in properties if name in required], own.location),
                "patternProperties": Object(groups, own.location),
                "additionalProperties": extra,
                "x-constraints": Array(rules, own.location),
                "x-side": side,
            },
            own.location,
            flat.places,
        )
        return with_unchecked(made, [*array(flat.get("x-unchecked")), *unchecked, *unsaid] if side == "request" else [])

    def _rules(self, node: Node, declared: set[str]) -> tuple[list[Json], list[str]]:
        """The rules between fields of a request, each a fragment of JSON Schema; and words for those without a form."""
        _, own = apart(node.object)
        rules: list[Json] = []
        unsaid: list[str] = []
        for fragment in (*own, *array(node.object.get("x-rules"))):
            if isinstance(fragment, Object) and speaks_of(fragment, declared):
                rules.append(fragment)
            else:
                location = fragment.location if isinstance(fragment, Object) else node.location
                message = "alternatives with fields of their own beside shared fields"
                self._found.append(UNSUPPORTED_COMPOSITION.at(location, message, node.pointer))
                unsaid.append("the alternatives that have fields of their own")
        return rules, unsaid

    def _plain(self, flat: Object, node: Node, side: Side, hint: str) -> Object:
        """Anything but an object with fields: a scalar, an array, a map, a choice."""
        told = node.child("discriminator")
        if told is not None and not ("anyOf" in flat or "oneOf" in flat):
            message = "the discriminator stands beside no options, and on no object with fields that others build on"
            self._find(IGNORED_DISCRIMINATOR, told, message)
        own = Node(self.document, node.pointer, flat, flat.location)
        if (one := joined(own, self.composer.expanded)) is not None:
            flat = one
        if "x-rules" in flat or ("anyOf" in flat and "oneOf" in flat):
            self._find(UNSUPPORTED_COMPOSITION, node, "several choices that hold at once have no Python type")
            flat = with_unchecked(flat, [*array(flat.get("x-unchecked")), "that several of its choices hold at once"])
        own = Node(self.document, node.pointer, flat, flat.location)
        if "enum" in flat or "const" in flat:
            return enumerated(own, side, self._enforcement)
        if "anyOf" in flat or "oneOf" in flat:
            return self._options.choice(own, side, hint)
        if len(kinds(flat)) == 1:
            return self._of_one_type(own, side, hint)
        if kinds(flat):
            split = split_by_type(flat)
            own = Node(self.document, node.pointer, split, flat.location)
            if len(kinds(flat)) == 2 and "null" in kinds(flat):
                real = next(one for one in own.elements_of("anyOf") if one.value != {"type": "null"})
                single = real.object.changed({key: value for key, value in split.items() if key != "anyOf"})
                single_node = Node(self.document, real.pointer, single, flat.location)
                made = self.schema(single_node, side, hint)
                return nullable(made, flat.location) if isinstance(made, Object) else split
            return self._options.choice(own, side, hint)
        return self._of_one_type(own, side, hint)

    def _of_one_type(self, own: Node, side: Side, hint: str) -> Object:
        """A scalar, an array or a map; or a schema that says nothing of its type."""
        flat = of_kind(own.object, kinds(own.object)[0]) if kinds(own.object) else own.object
        own = Node(self.document, own.pointer, flat, own.location)
        is_sized = side == "request" and not has_fields(flat)
        sizes = [word for word in SIZES if word in flat and is_sized and applies(word, flat)]
        unchecked = [*self._enforcement.unruled(own, side, sizes), *self._enforcement.unenforced(own, side)]
        if side == "request" and (names := own.child("required")) is not None and names.value:
            self._find(UNSUPPORTED_KEYWORD, names, "'required' can be enforced beside declared fields only")
            unchecked.append("what `required` demands")
        changes: dict[str, Json] = {}
        items = own.child("items")
        if items is not None and "prefixItems" in flat:
            # It is about the elements after those, and a list has one type for all.
            if side == "request" and items.value not in ({}, True):
                self._find(UNSUPPORTED_KEYWORD, items, "'items' cannot be enforced beside 'prefixItems'")
                unchecked.append("what `items` demands")
        elif items is not None:
            changes["items"] = self.inner(items, side, f"{hint}Item")
        others = own.child("additionalProperties")
        if others is not None and isinstance(others.value, Object):
            changes["additionalProperties"] = self.inner(others, side, f"{hint}Value")
        drop = [
            "x-rules",
            "xml",
            "discriminator",
            "title",
            "properties",
            "required",
            "patternProperties",
            *(word for word in RULES if word not in sizes),
            *(BOUNDS if side == "response" else UNSUPPORTED),
            *(("items", "prefixItems") if "prefixItems" in flat else ()),
        ]
        kept = flat.changed(changes, drop=drop)
        # That anything may be in it goes without saying: options that say it and others that do not are the same.
        said = [key for key in ("items", "additionalProperties") if kept.get(key) in ({}, True) and kinds(kept)]
        kept = kept.changed({}, drop=said)
        return with_unchecked(kept, [*array(flat.get("x-unchecked")), *unchecked] if side == "request" else [])

    def _family(self, node: Node, side: Side, name: str) -> Object | None:
        """A schema that others build on: it or, as its tag says, one of them; none where no tag says it."""
        flat = self.composer.expanded(node)
        if not is_model(flat, side) or (tags := self._discriminators.of_family(node, side)) is None:
            return None
        options = [self._registry.refer(one, side) for one in children(node)]
        answered = self._registry.name(node, "response") or name
        own_name = f"{answered}Base{name.removeprefix(answered)}" if name.startswith(answered) else f"{name}Base"
        base = self._registry.hoist(self._model(flat, node, side, name), own_name)
        return tagged(node, [*options, base], tags, base if side == "response" else None, null=False)

    def inner(self, node: Node, side: Side, hint: str, *, apart: bool = False) -> Json:
        """A schema inside an array, a map or a choice; its bounds need a name to stand on.

        One that stands `apart` is not to be taken for several of the options of a choice.
        """
        made = self.schema(node, side, hint)
        if isinstance(made, Object) and (bounds(made) or (apart and "anyOf" in made) or levels(made) > _MOST_INLINE):
            return self._registry.hoist(made.changed({"x-side": side}), hint)
        return made


def _required_in(rule: Json) -> Iterator[str]:
    """The fields that a rule between fields says are there."""
    if isinstance(rule, Object):
        yield from map(str, array(rule.get("required")))
        dependent = rule.get("dependentRequired")
        for others in dependent.values() if isinstance(dependent, Object) else ():
            yield from map(str, array(others))
        for key in IN_PLACE & set(rule):
            inner = rule[key]
            if key == "dependentSchemas":
                inner = Array(inner.values() if isinstance(inner, Object) else (), rule.location)
            for one in inner if isinstance(inner, Array) else [inner]:
                yield from _required_in(one)


def _is_matched(name: str, patterns: Iterable[str]) -> bool:
    """Whether a field is one of those whose names match a pattern; who knows of one that cannot be read."""
    return any(is_found(one, name) is not False for one in patterns)


def _or_null(reference: Object) -> Object:
    null = Object({"type": "null"}, reference.location)
    return Object({"anyOf": Array([reference, null], reference.location)}, reference.location)
