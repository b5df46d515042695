"""The countries that a contact can be in, and their subregions: those of ISO 3166, by name or by code."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMER_NAMES: Final = {"Cape Verde": "CV", "Macedonia": "MK", "Swaziland": "SZ", "Turkey": "TR"}
"""Names that ISO 3166-1 has replaced and that lists of countries, the vendor's too, still hold."""


def is_country(text: str) -> bool:
    """Whether this names a country: its English name, short, common or official, or its code of two or three letters.

    Capitals and accents do not matter, spaces do.
    """
    return country_code(text) is not None


def country_code(text: str) -> str | None:
    """The code of two letters of the country that this names, if it names one."""
    return _countries().get(_folded(text))


def is_subregion(text: str, country: str | None) -> bool:
    """Whether this names a state, a province or the like: by its name, or its code with or without the country's.

    It is one of that country, or, where none is given, of any. A country that ISO 3166-2 does not divide takes any
    text.
    """
    known = _subregions()
    if country is None:
        return any(_folded(text) in names for names in known.values())
    names = known.get(country_code(country) or "")
    return names is None or _folded(text) in names


@cache
def _countries() -> Mapping[str, str]:
    """Each name and code, folded -> the code of two letters."""
    import pycountry  # here, as reading its database would make every start slower

    fields = ("alpha_2", "alpha_3", "name", "common_name", "official_name")
    texts = {text: one.alpha_2 for one in pycountry.countries for field in fields if (text := getattr(one, field, ""))}
    return {_folded(text): code for text, code in (*texts.items(), *_FORMER_NAMES.items())}


@cache
def _subregions() -> Mapping[str, frozenset[str]]:
    """The code of a country -> the names and codes of its subregions, folded."""
    import pycountry  # here, as above

    found: dict[str, set[str]] = {}
    for one in pycountry.subdivisions:
        texts = (one.name, one.code, one.code.partition("-")[2])
        found.setdefault(one.country_code, set()).update(map(_folded, texts))
    return {code: frozenset(names) for code, names in found.items()}


@lru_cache(maxsize=1000)
def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()
