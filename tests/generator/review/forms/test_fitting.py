"""Sections in little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from generator.review.forms.fitting import Block, fit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = st.lists(st.text("ab\u00e4\U0001f600", max_size=30).map(lambda text: f"- {text}"), max_size=20).map(tuple)
SECTIONS = st.lists(st.tuples(st.text("xyz", max_size=10), ROWS, st.sampled_from([0, 100])), max_size=5)


def section(number: int, *, reserved: int = 0, unfolded: bool = False) -> Block:
    return Block("Title", (f"- {index:03}" for index in range(number)), number, "row", open=unfolded, reserved=reserved)


def test_all_is_written_where_there_is_room() -> None:
    table = Block("", ("| 1 |",), 1, "row", ("| a |", "|---|"), folded=False)
    assert fit("opening", [table, section(2)], "closing", 2_000) == (
        "opening\n\n| a |\n|---|\n| 1 |\n\n<details><summary>Title</summary>\n\n- 000\n- 001\n\n</details>\n\nclosing\n"
    )
    assert "<details open><summary>Title" in fit("", [section(1, unfolded=True)], "", 2_000)


def test_what_is_left_out_is_counted() -> None:
    said = fit("", [section(100)], "", 400)
    kept = said.count("\n- ")
    assert 0 < kept < 100
    assert f"\n\nand {100 - kept} more rows, for which a comment has no room\n\n</details>" in said
    assert "and 1 more row, for" in fit("", [section(1)], "", 160)


def test_a_table_without_rows_has_no_heading() -> None:
    table = Block("", ("| 1 |",) * 3, 3, "row", ("| a |", "|---|"), folded=False)
    assert fit("opening", [table], "closing", 0) == (
        "opening\n\nand 3 more rows, for which a comment has no room\n\nclosing\n"
    )


def test_what_is_reserved_is_given_first_and_no_more() -> None:
    said = fit("", [section(1_000), section(1_000, reserved=70)], "", 1_000)
    assert said.rpartition("<details>")[2].count("\n- ") == 10
    assert said.partition("</details>")[0].count("\n- ") > 10


def test_the_first_has_room_before_the_second() -> None:
    first, _, second = fit("", [section(1_000), section(1_000)], "", 1_000).partition("</details>")
    assert first.count("\n- ") > 10
    assert second.count("\n- ") == 0


def test_rows_are_made_no_further_than_there_is_room() -> None:
    made = list[int]()

    def rows() -> Iterator[str]:
        for index in range(1_000):
            made.append(index)
            yield str(index)

    fit("", [Block("", rows(), 1_000, "row")], "", 300)
    assert 0 < len(made) < 50


@given(SECTIONS, st.integers(0, 3_000))
def test_it_is_never_too_long_and_nothing_is_lost(drawn: list[tuple[str, tuple[str, ...], int]], room: int) -> None:
    sections = [Block(title, rows, len(rows), "row", reserved=reserved) for title, rows, reserved in drawn]
    limit = 200 * len(sections) + 20 + room
    said = fit("opening", sections, "closing", limit)
    assert len(said.encode()) <= limit
    left = [int(line.split()[1]) for line in said.splitlines() if line.startswith("and ")]
    kept = sum(line.startswith("- ") for line in said.splitlines())
    assert kept + sum(left) == sum(len(rows) for _, rows, _ in drawn)
    assert fit("opening", sections, "closing", limit) == said
