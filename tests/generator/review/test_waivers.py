"""The waivers' file: what is read, what is refused and where, and what a waiver covers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import REGISTRY, Location, Severity
from generator.review.catalogue import CHANGES
from generator.review.change import Change, Level, Place, Waiver, Wire
from generator.review.waivers import apply, load

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
AGE = "/components/schemas/Pet/properties/age"

SOUND = """\
waivers:
  - rule: property-removed
    pointer: /components/schemas/Pet/properties/age
    reason: >
      Nobody sends it;
      agreed in #12.
    expires: 2027-01-31
  - {rule: operation-removed, pointer: /paths/~1pets~01/get, reason: '12', expires: '2028-02-29'}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("waivers.yaml")


def test_a_sound_file_is_read_with_places(here: Path) -> None:
    here.write_text(SOUND, encoding="utf-8")
    waivers, findings = load(here)
    assert findings == ()
    assert waivers == (
        Waiver(
            "property-removed",
            AGE,
            "Nobody sends it; agreed in #12.",
            "2027-01-31",
            Location("waivers.yaml", 2, 5),
        ),
        Waiver("operation-removed", "/paths/~1pets~01/get", "12", "2028-02-29", Location("waivers.yaml", 8, 5)),
    )


@pytest.mark.parametrize("name", ["waivers.yaml", "no/such/folder/waivers.yaml"])
def test_where_there_is_no_file_nothing_is_waived(here: Path, name: str) -> None:
    assert load(here.parent / name) == ((), ())


def test_an_empty_list_is_fine(here: Path) -> None:
    here.write_text("# none\nwaivers: []\n", encoding="utf-8")
    assert load(here) == ((), ())


def test_the_file_of_this_repository_is_sound() -> None:
    assert load(ROOT / "spec" / "waivers.yaml")[1] == ()


def test_the_example_in_the_file_of_this_repository_is_sound(here: Path) -> None:
    text = (ROOT / "spec" / "waivers.yaml").read_text(encoding="utf-8")
    example = [line.removeprefix("#") for line in text.splitlines() if line.startswith("#   ")]
    here.write_text("\n".join(["waivers:", *example]), encoding="utf-8")
    waivers, findings = load(here)
    assert findings == ()
    assert len(waivers) == 1


ENTRY = {"rule": "property-removed", "pointer": "/a", "reason": "agreed", "expires": "2027-01-31"}


def entry(**fields: str) -> str:
    """A file with one waiver; `""` leaves a field out."""
    lines = [f"{key}: {value}" for key, value in {**ENTRY, **fields}.items() if value]
    return "waivers:\n  - " + "\n    ".join(lines) + "\n"


INVALID = {
    "1:1 the file must hold an object with `waivers`, a list; `[]` where none": "# nothing\n",
    "1:3 the file must hold an object with `waivers`, a list; `[]` where none": "  - rule: property-removed\n",
    "1:1 `waivers` must be a list; `[]` where there are none": "waivers:\n",
    "1:1 there is no 'waiver' here: the file holds `waivers`": "waiver: []\nwaivers: []\n",
    "2:5 a waiver is an object of rule, pointer, reason, expires": "waivers:\n  - property-removed\n",
    "2:5 the waiver has no `rule`": entry(rule=""),
    "2:5 the waiver has no `pointer`": entry(pointer=""),
    "2:5 the waiver has no `reason`": entry(reason=""),
    "2:5 the waiver has no `expires`": entry(expires=""),
    "6:5 a waiver has no 'owner', only rule, pointer, reason, expires": entry(owner="me"),
    "2:5 there is no kind of change 'property-remove'; 'property-removed' is near": entry(rule="property-remove"),
    "2:5 there is no kind of change '???'": entry(rule="'???'"),
    "2:5 there is no kind of change 'unreadable-file'": entry(rule="unreadable-file"),
    "3:5 'components' is no JSON pointer such as /components/schemas/Pet/properties/age": entry(pointer="components"),
    "3:5 '/a~2' is no JSON pointer such as /components/schemas/Pet/properties/age": entry(pointer="/a~2"),
    "3:5 '#/a' is no JSON pointer such as /components/schemas/Pet/properties/age": entry(pointer="'#/a'"),
    "3:5 `pointer` must be a text that is not empty": entry(pointer="''"),
    "4:5 `reason` must be a text that is not empty": entry(reason="' '"),
    "5:5 '2027-02-29' is no date such as 2027-01-31": entry(expires="2027-02-29"),
    "5:5 '20270131' is no date such as 2027-01-31": entry(expires="'20270131'"),
    "5:5 '2027-W05-1' is no date such as 2027-01-31": entry(expires="2027-W05-1"),
    "5:5 '2027-1-31' is no date such as 2027-01-31": entry(expires="2027-1-31"),
    "5:5 '2027-01-31T00:00:00Z' is no date such as 2027-01-31": entry(expires="2027-01-31T00:00:00Z"),
    "5:5 'never' is no date such as 2027-01-31": entry(expires="never"),
    "5:5 `expires` must be a text that is not empty": entry(expires="2027"),
    "6:5 the waiver of property-removed at /a stands twice, first at line 2": (
        entry() + entry(reason="other").removeprefix("waivers:\n")
    ),
}


