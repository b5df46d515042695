"""Elements and what can be asked of them; references, files that are big, and files of failed lines."""

from __future__ import annotations

import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from generator.runtime.tables import (
    FailedLines,
    Fault,
    Layout,
    TableError,
    draft_mapping,
    elements,
    grouping,
    mapping_file,
    open_table,
    read_mapping,
)
from tests.generator.runtime.tables.orders import Order

if TYPE_CHECKING:
    from pathlib import Path

    from generator.runtime.tables import Element

MAP = """
columns: {Customer: customer.number, Day: day, Amount: lines.amount, Name: lines.name, Off: "lines.discounts[0].amount"}
group: [Order]
"""
LINES = """Order,Customer,Day,Amount,Name,Off
1,007,2026-11-30,1.00,Tea,
1,007,2026-11-30,2.50,Cups,-1
2,008,2026-11-30,3,Tea,
"""


def table_of(folder: Path, text: str = LINES, name: str = "november.csv", **layout: Any) -> Any:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return open_table(folder / name, Layout(**layout))


def mapped(folder: Path, text: str = LINES, mapping: str = MAP) -> list[Element[Order]]:
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return list(elements(table_of(folder, text), Order, read_mapping(folder / "map.yaml", Order)))


def test_values_have_the_places_of_their_cells(tmp_path: Path) -> None:
    first, second = mapped(tmp_path)
    assert (first.reference, first.lines, second.reference, second.lines) == ("1", (2, 3), "2", (4,))
    assert first.request == Order.model_validate(first.data)
    assert {path: (place.lines, place.column) for path, place in first.places.items()} == {
        "customer.number": ((2,), "Customer"),
        "day": ((2,), "Day"),
        "lines[0].amount": ((2,), "Amount"),
        "lines[0].name": ((2,), "Name"),
        "lines[1].amount": ((3,), "Amount"),
        "lines[1].name": ((3,), "Name"),
        "lines[1].discounts[0].amount": ((3,), "Off"),
    }


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("lines[1].discounts[0].amount", 'november.csv:3, column "Off"'),
        ("lines[0].discounts[0].amount", 'november.csv:2, column "Off"'),
        ("lines[1].size", "november.csv:3, lines[1].size"),
        ("lines[1]", "november.csv:3, lines[1]"),
        ("lines", "november.csv:2-3, lines"),
        ("customer.number", 'november.csv:2, column "Customer"'),
        ("status", "november.csv:2-3, status"),
        ("", "november.csv:2-3"),
        ("no [path", "november.csv:2-3, no [path"),
    ],
)
def test_what_is_found_out_later_has_its_place_too(path: str, place: str, tmp_path: Path) -> None:
    first, _ = mapped(tmp_path)
    assert str(first.fault("is wrong", path)) == f"{place}: is wrong"


@pytest.mark.parametrize(
    ("lines", "text"),
    [((), ""), ((7,), ":7"), ((7, 8, 9), ":7-9"), ((7, 9), ":7 and 9"), ((1, 3, 5, 7, 9), ":1, 3, 5 and 2 more")],
)
def test_lines_are_told_briefly(lines: tuple[int, ...], text: str) -> None:
    assert str(Fault("a.csv", "is wrong", lines)) == f"a.csv{text}: is wrong"


def test_groups_and_references_without_a_mapping(tmp_path: Path) -> None:
    text = "Order,day,lines.amount,lines.name\na,2026-11-30,1,Tea\na,2026-11-30,2,Cups\nb,2026-11-30,3,Tea\n"
    found = list(elements(table_of(tmp_path, text), Order, group=["Order"], reference="Order"))
    assert [(one.reference, one.lines, one.faults) for one in found] == [("a", (2, 3), ()), ("b", (4,), ())]
    with pytest.raises(TableError, match=r'"Ordr": is no column of the file \(did you mean "Order"\?\)'):
        list(elements(table_of(tmp_path, text), Order, group=["Order"], reference="Ordr"))


