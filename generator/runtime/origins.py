"""Of the models that are about to be sent, which are made anew, those that the caller passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Origins:
    """Model that was made -> model that it was made of."""

    def __init__(self) -> None:
        # By identity. The made one is kept too, as another object could get its id else.
        self._known: dict[int, tuple[object, object]] = {}

    def add(self, made: object, given: object) -> None:
        """Remember what a model was made of."""
        self._known[id(made)] = made, given

    def add_all(self, made: Sequence[object], given: Sequence[object]) -> None:
        """Remember of what models were made, each of the one at its place."""
        self._known.update(zip(map(id, made), zip(made, given, strict=True), strict=True))

    def of(self, made: object) -> object:
        """What the caller passed in; what was made of a mapping, or not at all, is its own origin."""
        return self._known.get(id(made), (made, made))[1]
