"""Whoever changes the description is told which line to write into the table of facts, and where."""

from __future__ import annotations

import copy
import re

import pytest

from tests.description import ROOT, SCHEMAS, Node
from tests.spec import test_facts
from tests.spec.advice import missing
from tests.spec.test_facts import FIELDS, SHARED_FIELDS, agree, fields_of

FILE = "tests/spec/test_facts.py"
LINES = (ROOT / FILE).read_text(encoding="utf-8").splitlines()
END = "\nThat is, if the documents say so. If they do not, the tables are right, and spec/ is to be mended."


def told(schema: str, changed: Node) -> str:
    """What the test says of a schema that is changed so."""
    with pytest.raises(pytest.fail.Exception) as failed:
        agree(f'"{schema}": ', FIELDS[schema], fields_of(changed), SHARED_FIELDS)
    return str(failed.value.msg)


def changed(schema: str) -> Node:
    node: Node = copy.deepcopy(SCHEMAS[schema])
    return node


def line(text: str) -> int:
    """The number of the one line that begins so."""
    [found] = [number for number, one in enumerate(LINES, 1) if re.match(rf"\s*{re.escape(text)}", one)]
    return found


def test_a_new_field() -> None:
    schema = changed("PostInvoiceType")
    schema["properties"]["costCenter"] = {"type": "string", "maxLength": 40, "description": "It."}
    place = line('"PostInvoiceType": f"""')
    assert told("PostInvoiceType", schema) == (
        f'{FILE}:{place}: under "PostInvoiceType" add the line\n    costCenter string max=40{END}'
    )


def test_the_line_of_the_worked_example_is_the_one_that_is_asked_for() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.search(rf'    {FILE}:\d+: under "PostInvoiceType" add the line\n        costCenter string max=40\n', said)


def test_a_field_that_has_changed_is_shown_as_it_is_and_was() -> None:
    schema = changed("PostInvoiceType")
    schema["properties"]["comments"]["maxLength"] = 20
    place = line("comments             string max=255")
    assert told("PostInvoiceType", schema) == (
        f'{FILE}:{place}: under "PostInvoiceType" write\n    comments string max=20\n  in place of\n'
        f"    comments string max=255{END}"
    )


def test_a_field_that_is_gone() -> None:
    schema = changed("Contact")
    del schema["properties"]["fax"]
    place = line("fax            string max=40")
    assert told("Contact", schema) == (f'{FILE}:{place}: under "Contact" take out the line\n    fax string max=40{END}')


def test_a_field_of_a_table_that_others_share_is_looked_for_there() -> None:
    schema = changed("PostDiscountItemType")
    del schema["properties"]["sku"]
    place = line("sku                     string max=255")
    assert told("PostDiscountItemType", schema).startswith(f"{FILE}:{place}: under CHARGE take out the line\n")


def test_all_differences_come_at_once() -> None:
    schema = changed("Contact")
    del schema["properties"]["fax"]
    schema["properties"]["city"]["maxLength"] = 1
    said = told("Contact", schema)
    assert said.count(FILE) == 2
    assert said.count(END) == 1


def test_a_new_schema_is_asked_for_as_a_whole() -> None:
    assert missing('"New": ', {"one": "string", "two": "date R"}, "FIELDS = ") == (
        f'{FILE}:{line("FIELDS = ")}: add under FIELDS\n    "New": """\n        one string\n        two date R\n'
        f'    """,{END}'
    )


@pytest.mark.parametrize(
    ("change", "word"),
    [({"minProperties": 1}, "add it to BOUNDS"), ({"x-requires-feature": "Other"}, "'Other' to FEATURES")],
)
def test_what_no_table_can_say_yet_is_named(change: Node, word: str) -> None:
    with pytest.raises(AssertionError, match=word) as failed:
        test_facts.stated({"type": "string", **change}, required=False)
    assert FILE in str(failed.value)
