"""Values for the schemas of a description: such as jsonschema-rs accepts, and as an author can have had in mind."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from jsonschema_rs.canonical import Satisfiability

from generator.document.tree import Array, Node, Object
from generator.python.pattern import is_found
from generator.review.evidence.samples import Sampler
from generator.review.evidence.validation import Validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.document.grammar import Side
    from generator.document.tree import Document

_TRIED: Final = 40
_CHOICES: Final = ("anyOf", "oneOf")


class NoValueError(Exception):
    """No value was found that a schema accepts, so nobody can make the call by what the description says."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(what)
        self.kind = kind
        """Why, as far as that is known."""


class Values:
    """Chooses values for one side of a description."""

    def __init__(self, document: Document, side: Side) -> None:
        self._validators = Validators(document, side)
        self._sampler = Sampler(self._validators)

    def of(self, schema: Node | None, fits: Callable[[Any], bool], *, full: bool) -> Iterator[Any]:
        """Values that the schema accepts, the largest first where it is to be full."""
        if schema is None:
            yield "x"
            return
        found: list[Any] = []
        for place, sampled in enumerate(self._sampler.samples([schema])):
            value = self._completed(sampled, schema)
            if fits(value) and self._accepts(schema, value) and self._is_meant(value, schema):
                found.append(value)
            if (found and (not full or place >= _TRIED)) or place >= 10 * _TRIED:
                break
        yield from sorted(found, key=lambda one: -len(str(one))) if full else found

    def none(self, what: str, schema: Node | None, *, is_object: bool = False) -> NoValueError:
        """Why there is no value for something; of objects alone where it has to be one."""
        kind = "no value"
        if schema is not None:
            is_other = is_object and schema.resolve().text("type", "object") != "object"
            if is_other or self._any_within(schema, self._is_empty, set()):
                kind = "contradicts itself"
            elif self._any_within(schema, self._overlaps, set()):
                kind = "options overlap"
        return NoValueError(kind, what)

    def _any_within(self, schema: Node, holds: Callable[[Node], bool], seen: set[str]) -> bool:
        """Whether that holds for a schema, or for a member or an element that a value of it cannot be without."""
        node = schema.resolve()
        if node.pointer in seen:
            return False
        seen.add(node.pointer)
        known = fields(node)
        below = [known[name] for name in sorted(_required(node)) if name in known]
        below += _parts(node)[1:]
        return holds(node) or any(self._any_within(one, holds, seen) for one in below)

    def _is_empty(self, schema: Node) -> bool:
        meaning = self._validators.meaning([schema])
        return meaning is not None and meaning.satisfiability() == Satisfiability.NO

    def _overlaps(self, schema: Node) -> bool:
        """Whether whatever is an option of a `oneOf` is several of them, and so none of the whole."""
        options = list(schema.elements_of("oneOf"))
        samples = (value for one in options for value in islice(self._sampler.samples([one]), _TRIED))
        fitting = [
            number
            for value in samples
            if self._is_meant(value, schema)
            and (number := sum(self._validators.accepts([one], value) is True for one in options))
        ]
        return bool(fitting) and min(fitting) > 1

    def _accepts(self, schema: Node, value: Any) -> bool:
        """Where a schema is none that jsonschema-rs takes, what is made of it is the best that there is."""
        return self._validators.accepts([schema], value) is not False and _is_matched(value, schema)

    def _completed(self, value: Any, schema: Node) -> Any:
        """The value with what the sampler does not make: members that nobody describes, and tags that name a schema."""
        node = schema.resolve()
        if isinstance(value, list):
            items = _items(node)
            return value if items is None else [self._completed(one, items) for one in value]
        if not isinstance(value, dict):
            return value
        known = _declared(list(_meant(node, lambda _: True, set())))
        made = {name: self._completed(one, known[name]) if name in known else one for name, one in value.items()}
        missing = sorted(_required(node) - made.keys())
        made |= {name: "x" for name in missing if name not in known or not self._validators.can_check([known[name]])}
        for part in _parts(node):
            name = (part.child("discriminator") or part).text("propertyName")
            options = [one for key in _CHOICES for one in part.elements_of(key)]
            meant = next((one.resolve() for one in options if self._accepts(one, made)), node)
            tags = _tags(part, meant)
            if tags and made.get(name) not in tags and name in known and _is_free(known[name]):
                made[name] = tags[0]
        return made

    def _is_meant(self, value: Any, schema: Node) -> bool:
        """Whether a value is one that the author can have had in mind, and not just one that nothing forbids.

        A member of which the schema says nothing is not (requests are closed), nor is a text where fields are
        described, nor are the fields of several options together where they are of one.
        """
        if not isinstance(value, list | dict):
            return value is None or self._is_of_no_fields(value, schema, set())
        parts = list(_meant(schema, lambda option: self._accepts(option, value), set()))
        if isinstance(value, list):
            listed = [items for part in parts if (items := part.child("items")) is not None]
            if not listed:
                return self._is_of_no_fields(value, schema, set())
            return any(all(self._is_meant(one, items) for one in value) for items in listed)
        declared = _declared(parts)
        undeclared = value.keys() - declared.keys() - _required(schema)
        others = [one for part in parts if (one := part.child("additionalProperties")) is not None]
        others += [one for part in parts for _, one in part.members_of("patternProperties")]
        if declared and undeclared and not others:
            return False
        if others and not all(any(self._is_meant(value[name], one) for one in others) for name in undeclared):
            return False
        return all(self._is_meant(one, declared[name]) for name, one in value.items() if name in declared)

    def _is_of_no_fields(self, value: Any, schema: Node, seen: set[str]) -> bool:
        """Whether a schema says of a value what it is, beside fields of objects and elements of arrays."""
        parts = [one for one in _parts(schema) if one.pointer not in seen]
        seen.update(one.pointer for one in parts)
        if any(one.child(key) is not None for one in parts for key in ("properties", "items")):
            return False
        choices = [options for one in parts for key in _CHOICES if (options := list(one.elements_of(key)))]
        return all(
            any(self._accepts(one, value) and self._is_of_no_fields(value, one, seen) for one in options)
            for options in choices
        )