def test_the_reference_of_json_lines_is_one_of_their_fields(tmp_path: Path) -> None:
    line = '{"day": "2026-11-30", "reference": %s, "lines": [{"amount": 1, "name": "Tea"}]}\n'
    text = "".join(line % one for one in ('"a"', '"b"', '"a"', "null"))
    found = list(elements(table_of(tmp_path, text, "november.jsonl"), Order, reference="reference"))
    assert [(one.reference, list(map(str, one.faults))) for one in found] == [
        ("a", []),
        ("b", []),
        ("a", ['november.jsonl:3: has the reference "a", which line 1 has too: each element needs its own']),
        (
            "4",
            [
                "november.jsonl:4, reference: must be there, as the reference of the line",
                "november.jsonl:4, reference: must not be null: leave the field out instead",
            ],
        ),
    ]


def test_a_zone_may_be_an_offset_or_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping_file, "ZoneInfo", {"Europe/Berlin": timezone(timedelta(hours=1))}.__getitem__)
    for zone, offset in (('"-03:30"', "-03:30"), ("Europe/Berlin", "+01:00"), ('"+14:00"', "+14:00")):
        mapping = f"formats: {{zone: {zone}}}\n" + MAP.replace("Name: lines.name", "Name: placedAt")
        first, *_ = mapped(tmp_path, LINES.replace(",Tea,", ",2026-11-30 08:00:00,").replace("Cups", ""), mapping)
        assert first.data["placedAt"] == f"2026-11-30T08:00:00{offset}"
    for zone in ("Mars", '"+25:00"', '"+1"', "../x"):
        with pytest.raises(TableError, match='"zone" must be an offset such as'):
            mapped(tmp_path, LINES, f"formats: {{zone: {zone}}}\n{MAP}")


def test_lines_that_are_elements_have_no_groups(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="lines are grouped by a mapping alone"):
        list(elements(table_of(tmp_path, "{}\n", "november.jsonl"), Order, group=["day"]))


def test_two_references_of_one_element_are_both_told(tmp_path: Path) -> None:
    [found] = mapped(
        tmp_path,
        LINES.replace("007", "9", 1).replace("2,008", "1,008"),
        MAP.replace("Customer: customer.number, ", "") + "reference: Customer\n",
    )
    assert list(map(str, found.faults)) == [
        'november.csv:2-4, column "Customer": is "9" in line 2 and "007" in line 3, and is the reference of one element'
    ]


def test_lines_of_failed_ones_keep_their_numbers_as_references(tmp_path: Path) -> None:
    text = "day,lines.amount,lines.name\n2026-11-30,1,Tea\n2026-11-30,x,Tea\n2026-11-30,y,Tea\n"
    table = table_of(tmp_path, text)
    for name in ("failed.csv", "again.csv"):
        with FailedLines(tmp_path / name, table) as failed:
            for one in elements(table, Order):
                if one.faults:
                    failed.write(one)
        table = open_table(tmp_path / name)
        assert [one.reference for one in elements(table, Order)] == ["3", "4"]
        assert [str(one.faults[0]).partition(",")[0] for one in elements(table, Order)] == [f"{name}:2", f"{name}:3"]
    mended = (tmp_path / "again.csv").read_text(encoding="utf-8").replace(",x,", ",2,").replace(",y,", ",3,")
    found = list(elements(table_of(tmp_path, mended, "mended.csv"), Order))
    assert [(one.reference, one.data["lines"]) for one in found] == [
        ("3", [{"amount": 2, "name": "Tea"}]),
        ("4", [{"amount": 3, "name": "Tea"}]),
    ]


def test_reasons_stand_in_their_lines(tmp_path: Path) -> None:
    table = table_of(tmp_path)
    first, _ = mapped(tmp_path)
    with FailedLines(tmp_path / "failed.csv", table) as failed:
        failed.write(first, [first.fault("=too much", "lines[1].amount"), first.fault("=no")])
    assert (tmp_path / "failed.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "1,007,2026-11-30,1.00,Tea,,2,'=no",
        "1,007,2026-11-30,2.50,Cups,-1,3,Amount: =too much",
    ]


