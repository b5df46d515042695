"""The examples of the description: the acceptance samples are among them, each file is used, each fits its schema."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest

from generator.document.loader import load
from tests.description import BUNDLE, OPERATIONS, ROOT, Node, exact, examples, resolved

SAMPLES = ROOT / "tests" / "spec" / "samples"
ACCEPTANCE = {
    "create-standalone-invoice.request.json": ["createStandaloneInvoice request"],
    "create-standalone-invoice.response.json": ["createStandaloneInvoice 200"],
    "create-standalone-invoices.request.json": ["createStandaloneInvoices request"],
    "create-standalone-invoices.response.json": ["createStandaloneInvoices 200"],
    "rejected.response.json": ["createStandaloneInvoice 200", "createStandaloneInvoices 200"],
}
CONTENTS: Node = {
    f"{name} {place}": one["content"]
    for name, operation in resolved(OPERATIONS).items()
    for place, one in {"request": operation["requestBody"], **operation["responses"]}.items()
}
EXAMPLES = [
    pytest.param(media["schema"], one["value"], id=f"{place} {name}")
    for place, content in CONTENTS.items()
    for media in content.values()
    for name, one in media.get("examples", {}).items()
]


def values(place: str) -> list[Any]:
    return list(examples(CONTENTS[place]).values())


def test_every_acceptance_sample_is_known_here() -> None:
    assert {file.name for file in SAMPLES.glob("*.json")} == set(ACCEPTANCE)


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, places in ACCEPTANCE.items() for place in places])
def test_an_acceptance_sample_is_an_example(name: str, place: str) -> None:
    sample = json.loads((SAMPLES / name).read_bytes(), parse_float=Decimal)
    assert exact(sample) in [exact(value) for value in values(place)]


def test_every_example_file_is_attached() -> None:
    document = load(ROOT / "spec" / "openapi.yaml")
    attached = {str(ROOT / file) for file in document.files}
    assert [file.name for file in (ROOT / "spec" / "examples").iterdir() if str(file) not in attached] == []


def test_the_bundled_description_is_that_of_the_spec_folder() -> None:
    document = load(ROOT / "spec" / "openapi.yaml")
    assert exact({**document.root, "x-source-digest": document.digest}) == exact(BUNDLE)


def test_the_bundled_description_knows_the_bytes_that_it_was_made_from() -> None:
    assert re.fullmatch("sha256:[0-9a-f]{64}", BUNDLE["x-source-digest"])


@pytest.mark.parametrize(("schema", "value"), EXAMPLES)
def test_every_example_fits_its_schema(schema: Node, value: Any) -> None:
    jsonschema_rs.validate(schema, value)


@pytest.mark.parametrize("place", CONTENTS)
def test_every_body_has_an_example(place: str) -> None:
    assert all(media.get("examples") for media in CONTENTS[place].values())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_kind_of_failure_has_an_example(operation: str) -> None:
    def seen(place: str) -> list[Any]:
        return values(f"{operation} {place}")

    assert any(body["success"] is False for body in seen("200")), "a rejection with status 200"
    assert any(body["success"] is True for body in seen("200")), "a success"
    assert any(isinstance(body, dict) and body["success"] is False for body in seen("4XX")), "a refused request"
    assert any(isinstance(body, dict) and "success" not in body for body in seen("500")), "a failed server"
    for status in ("4XX", "500"):
        assert any(isinstance(body, str) and "<html>" in body for body in seen(status)), "a proxy's page"


def test_batches_that_fail_in_part_and_in_whole() -> None:
    outcomes = [
        [invoice["success"] for invoice in body["invoices"]]
        for body in values("createStandaloneInvoices 200")
        if body["success"]
    ]
    assert any(any(one) and not all(one) for one in outcomes), "in part"
    assert any(one and not any(one) for one in outcomes), "in whole"


def test_an_example_has_more_digits_than_a_float() -> None:
    amounts = [item["amount"] for body in values("createStandaloneInvoice request") for item in body["invoiceItems"]]
    assert Decimal("1234567890123456.789") in amounts
