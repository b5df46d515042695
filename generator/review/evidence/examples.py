"""Values that a description quotes, by the schemas that they are examples of: also what stands within an example.

An example of a request is one of its schema, each field of it one of the schema of that field, and so on. So a change
can be shown by a value that readers know. What does not fit is told apart by whoever tries the values.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Object, remembered
from generator.review.evidence.sampling import shape
from generator.review.evidence.sampling.arrays import LONGEST_ARRAY
from generator.review.evidence.sampling.scalars import hints, stretched
from generator.review.evidence.validation import parts, text
from generator.validation.rules.conformance import plain
from generator.validation.rules.examples import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.document.tree import Document, Json, Node
    from generator.review.rules.fragments import Plain

MOST: Final = 40
"""The number of values that are made of the examples of two schemas."""
_MOST_OF_SCHEMA: Final = 12
_DEEPEST: Final = 24
_LONGEST_REPEATED: Final = 2_000
"""An array that takes more than this, as JSON, is not repeated until it is too long."""


class Examples:
    """The examples of one description, found in one pass."""

    def __init__(self, document: Document) -> None:
        self._known: dict[str, dict[str, Plain]] = defaultdict(dict)
        found = [(schema, example) for schema, example, _ in examples(document)]
        for schema, example in found:
            if example.pointer.startswith(f"{schema.pointer}/"):  # what a schema says itself comes first
                self._remember(schema, plain(example.value))
        for schema, example in found:
            self._add((schema,), example.value, 0)

    def _remember(self, schema: Node, value: Plain) -> None:
        known = self._known[schema.pointer]
        if len(known) < _MOST_OF_SCHEMA:
            known.setdefault(text(value), value)

    def _add(self, schemas: Sequence[Node], value: Json, depth: int) -> None:
        held = parts(schemas, ("allOf", "anyOf", "oneOf"))
        for schema in held:
            self._remember(schema, plain(value))
        if depth == _DEEPEST:
            return
        if isinstance(value, Object):
            members = shape.Members(held)
            for name, member in value.items():
                self._add(members.named(name), member, depth + 1)
        elif isinstance(value, Array):
            for position, element in enumerate(value[:_MOST_OF_SCHEMA]):
                self._add(shape.element(held, position), element, depth + 1)

    def of(self, schemas: Sequence[Node]) -> Iterator[Plain]:
        """The values of which these schemas speak, in the order of the description."""
        for schema in schemas:
            yield from self._known.get(schema.pointer, {}).values()


@remembered
def of(document: Document) -> Examples:
    """The examples of a document, kept since every change asks for them."""
    return Examples(document)


def quoted(base: Sequence[Node], head: Sequence[Node], fits: Callable[[Plain], bool]) -> Iterator[Plain]:
    """Examples of two schemas in the same place that fit: as they are, then as long as the bounds of both sides ask."""
    both = [(parts(schemas), schemas) for schemas in (base, head)]
    found = {text(one): one for held, schemas in both if schemas for one in of(schemas[0].document).of(held)}
    known = [one for one in found.values() if fits(one)]
    yield from known
    given = hints([*both[0][0], *both[1][0]])
    yield from islice((made for value in known for made in _adapted(value, given.lengths, given.counts)), MOST)


def _adapted(value: Plain, lengths: Sequence[int], counts: Sequence[int]) -> Iterator[Plain]:
    """A text or an array of one more or one less than a bound, made of what it holds."""
    if isinstance(value, str):
        yield from stretched(value, lengths)
    elif isinstance(value, list) and value and len(text(value)) <= _LONGEST_REPEATED:
        for count in (one for one in counts if one <= LONGEST_ARRAY):
            yield from ((value * (size // len(value) + 1))[:size] for size in (count + 1, count - 1) if size > 0)
