"""Every case of `tests/cases/tables/` gives the elements and the faults that it should, and can be read again.

A case is a folder with the file of lines, `november.csv` or of another format, and `map.yaml` where there is a mapping,
for orders. Its `expected.txt` has what comes of it, and the lines that failed; `draft.yaml` is the mapping that is
guessed. `UPDATE_CASES=1 pytest tests/generator/runtime/tables/test_cases.py` writes both anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.runtime.codec import encode
from generator.runtime.tables import (
    FailedLines,
    TableError,
    draft_mapping,
    elements,
    open_table,
    read_mapping,
)
from tests.generator.runtime.tables.orders import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.runtime.tables import Element, Table, TableMapping

CASES = Path(__file__).parents[3] / "cases" / "tables"
NAMES = sorted(case.name for case in CASES.iterdir())
UPDATE = os.environ.get("UPDATE_CASES") == "1"


def source(case: Path) -> Path:
    [file] = case.glob("november.*")
    return file


def mapping_of(case: Path) -> TableMapping | None:
    file = case / "map.yaml"
    return read_mapping(file, Order) if file.exists() else None


def opened(file: Path, mapping: TableMapping | None) -> Table:
    return open_table(file, mapping.layout if mapping else None)


def told(case: Path, folder: Path) -> Iterator[str]:
    """What comes of a case, as text."""
    try:
        mapping = mapping_of(case)
        table = opened(source(case), mapping)
        yield f"{table.layout}\n"
        with FailedLines(folder / f"failed{source(case).suffix}", table) as failed:
            for element in elements(table, Order, mapping):
                yield from shown(element)
                if element.faults:
                    failed.write(element)
    except TableError as error:
        yield f"\n{error}\n"
        return
    if failed.count:
        text = (folder / f"failed{source(case).suffix}").read_bytes()
        yield "\nfailed:\n" + text.decode(table.layout.encoding or "utf-8").replace("\r", "\\r").replace(
            "\ufeff", "\\ufeff"
        )


def shown(element: Element[Order]) -> Iterator[str]:
    yield f"\n{element.reference}: lines {', '.join(map(str, element.lines))}\n"
    if element.request is not None:
        assert encode(element.request.to_wire()) == encode(Order.model_validate(element.data).to_wire())
        yield f"    {encode(element.data).decode()}\n"
    assert (element.request is None) == bool(element.faults)
    for fault in element.faults:
        yield f"    {fault}\n"


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path) -> None:
    case = CASES / name
    text = "".join(told(case, tmp_path))
    if UPDATE:
        (case / "expected.txt").write_text(text, encoding="utf-8", newline="")
    assert text == (case / "expected.txt").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_failed_lines_fail_again_in_the_same_words(name: str, tmp_path: Path) -> None:
    case = CASES / name
    try:
        mapping = mapping_of(case)
        table = opened(source(case), mapping)
        failed = [one for one in elements(table, Order, mapping) if one.faults]
    except TableError:
        return
    file = tmp_path / source(case).name
    with FailedLines(file, table) as lines:
        for one in failed:
            lines.write(one)
    if not failed:
        assert not file.exists()
        return
    again = opened(file, mapping)
    assert again.layout == table.layout
    found = list(elements(again, Order, mapping))
    assert [one.data for one in found] == [one.data for one in failed]
    assert [one.reference for one in found] == [one.reference for one in failed]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_guessed_can_be_read(name: str, tmp_path: Path) -> None:
    case = CASES / name
    try:
        table = opened(source(case), None)
        text = draft_mapping(table, Order)
    except TableError:
        assert not (case / "draft.yaml").exists()
        return
    if UPDATE:
        (case / "draft.yaml").write_text(text, encoding="utf-8", newline="")
    assert text == (case / "draft.yaml").read_bytes().decode()
    mapping = read_mapping(case / "draft.yaml", Order)
    found = list(elements(open_table(source(case), mapping.layout), Order, mapping))
    assert bool(found) == bool(list(table.rows()))
