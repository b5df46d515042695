"""The comment of a pull request: its shape, whatever the texts are and however many changes there are."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.review.forms import MARKER, as_markdown
from generator.review.forms.markdown import LIMIT
from tests.generator.review.samples import (
    EVERYTHING,
    HOSTILE,
    HOSTILE_TEXTS,
    MANY,
    NOTHING,
    ONE_BREAK,
    SAMPLES,
    hostile,
    many,
)

if TYPE_CHECKING:
    from generator.review.change import Review

ANY = st.text(min_size=1, max_size=60) | st.lists(st.sampled_from(HOSTILE_TEXTS), min_size=1, max_size=2).map(" ".join)
COLUMNS = 5
CODE = re.compile(r"`[^`]*`")


class Reader(HTMLParser):
    """Reads what is raw HTML in a comment: tags must be ours and nest; what is no code must be no link or mention."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.comments: list[str] = []
        self.prose = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.prose += "\n"
        assert tag in {"br", "wbr", "code", "details", "summary", "sub"}, tag
        assert attrs in ([], [("open", None)])
        self.seen.append(tag)
        if tag not in {"br", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if "code" not in self.open:
            self.prose += data


def read(comment: str) -> Reader:
    reader = Reader()
    reader.feed(CODE.sub("\n", comment))
    reader.close()
    assert reader.open == []
    return reader


def shape(comment: str) -> list[str]:
    """What kind of line stands where; fails for lines of any other kind."""
    lines = comment.split("\n")
    kinds = {
        "marker": re.escape(MARKER),
        "verdict": r"### \S.*",
        "outcome": r"\*\*May (not )?land\*\*: .*",
        "head": re.escape("| what | on the wire | in Python | where | who feels it |"),
        "rule": r"\|---\|---\|---\|---\|---\|",
        "row": rf"\|(?: [^|]*\|){{{COLUMNS}}}",
        "open": r"<details><summary>[^`]*</summary>",
        "shown": r"<details open><summary>[^`]*</summary>",
        "close": r"</details>",
        "item": r"- .*",
        "part": r"  - .*",
        "left": r"and [0-9,]+ more [a-z ]+, for which a comment has no room",
        "versions": r"Versions: .*",
        "small": r"<sub>.*</sub>",
        "": "",
    }
    found = [next((kind for kind, pattern in kinds.items() if re.fullmatch(pattern, line)), None) for line in lines]
    assert None not in found, lines[found.index(None)]
    return [kind for kind in found if kind]


def test_nothing_changed_is_said_in_a_few_lines() -> None:
    assert shape(as_markdown(NOTHING)) == ["marker", "verdict", "outcome", "versions", "small"]


def test_breaks_stand_open_and_the_rest_is_folded() -> None:
    comment = as_markdown(EVERYTHING)
    assert [kind for kind in shape(comment) if kind not in {"item", "part"}] == [
        *("marker", "verdict", "outcome"),
        *("head", "rule", *["row"] * 5),
        *("open", "close"),  # in full
        *("shown", "close"),  # waivers that are wrong
        *("shown", "close"),  # findings
        *("open", "head", "rule", *["row"] * 3, "close"),  # compatible
        *("open", "close") * 6,  # docs, hints, waivers, drift, generated, notes
        *("versions", "small"),
    ]
    titles = re.findall(r"<summary>([A-Za-z ]+)", comment)
    assert titles == [
        *("What breaks", "Waivers that are wrong", "Validation of the head", "Compatible", "Docs only"),
        *("To be looked at", "Waivers used", "Drift of the generated package", "Generated diff", "Not looked at"),
    ]


def test_findings_without_errors_stand_folded_further_down() -> None:
    warning = EVERYTHING.findings[1]
    comment = as_markdown(replace(EVERYTHING, findings=(warning,), problems=()))
    assert "<details open>" not in comment
    assert comment.index("Validation of the head: 1 warning") > comment.index("Docs only")


def test_every_table_has_blank_lines_around_it_and_so_has_every_list() -> None:
    lines = as_markdown(EVERYTHING).split("\n")
    for before, line in itertools.pairwise(lines):
        if line.startswith("| what") or (line.startswith("- ") and not before.lstrip().startswith("- ")):
            assert before == ""
        if line == "</details>":
            assert before == ""
        if before.startswith("<details"):
            assert line == ""


@pytest.mark.parametrize("name", SAMPLES)
def test_the_comment_begins_with_the_one_marker(name: str) -> None:
    comment = as_markdown(SAMPLES[name])
    assert comment.startswith(f"{MARKER}\n")
    assert comment.count(MARKER) == 1
    assert comment.count("<!--") == 1
    assert read(comment).comments == [" spec-review "]


def test_a_row_says_all_five_things() -> None:
    (row,) = [line for line in as_markdown(ONE_BREAK).split("\n") if line.startswith("| `name`")]
    what, wire, python, where, who = (cell.strip() for cell in row.strip("|").split("|"))
    assert what == (
        "`name` is required now, and was optional<br>`property-became-required`<br>"
        '`{"age": 3, "weight": 4.10}` was accepted, is refused: "name" is a required property'
    )
    assert wire == "**breaking in requests**"
    assert python == ("**major**<br><code>models.<wbr>Pet.<wbr>name</code> is `str`, was <code>str &#124; None</code>")
    assert where == "<code>spec/<wbr>openapi.yaml<wbr>&#58;43&#58;9</code>"
    assert who == "`POST /pets` request body `name`<br><code>PUT /pets/<wbr>{id}</code> request body `name`"


def test_the_first_operations_stand_in_the_table_and_all_below() -> None:
    comment = as_markdown(EVERYTHING)
    (row,) = [line for line in comment.split("\n") if line.startswith("| `nickname`")]
    assert row.endswith("and 7 more operations |")
    assert row.count("request body") == 3
    full = comment.partition("What breaks, in full")[2].partition("</details>")[0]
    assert full.count("- `property-became-required`") == 1
    assert "`PUT /pets/{id}` request body `name`" not in full, "its row says all that there is to say"
    for change in MANY:
        if change.is_breaking:
            assert change.place
            assert f"pointer `{change.place.pointer}`" in full
    for use in MANY[2].uses:
        assert f"`{use.operation}` request body `{use.path}`" in full
    for symbol in MANY[2].symbols:
        assert f"`{symbol.symbol}`" in full
    assert "`GET /orders` 200 response `items[*].status`, `items[*].replaces.status`" in full


@given(ANY)
def test_no_text_changes_the_shape(words: str) -> None:
    comment = as_markdown(hostile(words))
    assert shape(comment) == shape(as_markdown(hostile("plain")))
    reader = read(comment)
    assert [tag for tag in reader.seen if tag in {"details", "summary", "sub"}] == [
        tag for tag in read(as_markdown(hostile("plain"))).seen if tag in {"details", "summary", "sub"}
    ]
    assert reader.comments == [" spec-review "]
    assert comment.count(MARKER) == 1


@given(ANY)
def test_no_text_mentions_or_links(words: str) -> None:
    prose = read(as_markdown(hostile(words))).prose
    assert re.search(r"@\w|#\w|\bGH-\d|://|www\.|:\w+:|[a-z]:\w", prose) is None


def test_hostile_texts_are_there_to_be_read() -> None:
    """Escaped, not dropped: a reviewer shall see what the description says."""
    prose = read(as_markdown(hostile("<b>@all</b> #1 | x"))).prose.replace("\u200b", "")
    assert prose.count("<b>@all</b> #1 | x") > 10


@pytest.mark.parametrize("number", [1, 10, 100, 600, 5_000])
def test_a_comment_is_never_longer_than_github_takes_and_counts_what_it_leaves_out(number: int) -> None:
    comment = as_markdown(many(number))
    assert len(comment.encode()) <= LIMIT < 65_536
    kinds = shape(comment)
    left = re.findall(r"^and ([0-9,]+) more ((?:break|(?:\w+ )?change)s?), for", comment, re.MULTILINE)
    in_full = len(re.findall(r"^- .*\n  - pointer", comment, re.MULTILINE))
    in_full += sum(
        int(count.replace(",", "")) for count, what in left if what.startswith("break") and "ing" not in what
    )
    shown = kinds.count("row") + len(re.findall(r"^- .* is required now", comment, re.MULTILINE))
    shown += sum(int(count.replace(",", "")) for count, what in left if "change" in what)
    assert (shown, in_full) == (number, number // 3 + number % 3)
    for around in ("asks for 0.3.0", "waiver-expired", "invalid-example", "resources/pets.py", "was not tried"):
        assert around in comment
    assert kinds.count("row") >= min(number // 3, 50)


@pytest.mark.parametrize(
    "review",
    [
        hostile(HOSTILE * 200),
        replace(many(5_000), findings=hostile(HOSTILE).findings * 5_000, notes=(HOSTILE,) * 5_000),
        replace(many(2), drift=(HOSTILE,) * 5_000, generated=EVERYTHING.generated and EVERYTHING.generated * 5_000),
        replace(hostile(HOSTILE * 9), changes=hostile(HOSTILE * 9).changes * 2_000),
    ],
    ids=["texts", "findings", "files", "changes"],
)
def test_nothing_of_any_size_makes_it_too_long(review: Review) -> None:
    comment = as_markdown(review)
    assert len(comment.encode()) <= LIMIT
    shape(comment)
    read(comment)
    assert "row" in shape(comment)  # what breaks has room all the same


def test_what_is_left_out_is_stable() -> None:
    """A break more is a break more left out, and moves nothing."""
    one, other = (as_markdown(many(number)).split("\n") for number in (4_998, 4_999))
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    assert len(differing) == 4  # verdict, outcome, the table, breaks in full