def _meant(schema: Node, holds: Callable[[Node], bool], seen: set[str]) -> Iterator[Node]:
    """A schema with its parts and the options that hold."""
    node = schema.resolve()
    if node.pointer not in seen:
        seen.add(node.pointer)
        yield node
        for part in node.elements_of("allOf"):
            yield from _meant(part, holds, seen)
        for option in (one for key in _CHOICES for one in node.elements_of(key)):
            if holds(option):
                yield from _meant(option, holds, seen)


def _declared(parts: list[Node]) -> dict[str, Node]:
    """The fields that they describe; what several say of one holds together."""
    found: dict[str, list[Node]] = {}
    for part in parts:
        for name, member in part.members_of("properties"):
            found.setdefault(name, []).append(member)
    return {name: _together(members) for name, members in found.items()}


def _together(schemas: list[Node]) -> Node:
    first = schemas[0]
    if len(schemas) == 1:
        return first
    both = Object({"allOf": Array([one.value for one in schemas], first.location)}, first.location)
    return Node(first.document, "+".join(one.pointer for one in schemas), both, first.location)


def fields(schema: Node) -> dict[str, Node]:
    """The fields that a schema and its parts describe."""
    return _declared(_parts(schema))


def _parts(schema: Node) -> list[Node]:
    """A schema and what it consists of by `allOf`, whatever leads there."""
    found: dict[str, Node] = {}
    waiting = [schema]
    while waiting:
        node = waiting.pop(0).resolve()
        if node.pointer not in found:
            found[node.pointer] = node
            waiting += node.elements_of("allOf")
    return list(found.values())


def _items(schema: Node) -> Node | None:
    return next((items for part in _parts(schema) if (items := part.child("items")) is not None), None)


def _required(schema: Node) -> set[str]:
    return {str(one.value) for part in _parts(schema) for one in part.elements_of("required")}


def _tags(schema: Node, whole: Node) -> list[str]:
    """The values of the discriminator of a schema that mean one of its options, or what it is a part of."""
    discriminator = schema.child("discriminator")
    if discriminator is None:
        return []
    own = str(whole.key)
    mapped = [tag for tag, target in discriminator.members_of("mapping") if str(target.value).rpartition("/")[2] == own]
    return [*mapped, own]


def _is_matched(value: Any, schema: Node) -> bool:
    """Whether a text matches the pattern: jsonschema-rs says so of one character where `[a]+[a]*[a]+` wants two."""
    if isinstance(value, dict):
        known = fields(schema)
        return all(_is_matched(one, known[name]) for name, one in value.items() if name in known)
    patterns = [part.text("pattern") for part in _parts(schema)] if isinstance(value, str) else []
    return all(is_found(pattern, value) is not False for pattern in filter(None, patterns))


def _is_free(schema: Node) -> bool:
    """Whether the author has left open which tags there are."""
    return not any(part.child(key) for part in _parts(schema) for key in ("enum", "const"))