@pytest.mark.parametrize("expected", INVALID)
def test_what_is_no_waiver(expected: str, here: Path) -> None:
    here.write_text(INVALID[expected], encoding="utf-8")
    waivers, findings = load(here)
    place, _, message = expected.partition(" ")
    assert [str(found) for found in findings] == [f"waivers.yaml:{place}: error[waiver-invalid]: {message}"]
    assert len(waivers) == ("stands twice" in message)


def test_a_reason_is_a_text(here: Path) -> None:
    here.write_text(entry(reason="12"), encoding="utf-8")
    assert "must be a text" in load(here)[1][0].message


def test_every_fault_is_said_at_once_and_the_sound_entries_are_kept(here: Path) -> None:
    here.write_text(entry(rule="nothing", expires="soon") + SOUND.removeprefix("waivers:\n"), encoding="utf-8")
    waivers, findings = load(here)
    assert [found.location.line for found in findings] == [2, 5]
    assert [waiver.rule for waiver in waivers] == ["property-removed", "operation-removed"]


def test_what_the_parser_finds_is_told(here: Path) -> None:
    here.write_text("waivers: []\nwaivers: []\n", encoding="utf-8")
    assert [found.rule for found in load(here)[1]] == ["duplicate-key"]
    here.write_text("waivers: [\n", encoding="utf-8")
    assert [found.rule for found in load(here)[1]] == ["yaml-syntax"]


def test_a_file_that_cannot_be_read(here: Path) -> None:
    here.mkdir()
    assert [str(found) for found in load(here)[1]] == [
        "waivers.yaml:1:1: error[waiver-invalid]: cannot read 'waivers.yaml': Is a directory"
    ]
    here.rmdir()
    here.write_bytes(b"\xff")
    assert "it is not UTF-8" in load(here)[1][0].message


def waiver(pointer: str = AGE, rule: str = "property-removed", expires: str = "2027-01-31", line: int = 1) -> Waiver:
    return Waiver(rule, pointer, "agreed", expires, Location("waivers.yaml", line, 1))


def change(
    before: str | None = AGE, after: str | None = None, rule: str = "property-removed", wire: Wire = Wire.BREAKING
) -> Change:
    first, second = (
        None if pointer is None else Place(pointer, Location("api.yaml", 1, 1)) for pointer in (before, after)
    )
    return Change(rule, "it is gone", wire, before=first, after=second)


