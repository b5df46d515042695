"""Laws of files of lines: what is written reads back the same, and no number loses a digit, whatever the file is."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.runtime.codec import encode
from generator.runtime.tables import (
    FailedLines,
    Layout,
    TableError,
    draft_mapping,
    elements,
    open_table,
    read_mapping,
)
from generator.runtime.tables.cells import Formats, reader
from generator.runtime.tables.fields import Type
from generator.runtime.tables.forms import Form
from generator.runtime.tables.paths import parse, spelled
from tests.generator.runtime.tables.orders import Order

if TYPE_CHECKING:
    from datetime import datetime

FEW = settings(max_examples=25)  # of what goes through files
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
LATIN = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=8)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.integers().map(Decimal)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)


@FEW
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t|"), st.booleans())
def test_csv_cells_are_what_was_written(cells: list[list[str]], delimiter: str, marked: bool) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["a", "b", "c"], *cells])
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_text("\ufeff" * marked + text.getvalue(), encoding="utf-8", newline="")
        table = open_table(file, Layout(delimiter=delimiter))
        found = [[row.cells.get(header, "") for header in "abc"] for row in table.rows()]
    kept = [["" if not cell.strip() else cell for cell in line] for line in cells]
    assert found == [line for line in kept if any(line)]


@FEW
@given(
    st.lists(st.tuples(LATIN, LATIN), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(",;\t|"),
)
def test_failed_lines_read_back_the_same(names: list[tuple[str, str]], encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["day", "lines.name", "customer.number"], *(["x", *both] for both in names)])
    with TemporaryDirectory() as folder:
        file, failed = Path(folder) / "a.csv", Path(folder) / "b.csv"
        file.write_text(text.getvalue(), encoding=encoding, newline="")
        table = open_table(file, Layout(encoding=encoding, delimiter=delimiter))
        given_rows = list(table.rows())
        with FailedLines(failed, table) as lines:
            for element in elements(table, Order):
                lines.write(element)
        again = open_table(failed, Layout(encoding=encoding, delimiter=delimiter))
        assert again.layout == table.layout
        assert again.headers == table.headers
        assert [(row.origin, row.cells) for row in again.rows()] == [(row.line, row.cells) for row in given_rows]


def shown(number: Decimal, decimal: str, thousands: str | None) -> str:
    text = f"{number:,f}" if thousands is not None else f"{number:f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands or "")


@given(NUMBERS, st.sampled_from([(".", ","), (",", "."), (",", " "), (".", None), (",", None), (".", "'")]))
def test_numbers_are_exact_in_every_form(number: Decimal, signs: tuple[str, str | None]) -> None:
    found = reader(Type("number"), Formats(*signs))(shown(number, *signs))
    assert isinstance(found, int | Decimal)
    assert found == number
    assert str(Decimal(found)) == str(number)


@given(NUMBERS)
def test_numbers_of_json_lines_are_exact(number: Decimal) -> None:
    order = {"day": "2026-11-30", "lines": [{"amount": number, "name": "Tea"}]}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.jsonl"
        file.write_bytes(encode(order))
        [element] = elements(open_table(file), Order)
    assert element.request is not None
    assert encode(element.request.to_wire()) == encode(order)


@given(
    st.datetimes().map(lambda found: found.replace(microsecond=0)),
    st.sampled_from(["yyyy-mm-dd hh:mm:ss", "dd.mm.yyyy hh:mm:ss", "m/d/yyyy h:mm:ss am/pm", "yyyymmddhhmmss"]),
)
def test_times_read_as_they_are_shown(time: datetime, form: str) -> None:
    assert Form(form).read(Form(form).show(time)) == time


@given(st.lists(NAMES | st.integers(0, 999), min_size=1, max_size=4))
def test_paths_read_as_they_are_spelled(steps: list[str | int]) -> None:
    assume(isinstance(steps[0], str))
    assert parse(spelled(tuple(steps))) == tuple(steps)


@FEW
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_whatever_the_headers_are_the_draft_can_be_read(lines: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    with TemporaryDirectory() as folder:
        file, draft = Path(folder) / "a.csv", Path(folder) / "map.yaml"
        file.write_text(text.getvalue(), encoding="utf-8", newline="")
        try:
            table = open_table(file)
        except TableError:
            return
        draft.write_text(draft_mapping(table, Order), encoding="utf-8")
        mapping = read_mapping(draft, Order)
        list(elements(open_table(file, mapping.layout), Order, mapping))
