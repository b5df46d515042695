"""The countries that a contact can be in: those of ISO 3166-1, by name or by code."""

from __future__ import annotations

import unicodedata
from functools import cache

_FORMER_NAMES = ("Cape Verde", "Macedonia", "Swaziland", "Turkey")
"""Names that ISO 3166-1 has replaced and that lists of countries, the vendor's too, still hold."""


def is_country(text: str) -> bool:
    """Whether this names a country: its English name, short, common or official, or its code of two or three letters.

    Capitals and accents do not matter, spaces do.
    """
    return _folded(text) in _known()


@cache
def _known() -> frozenset[str]:
    """All names and codes, folded."""
    import pycountry  # here, as reading its database would make every start slower

    fields = ("alpha_2", "alpha_3", "name", "common_name", "official_name")
    texts = [getattr(country, field, "") for country in pycountry.countries for field in fields]
    return frozenset(_folded(text) for text in [*texts, *_FORMER_NAMES] if text)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()