def said(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{found.rule}: {found.message}" for found in findings]


@pytest.mark.parametrize(
    ("before", "after", "pointer", "covered"),
    [
        (AGE, None, AGE, True),
        (None, AGE, AGE, True),
        ("/moved", AGE, AGE, True),
        (AGE, "/moved", AGE, True),
        (AGE, None, "/components/schemas/Pet", True),
        (AGE, None, "/components", True),
        (AGE, None, "/components/schemas/Pe", False),  # a name that begins alike is another name
        (AGE, None, f"{AGE}/enum", False),
        ("/elsewhere", None, AGE, False),
        (None, None, AGE, False),
    ],
)
def test_a_waiver_covers_what_stands_there_or_below(
    before: str | None, after: str | None, pointer: str, covered: bool
) -> None:
    one = waiver(pointer)
    [marked], findings = apply([change(before, after)], [one], TODAY)
    assert marked.waiver == (one if covered else None)
    assert [found.rule for found in findings] == ([] if covered else ["waiver-unused"])


def test_a_waiver_covers_every_break_of_its_rule() -> None:
    changes = [change(), change(f"{AGE}/items"), change(rule="type-changed")]
    marked, findings = apply(changes, [waiver()], TODAY)
    assert [one.waiver is not None for one in marked] == [True, True, False]
    assert findings == ()


def test_breaks_of_python_alone_are_waived_too() -> None:
    renamed = Change("component-renamed", "x", Wire.DOCS, after=Place("/a", Location("a", 1, 1)), python=Level.MAJOR)
    [marked], findings = apply([renamed], [waiver("/a", "component-renamed")], TODAY)
    assert marked.waiver is not None
    assert findings == ()


def test_the_last_day_is_the_last_day() -> None:
    last = waiver(expires="2026-11-22")
    [held], fine = apply([change()], [last], TODAY)
    assert (held.waiver, fine) == (last, ())
    [bare], findings = apply([change()], [last], TODAY + timedelta(days=1))
    assert bare.waiver is None
    assert said(findings) == [
        (
            f"waiver-expired: the waiver of property-removed at {AGE} expired on 2026-11-22 (UTC): mend the break, or "
            "agree on a later day"
        )
    ]


def test_an_expired_waiver_that_nothing_needs_is_said_once() -> None:
    assert [found.rule for found in apply([], [waiver(expires="2026-01-01")], TODAY)[1]] == ["waiver-expired"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([], "no such break between the two descriptions; delete it"),
        ([change(wire=Wire.COMPATIBLE)], "what changes there by this rule breaks nobody; delete it"),
        (
            [change(rule="type-changed"), change(rule="enum-added")],
            "what breaks there is of another rule (enum-added, type-changed); mend or delete it",
        ),
        (
            [change(rule="type-changed", wire=Wire.COMPATIBLE)],
            "no such break between the two descriptions; delete it",
        ),
    ],
)
def test_an_unused_waiver_says_why(changes: list[Change], why: str) -> None:
    marked, findings = apply(changes, [waiver()], TODAY)
    assert marked == tuple(changes)
    assert said(findings) == [f"waiver-unused: the waiver of property-removed at {AGE} covers nothing: {why}"]


def test_the_first_of_several_is_shown_and_each_counts_as_used() -> None:
    wide, narrow = waiver("/components", line=9), waiver(line=2)
    [marked], findings = apply([change()], [wide, narrow], TODAY)
    assert (marked.waiver, findings) == (wide, ())


def test_an_expired_waiver_hides_no_live_one() -> None:
    expired, live = waiver("/components", expires="2026-11-21"), waiver()
    [marked], findings = apply([change()], [expired, live], TODAY)
    assert marked.waiver == live
    assert [found.location for found in findings] == [expired.location]


def test_the_rules_are_errors_with_ids_of_their_own() -> None:
    own = [REGISTRY[name] for name in ("waiver-invalid", "waiver-expired", "waiver-unused")]
    assert {rule.severity for rule in own} == {Severity.ERROR}
    assert not {rule.id for rule in own} & set(CHANGES)


POINTERS = st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3).map(lambda steps: "/" + "/".join(steps))
RULES = st.sampled_from(["property-removed", "type-changed"])
DAYS = st.sampled_from(["2026-11-21", "2026-11-22", "2026-11-23"])
WAIVERS = st.lists(st.builds(waiver, POINTERS, RULES, DAYS, st.integers(1, 9)), max_size=5)
SOME_CHANGES = st.lists(st.builds(change, st.none() | POINTERS, st.none() | POINTERS, RULES, st.sampled_from(Wire)))


@given(SOME_CHANGES, WAIVERS)
def test_laws_of_waiving(changes: list[Change], waivers: list[Waiver]) -> None:
    marked, findings = apply(changes, waivers, TODAY)
    assert len(marked) == len(changes)
    complained = {found.location for found in findings}
    for before, after in zip(changes, marked, strict=True):
        assert (before.rule, before.before, before.after, before.wire) == (
            after.rule,
            after.before,
            after.after,
            after.wire,
        )
        if after.waiver is not None:
            assert after.is_breaking
            assert after.waiver.rule == after.rule
            assert after.waiver.expires >= TODAY.isoformat()
    for one in waivers:
        used = any(after.waiver == one for after in marked)
        assert used <= (one.expires >= TODAY.isoformat())
        if not used and not any(other is not one and other.location == one.location for other in waivers):
            wanted = any(after.waiver is not None and after.rule == one.rule for after in marked)
            assert wanted or one.location in complained
    assert apply(marked, waivers, TODAY) == (marked, findings)
