"""Text of others stays in its place, whatever it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.text import on_one_line, shortened


@given(st.text(max_size=1000), st.integers(1, 20))
def test_what_is_shortened_is_a_line_that_says_so(text: str, times: int) -> None:
    line = shortened(text * times)
    assert len(line) <= 300
    assert line.isprintable()
    assert line == " ".join(line.split())
    if not line.endswith("..."):
        assert line == on_one_line(text * times).strip() or "  " in text * times


@given(st.text(max_size=100), st.integers(3, 50))
def test_a_line_has_room_for_so_many_characters(text: str, most: int) -> None:
    line = shortened(text, most)
    assert len(line) <= most
    assert line.endswith("...") or line == " ".join(on_one_line(text).split())
