"""Which demands on texts follow from others, whatever keyword they are made by: those say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.review.evidence.alphabet import UndecidedError
from generator.review.evidence.languages import Long, Matching, OneOf, beyond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.review.evidence.languages import Texts
    from generator.review.schemas.facets import Facets
    from generator.review.schemas.level import Level

_DATE: Final = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
FORMATS: Final = {
    "date": f"^{_DATE}$",
    "time": f"^{_TIME}$",
    "date-time": f"^{_DATE}[Tt]{_TIME}$",
    "uuid": "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
    "ipv4": r"^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\.(?!$)|$)){4}$",
    "ipv6": "^[0-9A-Fa-f:.]{2,45}$",
    "email": r"^[\s\S]+@[\s\S]+$",
    "idn-email": r"^[\s\S]+@[\s\S]+$",
}
"""A pattern for formats that all of their texts match, and maybe others."""


def is_implied(level: Level, facets: Facets, demanded: Texts) -> bool:
    """Whether all texts that a side allows keep to a demand anyhow. A text that may not is kept, to be tried."""
    if facets.type != "string":
        return False
    try:
        text = beyond(frozenset(_demands(facets)), demanded)
    except UndecidedError:
        return False
    if text is not None:
        level.candidates.append(text)
    return text is None


def listed(level: Level, facets: Facets, other: Facets) -> Facets:
    """A side with the texts that it allows as a list, where the other side lists all of them."""
    if facets.values is not None or other.values is None or facets.type != "string":
        return facets
    texts = OneOf(frozenset(node.value for node in other.values.values() if isinstance(node.value, str)))
    return replace(facets, values=other.values) if is_implied(level, facets, texts) else facets


def _demands(facets: Facets) -> Iterator[Texts]:
    yield from map(Matching, facets.patterns)
    yield from (Matching(FORMATS[one]) for one in facets.formats if one in FORMATS)
    least, most = (facets.bounds.get(word) for word in ("minLength", "maxLength"))
    yield Long(int(least.value) if least else 0, int(most.value) if most else None)
