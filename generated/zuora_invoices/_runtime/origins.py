"""Of the models that are about to be sent, which are made anew, those that the caller passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Origins:
    """Of which models others were made."""

    def __init__(self) -> None:
        self._known: list[tuple[Sequence[object], Sequence[object]]] = []

    def add(self, made: object, given: object) -> None:
        """Remember what a model was made of."""
        self.add_all((made,), (given,))

    def add_all(self, made: Sequence[object], given: Sequence[object]) -> None:
        """Remember of what models were made, each of the one at its place; neither may change any more."""
        self._known.append((made, given))

    def of_all(self, made: Sequence[object]) -> Sequence[object]:
        """What the caller passed in; what was made of a mapping, or not at all, is its own origin."""
        for models, given in self._known:
            if models is made:
                return given
        known = {id(one): origin for models, given in self._known for one, origin in zip(models, given, strict=True)}
        return [known.get(id(one), one) for one in made]
