"""Sheets of workbooks: what people see in a cell is what is read, or it is a fault."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.runtime.codec import encode
from generator.runtime.tables import (
    FailedLines,
    Layout,
    TableError,
    elements,
    open_table,
    read_mapping,
    workbook,
)
from generator.runtime.tables.workbook import exact
from tests.generator.runtime.tables.orders import Order

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = ["day", "lines.amount", "lines.name", "customer.number"]
DAY = date(2026, 11, 30)


def book(folder: Path, *lines: list[Any], sheets: tuple[str, ...] = ("Orders",)) -> Path:
    """A workbook with these lines; a cell may be a pair of its value and its form."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title in sheets:
        sheet = made.create_sheet(title)
        for line, cells in enumerate(lines, 1):
            for column, cell in enumerate(cells, 1):
                value, form = cell if isinstance(cell, tuple) else (cell, None)
                there: Any = sheet.cell(line, column, value)
                if form:
                    there.number_format = form
    file = folder / "november.xlsx"
    made.save(file)
    return file


def told(file: Path) -> list[str]:
    found = list(elements(open_table(file), Order))
    return [str(fault) for one in found for fault in one.faults] or [encode(one.data).decode() for one in found]


def order(**line: Any) -> str:
    return encode({"day": "2026-11-30", "lines": [line]}).decode()


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (19.99 * 3, "59.97"),
        (1.1 * 1.1, "1.21"),
        (999999999999999, "999999999999999"),
        (1e-7, "1E-7"),
        (-0.5, "-0.5"),
        (2.0, "2"),
    ],
)
def test_a_number_is_what_a_sheet_shows_of_it(value: float, number: str, tmp_path: Path) -> None:
    file = book(tmp_path, HEADERS, [DAY, value, "Tea"])
    [element] = elements(open_table(file), Order)
    assert element.data["lines"] == [{"amount": Decimal(number), "name": "Tea"}]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_no_amount_loses_a_digit_on_its_way_through_a_sheet(number: Decimal) -> None:
    assert exact(float(number)) == number


@settings(max_examples=5)
@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2), min_size=20
    )
)
def test_failed_lines_of_a_sheet_keep_their_amounts(numbers: list[Decimal]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder), HEADERS, *([DAY, float(one), "A name that is too long"] for one in numbers))
        table = open_table(file)
        with FailedLines(Path(folder) / "failed.xlsx", table) as failed:
            for element in elements(table, Order):
                failed.write(element)
        again = list(elements(open_table(Path(folder) / "failed.xlsx"), Order))
    assert [element.data["lines"] for element in again] == [
        [{"amount": one, "name": "A name that is too long"}] for one in numbers
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("00123", "00123"),
        ((123, "00000"), "00123"),
        (123, "123"),
        ((123, "@"), "123"),
        ((12.5, "General"), "12.5"),
        (True, "TRUE"),
    ],
)
def test_text_is_what_is_shown(cell: object, text: str, tmp_path: Path) -> None:
    file = book(tmp_path, HEADERS, [DAY, 1, "Tea", cell])
    [element] = elements(open_table(file), Order)
    assert element.data["customer"] == {"number": text}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            [DAY, (19.994, "0.00"), "Tea"],
            'column "lines.amount": holds 19.994 and is shown as 19.99: round it to what is meant',
        ),
        ([DAY, (19.994, '#,##0.00 "EUR"'), "Tea"], 'column "lines.amount": holds 19.994 and is shown as 19.99'),
        ([DAY, (0.195, "0%"), "Tea"], 'column "lines.amount": holds 0.195 and is shown as 0.20'),
        (
            [DAY, 1, "Tea", (123, '"A-"00000')],
            'column "customer.number": is a number that is shown in a way of its own',
        ),
        ([DAY, 1, "Tea", DAY], 'column "customer.number": is a date, and text is needed'),
        ([datetime(2026, 11, 30, 8), 1, "Tea"], 'column "day": holds a time of day, and is for days alone'),
        ([DAY, "=1+1", "Tea"], 'column "lines.amount": is a formula without a result'),
        ([DAY, "#N/A", "Tea"], 'column "lines.amount": holds the error #N/A'),
        ([DAY, "1,5", "Tea"], 'column "lines.amount": must be a number such as 1234.56, not "1,5"'),
        ([46356, 1, "Tea"], 'column "day": must be a date of the form yyyy-mm-dd, not "46356"'),
        ([DAY, 1, "Tea", 1234567890123456], 'column "customer.number": is a number of more than 15 digits'),
        (
            [DAY, 1, "Tea", "7", "what is this"],
            "column 5 has no header, and a value in this line: give it a header, or empty the cell",
        ),
    ],
)
def test_what_is_not_as_it_looks_is_a_fault(line: list[Any], fault: str, tmp_path: Path) -> None:
    [found] = told(book(tmp_path, HEADERS, [], line))
    assert found.startswith("november.xlsx:3")
    assert fault in found


@pytest.mark.parametrize(
    "cell", [(19.99, "0.00"), (0.19, "0%"), (1234.5, "#,##0.00"), (1234.5, "General"), (5, "0"), (1.5, "# ?/?")]
)
def test_what_is_shown_as_it_is_is_taken(cell: tuple[float, str], tmp_path: Path) -> None:
    assert told(book(tmp_path, HEADERS, [DAY, cell, "Tea"])) == [order(amount=Decimal(str(cell[0])), name="Tea")]


