"""What people are told about changes to the spec fits the files that it is about."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from generator import loader
from generator.parser import parse
from generator.review import waivers

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SPEC = ROOT / "spec" / "openapi.yaml"


def block(beginning: str) -> str:
    """The indented block of the text whose first line is this."""
    found = re.search(rf"^( +){re.escape(beginning)}\n(?:\1.*\n|\n)*", TEXT, re.MULTILINE)
    assert found is not None
    return textwrap.dedent(found[0])


def test_the_waiver_of_the_example_is_sound_and_names_a_field_that_there_is(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(block("waivers:"), encoding="utf-8")
    [waiver], findings = waivers.load(file)
    assert findings == ()
    field = loader.load(SPEC).find(waiver.pointer)
    assert field is not None
    assert field["maxLength"].value == 255  # as the example says
    assert "in place of 255" in TEXT


def test_the_new_field_of_the_example_is_not_there_yet_and_could_be() -> None:
    value, findings = parse(block("costCenter:"), "CONTRIBUTING.md")
    assert findings == []
    assert isinstance(value, dict)
    properties = loader.load(SPEC).find("/components/schemas/PostInvoiceType/properties")
    assert properties is not None
    assert properties.child("costCenter") is None
    assert value["costCenter"] == {
        "type": "string",
        "maxLength": 40,
        "description": "Cost centre that the invoice is booked to, as the customer's books call it.",
    }


def test_owners_are_named_by_whoever_takes_the_repository_over() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert all(not line or line.startswith("# ") for line in lines)
    rules = [line.removeprefix("# ").split() for line in lines if line.startswith("# /")]
    assert [path for path, *_ in rules if not (ROOT / path.strip("/")).exists()] == []
    assert {path for path, *_ in rules} >= {"/spec/", "/generator/", "/generated/", "/.github/"}
    assert all(owner.startswith("@TODO-") for _, *owners in rules for owner in owners)
