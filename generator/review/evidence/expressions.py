"""Sets of texts as regular expressions, each once and by its number.

What may follow a character is the derivative of an expression (Brzozowski). So the difference of two sets is walked
through, the shortest texts first, until a text is found or every state was seen.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.python.ecma import Edge, Either, Group, Look, Repeat, Row, Set
from generator.review.evidence.alphabet import ANY, UndecidedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.python.ecma import Piece
    from generator.review.evidence.alphabet import Alphabet

_MOST: Final = 200_000
"""So many parts of expressions are looked at, which takes less than a second."""

_Node: TypeAlias = "tuple[str, *tuple[int | frozenset[int] | None, ...]]"


class Expressions:
    """Regular expressions over an alphabet, each one once and by its number."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._left = _MOST
        self._nodes = list[_Node]()
        self._holds_empty = list[bool]()
        self._numbers = dict[_Node, int]()
        self._derived = dict[tuple[int, int], int]()
        self._never = self._kept(("set", frozenset()), empty=False)
        self._nothing = self._kept(("nothing",), empty=True)
        self._any = self._kept(("set", alphabet.members[ANY]), empty=False)
        self._all = self._kept(("repeat", self._any, 0, None), empty=True)

    def difference(self, one: int, other: int) -> list[int] | None:
        """The shortest row of characters that leads into one and not into the other; `None` if there is none."""
        start = one, other
        before: dict[tuple[int, int], tuple[tuple[int, int], int]] = {start: (start, 0)}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            if self._holds_empty[here[0]] and not self._holds_empty[here[1]]:
                path = list[int]()
                while here != start:
                    here, number = before[here]
                    path.insert(0, number)
                return path
            for number in range(self._alphabet.size):
                then = self._after(here[0], number), self._after(here[1], number)
                if then not in before and then[0] not in (self._never, then[1]) and then[1] != self._all:
                    before[then] = here, number
                    waiting.append(then)
        return None

    def found(self, tree: Piece) -> int:
        """The texts in which a pattern is found, at their start or behind it."""
        behind = self._row(self._repeat(self._any, 1, None), self._read(tree, self._all, is_start=False))
        return self._any_of([self._read(tree, self._all, is_start=True), behind])

    def all_of(self, terms: Iterable[int]) -> int:
        """What is in each of some sets; without any, everything."""
        found = self._joined("and", terms) - {self._all}
        if self._never in found:
            return self._never
        if len(found) <= 1:
            return next(iter(found), self._all)
        return self._kept(("and", *sorted(found)), empty=all(self._holds_empty[one] for one in found))

    # -- from a pattern ------------------------------------------------------------------------------------------------

    def _read(self, piece: Piece, then: int, *, is_start: bool | None) -> int:
        """The rests of texts in which a piece matches at once; `then` is what may come behind it."""
        match piece:
            case Set():
                return self._row(self._set(self._alphabet.members[piece]), then)
            case Group(_, inner):
                return self._read(inner, then, is_start=is_start)
            case Either(branches):
                return self._any_of(self._read(one, then, is_start=is_start) for one in branches)
            case Row(pieces):
                starts = [is_start]
                for one in pieces:
                    starts.append(_start_behind(one, starts[-1]))
                for one, start in zip(reversed(pieces), reversed(starts[:-1]), strict=True):
                    then = self._read(one, then, is_start=start)
                return then
            case Repeat(inner, low, high):
                if not _has_places(inner):
                    return self._row(self._repeat(self._read(inner, self._nothing, is_start=None), low, high), then)
                if high == 1:
                    once = self._read(inner, then, is_start=is_start)
                    return once if low else self._any_of([once, then])
            case Edge("$"):
                return self.all_of([then, self._nothing])
            case Edge("^") if is_start is not None:
                return then if is_start else self._never
            case Look(inner, ahead=True):
                seen = self._read(inner, self._all, is_start=is_start)
                return self.all_of([then, self._not(seen) if piece.negated else seen])
        raise UndecidedError

    # -- one after another character -----------------------------------------------------------------------------------

    def _after(self, term: int, number: int) -> int:
        """What may follow a character."""
        key = term, number
        if key not in self._derived:
            self._spend(1)
            self._derived[key] = self._derivative(term, number)
        return self._derived[key]

    def _derivative(self, term: int, number: int) -> int:
        match self._nodes[term]:
            case "set", frozenset() as members:
                return self._nothing if number in members else self._never
            case "row", int(first), int(rest):
                found = self._row(self._after(first, number), rest)
                return self._any_of([found, self._after(rest, number)]) if self._holds_empty[first] else found
            case "repeat", int(once), int(low), (int() | None) as high:
                rest = self._repeat(once, max(low - 1, 0), None if high is None else high - 1)
                return self._row(self._after(once, number), rest)
            case "or", *each:
                return self._any_of(self._after(one, number) for one in each if isinstance(one, int))
            case "and", *each:
                return self.all_of(self._after(one, number) for one in each if isinstance(one, int))
            case "not", int(other):
                return self._not(self._after(other, number))
        return self._never

    def _spend(self, parts: int) -> None:
        self._left -= parts
        if self._left < 0:
            raise UndecidedError

    def _kept(self, node: _Node, *, empty: bool) -> int:
        if node not in self._numbers:
            self._numbers[node] = len(self._nodes)
            self._nodes.append(node)
            self._holds_empty.append(empty)
        return self._numbers[node]

    def _set(self, members: frozenset[int]) -> int:
        return self._kept(("set", members), empty=False)

    def _row(self, first: int, rest: int) -> int:
        if self._never in (first, rest):
            return self._never
        if self._nothing in (first, rest):
            return rest if first == self._nothing else first
        match self._nodes[first]:
            case "row", int(one), int(other):
                return self._row(one, self._row(other, rest))
        return self._kept(("row", first, rest), empty=self._holds_empty[first] and self._holds_empty[rest])

    def _repeat(self, once: int, low: int, high: int | None) -> int:
        if high == 0 or once == self._nothing or (once == self._never and not low):
            return self._nothing
        if once == self._never or low == high == 1:
            return once
        empty = self._holds_empty[once]
        return self._kept(("repeat", once, 0 if empty else low, high), empty=empty or not low)

    def _not(self, term: int) -> int:
        match self._nodes[term]:
            case "not", int(other):
                return other
        if term in (self._never, self._all):
            return self._all if term == self._never else self._never
        return self._kept(("not", term), empty=not self._holds_empty[term])

    def _any_of(self, terms: Iterable[int]) -> int:
        found = self._joined("or", terms) - {self._never}
        if self._all in found:
            return self._all
        if len(found) <= 1:
            return next(iter(found), self._never)
        return self._kept(("or", *sorted(found)), empty=any(self._holds_empty[one] for one in found))

    def _joined(self, kind: str, terms: Iterable[int]) -> set[int]:
        found = set[int]()
        for term in terms:
            node = self._nodes[term]
            self._spend(len(node))
            found |= {one for one in node[1:] if isinstance(one, int)} if node[0] == kind else {term}
        return found


def _has_places(piece: Piece) -> bool:
    """Whether a piece speaks of more than the characters that it takes."""
    match piece:
        case Row(pieces) | Either(pieces):
            return any(map(_has_places, pieces))
        case Repeat() | Group():
            return _has_places(piece.piece)
    return not isinstance(piece, Set)


def _start_behind(piece: Piece, is_start: bool | None) -> bool | None:
    """Whether what comes behind a piece is at the start of the text; `None`: it may be, or not."""
    least, most = _width(piece)
    return is_start if not most else False if least or is_start is False else None


def _width(piece: Piece) -> tuple[bool, bool]:
    """Whether a piece always takes a character, and whether it ever does."""
    match piece:
        case Set():
            return True, True
        case Row(pieces):
            widths = list(map(_width, pieces))
            return any(least for least, _ in widths), any(most for _, most in widths)
        case Either(branches):
            widths = list(map(_width, branches))
            return all(least for least, _ in widths), any(most for _, most in widths)
        case Group(_, inner):
            return _width(inner)
        case Repeat(inner, low, high):
            least, most = _width(inner)
            return least and low > 0, most and high != 0
        case Edge() | Look():
            return False, False
    return False, True