@pytest.mark.parametrize("size", [1, 3, 1 << 16])
def test_results_of_formulas_are_read(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_CHUNK", size)
    [missing] = told(book(tmp_path, HEADERS, [DAY, "=1+1", "Tea"]))
    assert "is a formula without a result" in missing
    file = book(tmp_path, HEADERS, [DAY, "=0.1+0.2", "Tea"])
    with ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</f><v></v>", b"</f><v>0.30000000000000004</v>").replace(
        b"</f><v />", b"</f><v>0.30000000000000004</v>"
    )
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    with ZipFile(file, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    assert told(file) == [order(amount=Decimal("0.3"), name="Tea")]


def test_a_sheet_has_to_be_said_where_there_are_several(tmp_path: Path) -> None:
    file = book(tmp_path, HEADERS, [DAY, 1, "Tea"], sheets=("A", "B"))
    several = 'november.xlsx: has several sheets: say which is the "sheet"; there are A, B'
    with pytest.raises(TableError, match=several):
        open_table(file)
    with pytest.raises(TableError, match=r'november.xlsx: has no sheet "C"; there are A, B'):
        open_table(file, Layout(sheet="C"))
    assert open_table(file, Layout(sheet="B")).layout.sheet == "B"


def test_the_mapping_says_the_sheet_and_how_dates_are_written_as_text(tmp_path: Path) -> None:
    file = book(tmp_path, ["Day", "Amount", "Name"], [DAY, 1, DAY], sheets=("A", "B"))
    (tmp_path / "map.yaml").write_text(
        "file: {sheet: B}\ncolumns: {Day: day, Amount: lines.amount, Name: {path: lines.name, format: dd.mm.yyyy}}\n",
        encoding="utf-8",
    )
    mapping = read_mapping(tmp_path / "map.yaml", Order)
    [element] = elements(open_table(file, mapping.layout), Order, mapping)
    assert element.data["lines"] == [{"amount": 1, "name": "30.11.2026"}]


def test_failed_lines_of_a_workbook_are_one_that_fails_again(tmp_path: Path) -> None:
    file = book(
        tmp_path, HEADERS, [DAY, "=1+1", "Tea", (7, "000")], [DAY, (1.5, "0"), "=Tea", "x"], [DAY, "#REF!", "Tea"]
    )
    table = open_table(file)
    with FailedLines(tmp_path / "failed.xlsx", table) as failed:
        for element in elements(table, Order):
            failed.write(element)
    assert failed.count == 3
    again = list(elements(open_table(tmp_path / "failed.xlsx"), Order))
    assert [(one.reference, str(one.faults[0]).partition(", ")[2]) for one in again] == [
        ("2", 'column "lines.amount": holds the error #VALUE!'),
        ("3", 'column "lines.amount": holds 1.5 and is shown as 2: round it to what is meant'),
        ("4", 'column "lines.amount": holds the error #REF!'),
    ]
    assert again[0].data["customer"] == {"number": "007"}


def test_what_stands_above_the_header_is_no_line(tmp_path: Path) -> None:
    table = open_table(book(tmp_path, ["Orders", 1], [], HEADERS, [DAY, "x", "Tea"]), Layout(header=3))
    [element] = elements(table, Order)
    with FailedLines(tmp_path / "failed.xlsx", table) as failed:
        failed.write(element)
    [again] = elements(open_table(tmp_path / "failed.xlsx", table.layout), Order)
    assert (again.lines, again.reference, again.data) == (element.lines, "4", element.data)


def test_headers_may_be_numbers_and_days(tmp_path: Path) -> None:
    table = open_table(book(tmp_path, [2026, (7, "000"), DAY, True, 0.5], [1, 2, 3, 4, 5]))
    assert table.headers == ("2026", "007", "2026-11-30 00:00:00", "TRUE", "0.5")


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"day;amount")
    with pytest.raises(TableError, match=r"a.xlsx: is no .xlsx workbook, is damaged, or has a password: open it"):
        open_table(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("part", "old", "new", "place"),
    [
        ("xl/workbook.xml", b"</workbook>", b"", ""),
        ("xl/styles.xml", b"</styleSheet>", b"", ""),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"", ":3"),
        ("xl/worksheets/sheet1.xml", b"<v>0.5</v>", b"<v>0x5</v>", ":2"),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>Tea</t></is>', b't="s"><v>33</v>', ":2"),
    ],
)
def test_a_damaged_workbook_is_said(part: str, old: bytes, new: bytes, place: str, tmp_path: Path) -> None:
    whole, damaged = book(tmp_path, HEADERS, [DAY, 0.5, "Tea", "7"]), tmp_path / "damaged.xlsx"
    with ZipFile(whole) as source, ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert old in content or name != part
            target.writestr(name, content.replace(old, new) if name == part else content)
    with pytest.raises(TableError, match=rf"damaged.xlsx{place}: is no .xlsx workbook, is damaged"):
        list(elements(open_table(damaged), Order))


def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = book(tmp_path, HEADERS)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(TableError, match=r"november.xlsx: reading .xlsx needs openpyxl: install the extra xlsx"):
        open_table(file)
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "map.yaml").write_text("columns:\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"map.yaml: reading YAML needs PyYAML: install the extra cli"):
        read_mapping(tmp_path / "map.yaml", Order)
