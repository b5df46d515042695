"""Sets of texts, by what patterns, lengths and lists say of them, and whether one set holds all of another.

Backreferences, boundaries of words and looks behind a place are not decided, nor is what takes too long.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from generator.python.ecma import Edge, Either, PatternError, Repeat, Row, Set, parse
from generator.review.evidence.alphabet import ANY, Alphabet, UndecidedError
from generator.review.evidence.expressions import Expressions

if TYPE_CHECKING:
    from generator.python.ecma import Piece


class Matching(msgspec.Struct, frozen=True):
    """Texts in which a pattern is found."""

    pattern: str


class Long(msgspec.Struct, frozen=True):
    """Texts of a length; `None`: however long."""

    least: int
    most: int | None


class OneOf(msgspec.Struct, frozen=True):
    """Some texts."""

    texts: frozenset[str]


Texts: TypeAlias = Matching | Long | OneOf


@functools.lru_cache(maxsize=1024)
def beyond(given: frozenset[Texts], demanded: Texts) -> str | None:
    """The shortest text that is in all the given sets and not in the demanded one; `None`: it is proven that none is.

    What cannot be read of the given sets is passed over, so a text may be none that they all have.

    Raises:
        UndecidedError: it cannot be told, or not with a text that shows it.
    """
    try:
        return _beyond(given, demanded)
    except RecursionError:
        raise UndecidedError from None


def _beyond(given: frozenset[Texts], demanded: Texts) -> str | None:
    wanted = _tree(demanded)
    trees: list[Piece] = []
    for one in sorted(given, key=repr):
        try:
            trees.append(_tree(one))
        except UndecidedError:
            continue
    alphabet = Alphabet([*trees, wanted])
    expressions = Expressions(alphabet)
    known: list[int] = []
    for tree in trees:
        try:
            known.append(expressions.found(tree))
        except UndecidedError:
            continue
    path = expressions.difference(expressions.all_of(known), expressions.found(wanted))
    return None if path is None else alphabet.text(path)


def _tree(texts: Texts) -> Piece:
    """A pattern that is found in these texts and in no others."""
    match texts:
        case Matching(pattern):
            try:
                return parse(pattern)
            except PatternError as error:
                raise UndecidedError from error
        case Long(least, most):
            return Row((Edge("^"), Repeat(ANY, least, most, lazy=False), Edge("$")))
        case OneOf(each):
            branches = (Row(tuple(Set(((ord(one), ord(one)),)) for one in text)) for text in sorted(each))
            return Row((Edge("^"), Either(tuple(branches)), Edge("$")))
