"""Values on which two schemas disagree, found by making values from both and validating them on both sides."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final

import msgspec
from jsonschema_rs.canonical import CanonicalizationError, Containment

from generator.diagnostics import Location
from generator.review.change import Evidence
from generator.review.evidence.named import names_all
from generator.review.evidence.samples import MOST, Sampler
from generator.review.evidence.validation import Validators, text
from generator.review.rules import fragments
from generator.validation.rules.conformance import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jsonschema_rs import CanonicalSchema

    from generator.document.grammar import Side
    from generator.document.tree import Document, Json, Node
    from generator.review.rules.fragments import Plain

_MOST_SHRINKS: Final = 200
_LONGEST_QUOTED: Final = 120
"""An example that takes more, as JSON, is harder to read than a value made for the purpose."""
_ENOUGH: Final = 20
"""So many values of either kind, and no more are made: smaller ones come first."""
_MADE: Final = Location("made for the comparison", 1, 1)


class Disagreement(msgspec.Struct, frozen=True):
    """The values found on which two schemas disagree, the smallest of each kind."""

    lost: Evidence | None
    """Accepted by the base, refused by the head."""
    won: Evidence | None
    """Refused by the base, accepted by the head."""
    tried: int
    """How many values were put to both; 0: they say the same in the same words, or cannot be checked."""
    agreed: int = 0
    """How many of these both accept."""


class Proof(msgspec.Struct, frozen=True):
    """What is known of all values, also of those that nobody tried."""

    loses_none: bool
    """The head accepts whatever the base accepts."""
    wins_none: bool
    """The base accepts whatever the head accepts."""


class Judge:
    """Compares schemas of two descriptions by values. Keeps what it has compiled and made: one for a whole review."""

    def __init__(self, base: Document, head: Document) -> None:
        self._documents = (base, head)
        self._sides: dict[Side, tuple[Validators, Validators]] = {}
        self._samplers: dict[Side, tuple[Sampler, Sampler]] = {}

    def disagreement(
        self,
        base: Sequence[Node],
        head: Sequence[Node],
        side: Side,
        also: Iterable[Plain] = (),
        *,
        of_named: bool = False,
        lost: bool = True,
        won: bool = True,
    ) -> Disagreement:
        """Values that the schemas of one description accept, all of them at once, and those of the other do not.

        On its side of the wire a value has no hidden properties (`readOnly` in requests, `writeOnly` in answers), and
        need not have them. What cannot be validated gives no evidence. The same input gives the same evidence. `also`
        are values that may show something; most are made of what the schemas say. `of_named`: a value counts only if
        those who accept it name all its members. Without `lost` or `won` that kind is not looked for.
        """
        of_lost: list[Plain] = []
        of_won: list[Plain] = []
        tried = agreed = 0
        for value, before, after in self._verdicts(base, head, side, also):
            tried += 1
            agreed += before is after is True
            if before and after is False:
                of_lost.append(value)
            elif after and before is False:
                of_won.append(value)
            is_enough = (len(of_lost) >= _ENOUGH or not lost) and (len(of_won) >= _ENOUGH or not won)
            if is_enough and not of_named:
                break
        if not tried:
            return Disagreement(None, None, 0)
        if of_named:
            of_lost = [one for one in of_lost if names_all(base, one)]
            of_won = [one for one in of_won if names_all(head, one)]
        pair = self._pair(base, head, side)
        return Disagreement(
            self._evidence(pair, side, of_lost, was_fine=True) if lost and (of_lost or not of_named) else None,
            self._evidence(pair, side, of_won, was_fine=False) if won and (of_won or not of_named) else None,
            tried,
            agreed,
        )

    def shows(
        self, base: Sequence[Node], head: Sequence[Node], side: Side, also: Iterable[Plain], *, lost: bool, won: bool
    ) -> bool:
        """Whether :func:`disagreement` has evidence of a kind that is asked for: the first that is found will do."""
        pair, differ = self._pair(base, head, side), False
        kinds = [was_fine for was_fine, is_asked in ((True, lost), (False, won)) if is_asked]
        for value, before, after in self._verdicts(base, head, side, also):
            differ = True  # in words, at least
            is_such = before in kinds and after is (not before)
            if is_such and pair.evidence((value,), was_fine=bool(before)) is not None:
                return True
        return differ and any(self._evidence(pair, side, [], was_fine=one) is not None for one in kinds)

    def _verdicts(
        self, base: Sequence[Node], head: Sequence[Node], side: Side, also: Iterable[Plain]
    ) -> Iterator[tuple[Plain, bool | None, bool | None]]:
        """Values, and whether either side accepts them; none where both say the same, or cannot be checked."""
        left, right = self._validators(side)
        if not self.can_check(base, head, side) or left.fingerprint(base) == right.fingerprint(head):
            return
        accepted_before, accepted_after = left.accepting(base), right.accepting(head)
        for value in chain(also, islice(self._values(base, head, side), MOST)):
            yield value, accepted_before(value), accepted_after(value)

    def _pair(self, base: Sequence[Node], head: Sequence[Node], side: Side) -> _Pair:
        return _Pair(*self._validators(side), tuple(base), tuple(head))

    def _evidence(self, pair: _Pair, side: Side, values: list[Plain], *, was_fine: bool) -> Evidence | None:
        """An example of the descriptions where one shows it, else the smallest of values, else one beyond a bound."""
        of_base, of_head = self._sampler_pair(side)
        quoted = (one for one in of_base.quoted(pair.base, pair.head) if pair.disagree(one, was_fine=was_fine))
        if (found := pair.evidence(quoted, was_fine=was_fine, longest=_LONGEST_QUOTED)) is not None:
            return found
        if (found := pair.evidence(sorted(values, key=_size), was_fine=was_fine)) is not None:
            return found
        sampler, own, other = (of_base, pair.base, pair.head) if was_fine else (of_head, pair.head, pair.base)
        beyond = (one for one in sampler.extremes(own, other) if pair.disagree(one, was_fine=was_fine))
        return pair.evidence(beyond, was_fine=was_fine)

    def proof(self, base: Sequence[Node], head: Sequence[Node], side: Side) -> Proof:
        """What jsonschema-rs can prove without trying values. That nothing is proven says nothing."""
        left, right = self._validators(side)
        before, after = left.meaning(base), right.meaning(head)
        if before is None or after is None:
            return Proof(loses_none=False, wins_none=False)
        return Proof(loses_none=_covers(after, before), wins_none=_covers(before, after))

    def can_check(self, base: Sequence[Node], head: Sequence[Node], side: Side) -> bool:
        """Whether there is a verdict on values under the schemas of both sides."""
        left, right = self._validators(side)
        return left.can_check(base) and right.can_check(head)

    def accepts(
        self, base: Sequence[Node], head: Sequence[Node], side: Side, value: Json
    ) -> tuple[bool | None, bool | None]:
        """Whether each side accepts a value; `None` where that cannot be told."""
        left, right = self._validators(side)
        made: Plain = plain(value)
        return left.accepts(base, made), right.accepts(head, made)

    def _validators(self, side: Side) -> tuple[Validators, Validators]:
        if side not in self._sides:
            numbers: dict[tuple[str, frozenset[str]], int] = {}
            base, head = self._documents
            self._sides[side] = (Validators(base, side, numbers), Validators(head, side, numbers))
        return self._sides[side]

    def _sampler_pair(self, side: Side) -> tuple[Sampler, Sampler]:
        if side not in self._samplers:
            left, right = self._validators(side)
            self._samplers[side] = (Sampler(left, right), Sampler(right, left))
        return self._samplers[side]

    def _values(self, base: Sequence[Node], head: Sequence[Node], side: Side) -> Iterator[Plain]:
        of_base, of_head = self._sampler_pair(side)
        seen = set[str]()
        pairs = zip_longest(of_base.samples(base, head), of_head.samples(head, base), fillvalue=_END)
        for value in chain.from_iterable(pairs):
            if not isinstance(value, _End) and (written := text(value)) not in seen:
                seen.add(written)
                yield value


def _covers(one: CanonicalSchema, other: CanonicalSchema) -> bool:
    try:
        return one.covers(other) == Containment.YES
    except CanonicalizationError:
        return False


class _End:
    """No value any more."""


_END: Final = _End()


class _Pair(msgspec.Struct, frozen=True):
    """Two conjunctions of schemas with what validates them."""

    left: Validators
    right: Validators
    base: tuple[Node, ...]
    head: tuple[Node, ...]

    def evidence(self, values: Iterable[Plain], *, was_fine: bool, longest: int | None = None) -> Evidence | None:
        """The first of values on which both disagree, made smaller; none that takes more than `longest` to show."""
        for value in values:
            small = self._shrunk(value, was_fine=was_fine)
            if longest is not None and _shown_size(small) > longest:
                continue
            refusing, schemas = (self.right, self.head) if was_fine else (self.left, self.base)
            reason = refusing.refusal(schemas, small)
            if reason is not None:
                return Evidence(fragments.placed(small, _MADE), was_fine, not was_fine, reason)
        return None

    def _shrunk(self, value: Plain, *, was_fine: bool) -> Plain:
        """The value without members and elements that make no difference."""
        left = _MOST_SHRINKS
        goes_on = True
        while goes_on:
            goes_on = False
            for smaller in _smaller(value):
                left -= 1
                if left < 0:
                    return value
                if self.disagree(smaller, was_fine=was_fine):
                    value, goes_on = smaller, True
                    break
        return value

    def disagree(self, value: Plain, *, was_fine: bool) -> bool:
        """Whether the base takes a value and the head does not; the other way round without `was_fine`."""
        before, after = self.left.accepts(self.base, value), self.right.accepts(self.head, value)
        return before is was_fine and after is (not was_fine)


def _smaller(value: Plain) -> Iterator[Plain]:
    """The value with one member or element left out, at any depth."""
    if isinstance(value, dict):
        for name in value:
            yield {key: each for key, each in value.items() if key != name}
        for name, member in value.items():
            yield from ({**value, name: each} for each in _smaller(member))
    elif isinstance(value, list):
        if len(value) > 1 and all(element == value[0] for element in value):
            yield from ([each] * len(value) for each in _smaller(value[0]))
        for position, element in enumerate(value):
            before, after = value[:position], value[position + 1 :]
            yield [*before, *after]
            yield from ([*before, each, *after] for each in _smaller(element))


def _shown_size(value: Plain) -> int:
    """How long a value is, about, when it is shown: of long texts and arrays only the beginning is."""
    match value:
        case str():
            return 0
        case list():
            return max(map(_shown_size, value), default=0)
        case _:
            return len(text(value))


def _size(value: Plain) -> tuple[int, str]:
    written = text(value)
    return len(written), written