def test_the_file_of_failed_lines_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    table_of(tmp_path).path.chmod(0o640)
    table = open_table(tmp_path / "november.csv")
    first, _ = mapped(tmp_path)
    target = tmp_path / "failed.csv"
    target.write_text("mine", encoding="utf-8")
    with FailedLines(target, table):
        pass
    with suppress(KeyboardInterrupt), FailedLines(target, table) as failed:
        failed.write(first)
        raise KeyboardInterrupt
    assert target.read_text(encoding="utf-8") == "mine"
    with FailedLines(target, table) as failed:
        failed.write(first)
        assert target.read_text(encoding="utf-8") == "mine"
    assert target.read_text(encoding="utf-8").startswith("Order,")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["failed.csv", "map.yaml", "november.csv"]


def test_a_file_can_be_replaced_by_its_failed_lines(tmp_path: Path) -> None:
    table = table_of(tmp_path)
    with FailedLines(table.path, table) as failed:
        failed.write(mapped(tmp_path)[1])
    assert table.path.read_text(encoding="utf-8").splitlines() == [
        "Order,Customer,Day,Amount,Name,Off,Failed line,Failed because",
        '2,008,2026-11-30,3,Tea,,4,"is a line of ""2"", of which others are wrong"',
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.xls", "a.xls: is of no format that is known here: save it as .xlsx or as CSV"),
        ("a.json", 'a.json: is of no format that is known here: say its "format": csv, jsonl, xlsx'),
        ("a.csv", "a.csv: cannot be read: No such file or directory"),
        ("a.xlsx", "a.xlsx: cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_opened_is_said(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        open_table(tmp_path / name)
    assert str(caught.value) == message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
def test_what_can_be_read_once_alone_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(TableError, match=r"a.csv: is no file on a disk, and lines are read more than once"):
        open_table(tmp_path / "a.csv")


def test_a_said_format_counts_more_than_the_name(tmp_path: Path) -> None:
    table = table_of(tmp_path, "day;lines.amount\n2026-11-30;1\n", "november.export", format="csv")
    assert table.headers == ("day", "lines.amount")


@pytest.mark.parametrize(
    ("content", "said", "message"),
    [
        (b"a,b\n1,\x81\n", None, 'november.csv:2: is not in utf-8: save it as CSV UTF-8, or say its "encoding"'),
        (b"a,b\n1,\xff\n", "ascii", 'november.csv:2: is not in ascii: save it as CSV UTF-8, or say its "encoding"'),
        (b"a,b\n", "utf-9", 'november.csv: "utf-9" is no encoding: say utf-8, utf-16 or cp1252'),
        (
            b'a,b\n1,"x"y\n',
            None,
            'november.csv:2: has text behind the closing quote of a cell: a quote within quotes is written twice, ""',
        ),
        (
            b"a\n" + b"x" * 140_000,
            None,
            "november.csv:2: has a cell of more than 131,072 characters; is a quote missing?",
        ),
        (b"\n ; ;\n", None, "november.csv: has no header line: the first line must name the columns"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(
    content: bytes, said: str | None, message: str, tmp_path: Path
) -> None:
    (tmp_path / "november.csv").write_bytes(content)
    with pytest.raises(TableError) as caught:
        list(open_table(tmp_path / "november.csv", Layout(encoding=said)).rows())
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", ("utf-8", False)),
        ("utf-8-sig", ("utf-8", True)),
        ("utf-16", ("utf-16-le", True)),
        ("utf-16-le", ("utf-16-le", False)),
        ("utf-16-be", ("utf-16-be", False)),
        ("cp1252", ("cp1252", False)),
    ],
)
@pytest.mark.parametrize("is_said", [False, True])
def test_encodings_are_found_or_said(encoding: str, found: tuple[str, bool], is_said: bool, tmp_path: Path) -> None:
    text = "day;lines.name\n" + "2026-11-30;Tee\n" * 500 + "2026-11-30;Grün\n"
    (tmp_path / "november.csv").write_bytes(text.encode(encoding))
    table = open_table(tmp_path / "november.csv", Layout(encoding=encoding if is_said else None))
    assert (table.layout.encoding, table.layout.mark) == found
    *_, last = table.rows()
    assert (last.line, last.cells) == (502, {"day": "2026-11-30", "lines.name": "Grün"})


@pytest.mark.parametrize("said", ["utf-8", "cp1252", "utf-16-be"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_counts_more_than_what_is_said(encoding: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "november.csv").write_bytes("day;lines.name\n2026-11-30;Grün\n".encode(encoding))
    table = open_table(tmp_path / "november.csv", Layout(encoding=said))
    assert [row.cells["lines.name"] for row in table.rows()] == ["Grün"]


def test_a_draft_has_the_encoding_that_is_not_found_out(tmp_path: Path) -> None:
    text = "day;lines.name\n2026-11-30;Grün\n"
    for encoding, line in (("cp1252", "  # encoding: cp1252  # by default"), ("cp437", "  encoding: cp437\n")):
        (tmp_path / "november.csv").write_bytes(text.encode(encoding))
        assert line in draft_mapping(open_table(tmp_path / "november.csv", Layout(encoding=encoding)), Order)


@pytest.mark.parametrize("top", ["Orders, of November\n\n", "sep=;\nOrders;of;November\n", "a,b\n\n\n"])
def test_what_stands_above_the_header_is_no_line(top: str, tmp_path: Path) -> None:
    text = f"{top}day;lines.amount;lines.name\n2026-11-30;1;Tea\n2026-11-30;x;Tea\n"
    line = top.count("\n") + 1
    table = table_of(tmp_path, text, header=line)
    first, second = elements(table, Order)
    assert (first.lines, first.faults) == ((line + 1,), ())
    with FailedLines(tmp_path / "failed.csv", table) as failed:
        failed.write(second)
    again = open_table(tmp_path / "failed.csv", Layout(header=line))
    assert again.layout == table.layout
    (tmp_path / "map.yaml").write_text(draft_mapping(again, Order), encoding="utf-8")
    mapping = read_mapping(tmp_path / "map.yaml", Order)
    assert mapping.layout.header == line
    [found] = elements(again, Order, mapping)
    assert (found.reference, found.lines) == (str(line + 2), (line + 1,))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("Amount, net, in EUR;Day\n19,99;x\n0,01;y\n", ";"),
        ("a,b\n1;2,3;4\n", ","),
        ("a\tb\n1,2\t3\n", "\t"),
        ("a|b|c\n", "|"),
        ("a\n1\n", ","),
        ('"a;b",c\n1,2\n', ","),
    ],
)
def test_delimiters_are_found(text: str, delimiter: str, tmp_path: Path) -> None:
    assert table_of(tmp_path, text).layout.delimiter == delimiter


def test_numbers_of_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = 'a,b\r\n\r\n1,"x\r\ny"\r\n,\r\n2,"\n"\n3,z'
    rows = list(table_of(tmp_path, text).rows())
    assert [(row.line, row.cells.get("a")) for row in rows] == [(3, "1"), (6, "2"), (8, "3")]


@pytest.mark.parametrize(
    ("constants", "lines", "others"),
    [
        ("lines.size: small", [{"amount": 1, "size": "small"}, {"amount": 2, "size": "small"}], {}),
        (
            '{"lines.discounts[0].reason": late, "lines.discounts[0].amount": -1}',
            [{"amount": 1, "discounts": [{"reason": "late", "amount": -1}]}] * 2,
            {},
        ),
        ("{rates.currency: EUR, rates.rate: 1.10}", [], {"rates": [{"currency": "EUR", "rate": Decimal("1.10")}]}),
        ("customer.email: a@b", [], {"customer": {"number": "007", "email": "a@b"}}),
        ("payment.kind: cash", [], {"payment": {"kind": "cash"}}),
        ("{score_1: 007, customer.number: 007}", [], {"score_1": 7, "customer": {"number": "007"}}),
    ],
    ids=["each", "in-each", "alone", "beside", "no-column", "text-or-number"],
)
def test_constants_are_sent_where_they_belong(
    constants: str, lines: list[Any], others: dict[str, Any], tmp_path: Path
) -> None:
    customer = "" if "customer.number" in constants else "Customer: customer.number, "
    mapping = f"columns: {{{customer}Amount: lines.amount, Day: day}}\ngroup: [Order]\n"
    mapping += "ignore: [Name, Off, Customer]\n" if not customer else "ignore: [Name, Off]\n"
    indented = constants if constants.startswith("{") else f"{{{constants}}}"
    first, _ = mapped(tmp_path, LINES, f"{mapping}constants: {indented}\n")
    plain = [{"amount": Decimal("1.00")}, {"amount": Decimal("2.50")}]
    given = [{**one, "amount": other["amount"]} for one, other in zip(lines or plain, plain, strict=True)]
    assert first.data == {"day": "2026-11-30", "customer": {"number": "007"}, "lines": given, **others}


def test_an_empty_cell_can_mean_something_where_its_line_says_anything(tmp_path: Path) -> None:
    text = LINES.replace("1,007,2026-11-30,2.50,Cups,-1", "1,007,,,,").replace(",Tea,", ",,")
    mapping = MAP.replace("Name: lines.name", 'Name: {path: lines.name, values: {"": Tea}}').replace(
        "Day: day", 'Day: {path: day, values: {"": 2026-12-01}}'
    )
    first, _ = mapped(tmp_path, text, mapping)
    assert first.data["lines"] == [{"amount": Decimal("1.00"), "name": "Tea"}]
    assert first.data["day"] == "2026-11-30"
    [last] = mapped(tmp_path, "Order,Customer,Day,Amount,Name,Off\n9,7,,1,,\n", mapping)
    assert last.data["day"] == "2026-12-01"


def test_lines_that_are_no_element_any_more_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_MOST", 1)
    for grouped in ("together", "anywhere"):
        with pytest.raises(TableError) as caught:
            mapped(tmp_path, LINES, f"{MAP}grouped: {grouped}\n")
        assert str(caught.value) == (
            'november.csv:2: begins an element of more than 1 lines: is it "Order" by which lines are one?'
        )


def test_what_a_file_holds_moves_no_terminal() -> None:
    assert str(Fault("a.csv", "is \x1b[2J", (1,), "a\nb")) == 'a.csv:1, column "a\ufffdb": is \ufffd[2J'


def test_elements_can_be_taken_by_one_thread_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(f"{MAP}grouped: anywhere\n", encoding="utf-8")
    found = elements(table_of(tmp_path), Order, read_mapping(tmp_path / "map.yaml", Order))
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        names = [pool.submit(lambda: next(found).reference).result() for pool in (one, other)]
    assert names == ["1", "2"]


@pytest.mark.slow
@pytest.mark.parametrize("grouped", ["together", "anywhere"])
def test_memory_does_not_grow_with_the_file(grouped: str, tmp_path: Path) -> None:
    """Beside the 32 MiB of the database of references, in which these find room, and which is not Python's."""
    mapping = f"{MAP}grouped: {grouped}\n"
    (tmp_path / "map.yaml").write_text(mapping, encoding="utf-8")

    def peak(count: int) -> int:
        lines = (f"{number // 2},007,2026-11-30,{number}.10,Tea,\n" for number in range(count))
        with (tmp_path / "november.csv").open("w", encoding="utf-8") as file:
            file.write(LINES.partition("\n")[0] + "\n")
            file.writelines(lines)
        tracemalloc.start()
        try:
            table = open_table(tmp_path / "november.csv")
            found = elements(table, Order, read_mapping(tmp_path / "map.yaml", Order))
            total = sum(line["amount"] for one in found for line in one.data["lines"])  # type: ignore[union-attr, index, misc, call-overload]  # JSON
            assert total == sum(Decimal(f"{number}.10") for number in range(count))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)  # what is loaded and kept once
    assert peak(20_000) < peak(2_000) + 200_000
