from __future__ import annotations

import subprocess
import sys

import pycountry
import pytest

from zuora_invoices_sandbox.countries import is_country


@pytest.mark.parametrize(
    "text",
    ["Portugal", "portugal", "PT", "pt", "PRT", "United States", "United States of America", "Bolivia", "Turkey"],
)
def test_names_and_codes_are_countries(text: str) -> None:
    assert is_country(text)


@pytest.mark.parametrize("text", ["Türkiye", "Turkiye", "Côte d'Ivoire", "Cote d'Ivoire", "CURAÇAO"])
def test_accents_and_capitals_do_not_matter(text: str) -> None:
    assert is_country(text)


@pytest.mark.parametrize("text", ["", " ", "Atlantis", "XX", "PORT", " PT", "PT ", "620", "🇵🇹", "\ud800", "P\x00T"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_country(text)


def test_every_country_of_the_database_is_known_by_all_its_names() -> None:
    unknown = [
        country.name
        for country in pycountry.countries
        if not all(map(is_country, (country.name, country.alpha_2, country.alpha_3)))
    ]
    assert unknown == []


def test_the_database_is_read_only_when_it_is_asked() -> None:
    code = "import sys, zuora_invoices_sandbox.countries; sys.exit('pycountry' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
