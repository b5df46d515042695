from __future__ import annotations

import subprocess
import sys

import pycountry
import pytest

from zuora_invoices_sandbox.countries import country_code, is_country, is_subregion


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


@pytest.mark.parametrize("text", ["Portugal", "pt", "PRT"])
def test_a_country_has_a_code_of_two_letters(text: str) -> None:
    assert country_code(text) == "PT"
    assert country_code("Atlantis") is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        *(("Vermont", "US"), ("vermont", "United States"), ("VT", "usa"), ("US-VT", "US"), ("Vermont", None)),
        *(("Québec", "Canada"), ("Quebec", "CA"), ("Baden-Wurttemberg", "DE")),
        ("anything", "Hong Kong"),  # which ISO 3166-2 does not divide
    ],
)
def test_subregions_are_those_of_the_country(text: str, country: str | None) -> None:
    assert is_subregion(text, country)


@pytest.mark.parametrize(
    ("text", "country"),
    [("Vermont", "CA"), ("CA-QC", "US"), ("Atlantis", None), ("", "US"), (" VT", "US"), ("BY", "US")],
)
def test_other_texts_are_no_subregions(text: str, country: str | None) -> None:
    assert not is_subregion(text, country)


def test_the_database_is_read_only_when_it_is_asked() -> None:
    code = "import sys, zuora_invoices_sandbox.countries; sys.exit('pycountry' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
