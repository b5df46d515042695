"""Files that are no tenants: one case for each kind of finding, and some that are not even files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.tenant import tree
from zuora_invoices_sandbox.tenant.findings import Problem, TenantError, spell
from zuora_invoices_sandbox.tenant.source import DEFAULT, default, load, parse

CASES = sorted(Path("tests/cases/tenants").iterdir())
LEAST = Path("tests/cases/tenants/least/tenant.yaml").read_text(encoding="utf-8")


def problems_of(text: str) -> str:
    try:
        parse(text)
    except TenantError as error:
        return "".join(f"{problem}\n" for problem in error.problems)
    return ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_problems_of_a_file_are_told_at_once_with_their_places(case: Path) -> None:
    assert problems_of((case / "tenant.yaml").read_text(encoding="utf-8")) == (case / "problems.txt").read_text(
        encoding="utf-8"
    )


def test_there_are_cases_with_and_without_problems() -> None:
    clean = {case.name for case in CASES if not (case / "problems.txt").read_text(encoding="utf-8")}
    assert clean == {"least", "payment-term-by-id"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_problem_quotes_a_secret(case: Path) -> None:
    text = (case / "problems.txt").read_text(encoding="utf-8")
    assert "hush" not in text
    assert "987654321" not in text
    assert "not-a-secret" not in text


def test_the_text_of_an_error_has_a_line_for_each_problem_and_no_input_of_pydantic() -> None:
    with pytest.raises(TenantError) as caught:
        load("tests/cases/tenants/secret/tenant.yaml")
    assert [problem.line for problem in caught.value.problems] == [15, 16, 19]
    assert str(caught.value).count("\n") == 2
    assert str(caught.value).startswith("tests/cases/tenants/secret/tenant.yaml:15:5: clients[0].clientId: ")
    # Whoever prints the traceback prints what it was raised from.
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id: a\nname: \xff\n", "bad.yaml:2:7: byte 0xFF is not UTF-8"),
        (b"", "bad.yaml:1:1: is empty"),
        (b"\xef\xbb\xbf", "bad.yaml:1:1: is empty"),
        (b"[" * 1_000_000, "[0]: more than 16 levels of nesting"),
        (b"- " * 1_000_000, "[0]: more than 16 levels of nesting"),
        (b"{a: " * 100_000, ".a: more than 16 levels of nesting"),
        (b"\x00" * 1000, "the character U+0000 may not stand in a YAML file"),
        (b"x" * 9_000_000, "the file has more than 8,388,608 bytes"),
        (b"\xc3\xa4" * 20_000_000, "the file has more than 8,388,608 bytes"),
    ],
    ids=["utf-8", "empty", "mark", "flow", "block", "mappings", "zeros", "large", "larger"],
)
def test_hostile_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    with pytest.raises(TenantError) as caught:
        load(file)
    assert str(caught.value).endswith(message)


@pytest.mark.parametrize(
    ("name", "reason"),
    [(".", "Is a directory"), ("missing.yaml", "No such file or directory"), ("a\0b", "the name is no path")],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(TenantError, match=f"cannot be read: {reason}"):
        load(tmp_path / name)


def test_a_file_without_an_end_is_not_read_to_it() -> None:
    with pytest.raises(TenantError, match="bytes"):
        load("/dev/zero")


def test_a_text_is_bounded_like_a_file() -> None:
    with pytest.raises(TenantError, match="more than 8,388,608 characters"):
        parse("x" * 9_000_000)


def test_line_ends_of_windows_and_json_are_read_as_well() -> None:
    assert parse(LEAST.replace("\n", "\r\n")) == parse(LEAST)
    assert parse(encode(tree.read(LEAST, "x").value, indent=2).decode()) == parse(LEAST)


def test_scalars_are_those_of_yaml_1_2_and_numbers_are_exact() -> None:
    texts = ["no", "off", "2020-01-01", "1_000", "12:30", "''", '"1"', "a b"]
    others = ["0o17", "0x1F", "017", "+1", "0.1000000000000000000000001", "1e3", "-.5", "null", "~", "True", "false"]
    assert tree.read(f"[{', '.join(texts)}]", "x").value == [
        *("no", "off", "2020-01-01", "1_000", "12:30", "", "1", "a b")
    ]
    values = tree.read(f"[{', '.join(others)}]", "x").value
    assert isinstance(values, list)
    assert values[:4] == [15, 31, 17, 1]
    assert values[4:7] == [Decimal("0.1000000000000000000000001"), Decimal(1000), Decimal("-0.5")]
    assert values[7:] == [None, None, True, False]
    assert not any(isinstance(value, float) for value in values)


def test_the_default_tenant_is_read_once() -> None:
    assert default() is default()
    assert default() == load(DEFAULT)


def test_paths_are_spelled_as_people_write_them() -> None:
    assert spell(("accounts", 0, "currency")) == "accounts[0].currency"
    assert spell((0, "a b", "c")) == "[0]['a b'].c"
    assert str(Problem("f", 1, 2, "", "m")) == "f:1:2: m"
