"""Whether a value holds under schemas of one description, all at once, by jsonschema-rs: exact on numbers.

Compiled is what is asked for, when it is asked for, with no more of the description than it leads to. On its side of
the wire a hidden property (`readOnly` in requests, `writeOnly` in answers) is neither demanded nor allowed. What
jsonschema-rs cannot compile, a malformed keyword or a dead reference for one, is never guessed at: it has no verdict.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import jsonschema_rs
import msgspec
from jsonschema_rs import Draft202012Validator, canonicalize

from generator.document import grammar
from generator.document.grammar import HIDDEN
from generator.document.tree import Array, Document, Json, Node, Object, objects
from generator.python.pattern import rich
from generator.review.evidence.reasons import reason
from generator.review.nodes import reached
from generator.validation.rules.conformance import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jsonschema_rs import CanonicalSchema

    from generator.document.grammar import Side
    from generator.review.rules.fragments import Plain

Numbers: TypeAlias = "dict[tuple[str, frozenset[str]], int]"
"""The number of each schema that is referred to, by its pointer and the properties hidden around it."""

ANYWHERE: Final = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
"""The keywords of `grammar.IN_PLACE`, in an order that never changes."""

_ORDERED: Final = msgspec.json.Encoder(decimal_format="number")
_SORTED: Final = msgspec.json.Encoder(decimal_format="number", order="sorted")
_ASSERTIONS: Final = frozenset(
    (
        *("type", "enum", "const", "format", "pattern", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties"),
    )
)
_SUBSCHEMAS: Final = {
    key: spec
    for key, spec in grammar.CHILDREN["schema"].items()
    if key not in ("$defs", "definitions", "contentSchema")
}


class _UncheckableError(Exception):
    """A schema leads to something of which nobody knows what it allows."""


class _Part(NamedTuple):
    """A schema as jsonschema-rs takes it, its text, and the numbers of the schemas that it refers to."""

    schema: Plain
    text: str
    needs: frozenset[int]


class Validators:
    """The validators of one description for one side, each made once."""

    def __init__(self, document: Document, side: Side, numbers: Numbers | None = None) -> None:
        """Two descriptions that share their `numbers` have comparable fingerprints."""
        self.document = document
        self.side: Side = side
        self._numbers = numbers if numbers is not None else {}
        self._numbered: dict[int, tuple[Node, frozenset[str]]] = {}
        self._parts: dict[tuple[str, frozenset[str]], _Part | None] = {}
        self._validators: dict[tuple[str, ...], Draft202012Validator | None] = {}
        self._fingerprints: dict[tuple[str, ...], str] = {}
        self._hidden: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def hides(self) -> bool:
        """Whether anything in the description is hidden on this side."""
        return any(one.get(HIDDEN[self.side]) is True for one in objects(self.document.root))

    def can_check(self, schemas: Sequence[Node]) -> bool:
        """Whether there is a verdict on values under these schemas."""
        return self._validator(schemas) is not None

    def accepts(self, schemas: Sequence[Node], value: Plain) -> bool | None:
        """Whether a value holds under all the schemas; `None` where that cannot be told."""
        return self.accepting(schemas)(value)

    def accepting(self, schemas: Sequence[Node]) -> Callable[[Plain], bool | None]:
        """What gives the same, for one value after another."""
        if not schemas:
            return lambda _: True
        if (validator := self._validator(schemas)) is None:
            return lambda _: None

        def accepts(value: Plain) -> bool | None:
            try:
                return validator.is_valid(value)
            except (ValueError, OverflowError):
                return None

        return accepts

    def refusal(self, schemas: Sequence[Node], value: Plain) -> str | None:
        """What the schemas have against a value, the first of it, in short; `None` where they have nothing to say."""
        validator = self._validator(schemas)
        return reason(validator.iter_errors(value)) if validator is not None else None

    def meaning(self, schemas: Sequence[Node]) -> CanonicalSchema | None:
        """What the schemas allow, as jsonschema-rs reasons about it; `None` where it cannot."""
        found = self._closure(schemas)
        try:
            return canonicalize(found[0], validate_formats=True) if found is not None else None
        except (ValueError, OverflowError, jsonschema_rs.ReferencingError):
            return None

    def fingerprint(self, schemas: Sequence[Node]) -> str:
        """A text that schemas share only if they say the same in the same words; empty: they cannot be checked."""
        key = tuple(map(identity, schemas))
        if key not in self._fingerprints:
            found = self._closure(schemas)
            self._fingerprints[key] = found[1] if found is not None else ""
        return self._fingerprints[key]

    def hidden(self, schemas: Sequence[Node]) -> frozenset[str]:
        """The properties of an object that are not there on this side."""
        if not self.hides:
            return frozenset()
        key = tuple(map(identity, schemas))
        if key not in self._hidden:
            declared = (holder.members_of("properties") for holder in parts(schemas, ("allOf",)))
            found = frozenset(name for members in declared for name, member in members if self._is_hidden(member))
            self._hidden[key] = found
        return self._hidden[key]

    def _is_hidden(self, declared: Node) -> bool:
        return declared.is_true(HIDDEN[self.side]) or declared.resolve().is_true(HIDDEN[self.side])

    def _validator(self, schemas: Sequence[Node]) -> Draft202012Validator | None:
        key = tuple(map(identity, schemas))
        if key not in self._validators:
            made: Draft202012Validator | None = None
            found = self._closure(schemas)
            if found is not None:
                try:
                    made = Draft202012Validator(found[0], validate_formats=True)
                except (ValueError, OverflowError, jsonschema_rs.ReferencingError):
                    made = None
            self._validators[key] = made
        return self._validators[key]

    def _closure(self, schemas: Sequence[Node]) -> tuple[dict[str, Plain], str] | None:
        """The schemas with all that they lead to as one, and as text; `None` where something is not there."""
        hidden = self.hidden(schemas)
        roots = [self._part(schema, hidden) for schema in schemas]
        reached: dict[int, _Part] = {}
        waiting = [number for part in roots if part is not None for number in sorted(part.needs)]
        while waiting:
            number = waiting.pop()
            if number not in reached:
                part = self._part(*self._numbered[number])
                if part is None:
                    return None
                reached[number] = part
                waiting.extend(sorted(part.needs))
        definitions: dict[str, Plain] = {str(number): part.schema for number, part in sorted(reached.items())}
        known = [part for part in roots if part is not None]
        if len(known) < len(roots):
            return None
        root: dict[str, Plain] = {"$defs": definitions, "allOf": [part.schema for part in known]}
        texts = [*(part.text for part in known), *(f"{number}:{part.text}" for number, part in sorted(reached.items()))]
        return root if known else {}, "\n".join(texts) or "{}"

    def _part(self, node: Node, hidden: frozenset[str]) -> _Part | None:
        key = (identity(node), hidden)
        if key not in self._parts:
            needs = set[int]()
            try:
                schema = self._schema(node, hidden, needs)
                self._parts[key] = _Part(schema, text(schema, is_sorted=True), frozenset(needs))
            except _UncheckableError:
                self._parts[key] = None
        return self._parts[key]

    def _schema(self, node: Node, around: frozenset[str], needs: set[int]) -> Plain:
        if not isinstance(node.value, Object):
            return _plain(node.value)
        hidden = around | self.hidden([node])
        made: dict[str, Plain] = {}
        for key, member in node.members():
            if key == "$ref":
                made[key] = f"#/$defs/{self._refer(node, hidden, needs)}"
            elif key == "$dynamicRef":
                raise _UncheckableError
            elif key == "properties" and isinstance(member.value, Object):
                made[key] = {
                    name: False if name in hidden else self._schema(each, frozenset(), needs)
                    for name, each in member.members()
                }
            elif key == "required":
                made[key] = _without(member.value, hidden)
            elif key == "dependentRequired" and isinstance(member.value, Object):
                made[key] = {name: _without(names, hidden) for name, names in member.value.items()}
            elif key == "pattern" and isinstance(member.value, str):
                made[key] = _pattern(member.value)
            elif key in _ASSERTIONS:
                made[key] = _plain(member.value)
            elif key in _SUBSCHEMAS:
                made[key] = self._below(member, hidden if key == "allOf" else frozenset(), needs, _SUBSCHEMAS[key])
        return made

    def _below(self, member: Node, hidden: frozenset[str], needs: set[int], spec: str) -> Plain:
        if spec.startswith("[]") and isinstance(member.value, Array):
            return [self._schema(each, hidden, needs) for each in member.elements()]
        if spec.startswith("{}") and isinstance(member.value, Object):
            named = [(name, self._schema(each, hidden, needs)) for name, each in member.members()]
            if member.key != "patternProperties":
                return dict(named)
            patterns: dict[str, Plain] = {}
            for name, schema in named:  # of which several may come to the same
                known = _pattern(name)
                patterns[known] = {"allOf": [patterns[known], schema]} if known in patterns else schema
            return patterns
        return self._schema(member, hidden, needs)

    def _refer(self, node: Node, hidden: frozenset[str], needs: set[int]) -> int:
        target = node.target
        if target is None:
            raise _UncheckableError
        number = self._numbers.setdefault((target.pointer, hidden), len(self._numbers))
        self._numbered[number] = (target, hidden)
        needs.add(number)
        return number


def _pattern(pattern: str) -> str:
    """A pattern as jsonschema-rs reads it."""
    known = rich(pattern)
    if known is None:
        raise _UncheckableError
    return known


def identity(schema: Node) -> str:
    """What tells schemas of one description apart, some keywords of one and the whole of it among them."""
    return f"{schema.pointer}?{'&'.join(schema.object)}"


def parts(schemas: Iterable[Node], through: Sequence[str] = ANYWHERE) -> tuple[Node, ...]:
    """Schemas of one description, and all that is said through these keywords and references of the same value."""
    return reached(schemas, lambda node: _said_beside(node, through), identity)


def _said_beside(node: Node, through: Sequence[str]) -> Iterator[Node]:
    keywords = node.object
    if "$ref" in keywords and (target := node.target) is not None:
        yield target
    for key in through:
        if key in keywords:
            member = node[key]
            nested = isinstance(member.value, Array) or key == "dependentSchemas"
            yield from member.children() if nested else (member,)


def text(value: Plain, *, is_sorted: bool = False) -> str:
    """A value as JSON-like text: of bounded use, as for sizes and for telling values apart, exact on numbers."""
    try:
        return (_SORTED if is_sorted else _ORDERED).encode(value).decode()
    except UnicodeEncodeError:
        return _spelled(value, is_sorted=is_sorted)


def _spelled(value: Plain, *, is_sorted: bool) -> str:
    """The same of a value in which there is half a character, which no encoder takes."""
    match value:
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case dict():
            members = sorted(value.items()) if is_sorted else value.items()
            return f"{{{','.join(f'{_quoted(key)}:{_spelled(one, is_sorted=is_sorted)}' for key, one in members)}}}"
        case list():
            return f"[{','.join(_spelled(one, is_sorted=is_sorted) for one in value)}]"
        case str():
            return _quoted(value)
    return str(value)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _plain(value: Json) -> Plain:
    made: Plain = plain(value)
    return made


def _without(value: Json, hidden: frozenset[str]) -> Plain:
    return (
        [_plain(name) for name in value if not (isinstance(name, str) and name in hidden)]
        if isinstance(value, Array)
        else _plain(value)
    )
