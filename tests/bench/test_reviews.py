"""The rows of reviews: what is compared, what is measured, and what is said where nothing can be."""

from __future__ import annotations

import json
import re
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import pipeline
from generator.diagnostics import has_errors
from generator.document.parser import parse
from tests.bench import environment, pairs, reviews
from tests.bench.environment import Environment
from tests.bench.measurements import Settings
from tests.bench.reviews import measure_commands, measure_reviews
from tests.bench.rounds import NotMeasuredError

if TYPE_CHECKING:
    from tests.bench.pairs import Pair

HERE = Environment(Path(sys.executable))
SHORT = Settings(rounds=2, budget=0.01, slow_rounds=1)
LETTERS = {"type": "string", "enum": ["no", "2026-11-22", "1.10"]}
PET = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "kind": LETTERS, "weight": {"type": "number", "maximum": Decimal("1.10")}},
}
PETS: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Pets", "version": "1"},
    "components": {"schemas": {f"Pet{number}": PET for number in range(12)}},
}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    folder.mkdir()
    text = json.dumps(PETS, default=float)
    for name in ("pets.json", "pets.yaml", "README.md"):
        (folder / name).write_text(text, "utf-8")
    return folder


def content(file: Path) -> Any:  # any description
    value, findings = parse(file.read_text("utf-8"), file.name)
    assert findings == []
    return value


def test_the_copy_of_our_description_is_another_and_is_sound(tmp_path: Path) -> None:
    pair = pairs.of_ours(tmp_path)
    _, _, findings = pipeline.inspect(pair.head)
    assert not has_errors(findings), findings
    assert content(pair.base) != content(pair.head)


@pytest.mark.parametrize("name", ["pets.json", "pets.yaml"])
def test_a_copy_has_so_many_changes_of_each_kind(name: str, public: Path, tmp_path: Path) -> None:
    pair = pairs.of_public(public / name, tmp_path)
    before, after = (content(file)["components"]["schemas"] for file in (pair.base, pair.head))
    changed = [(before[one], after[one]) for one in before if before[one] != after[one]]
    assert sum(one["required"] != other["required"] for one, other in changed) == 5
    assert sum(set(one["properties"]) != set(other["properties"]) for one, other in changed) == 5
    assert sum(one["properties"]["kind"] != other["properties"]["kind"] for one, other in changed) == 5
    assert after["Pet11"] == PET  # numbers and texts are what they were
    assert content(pair.head) == {**content(pair.base), "components": {"schemas": after}}


def test_the_same_changes_are_made_each_time(public: Path, tmp_path: Path) -> None:
    def made(name: str) -> bytes:
        (tmp_path / name).mkdir()
        return pairs.of_public(public / "pets.yaml", tmp_path / name).head.read_bytes()

    assert made("one") == made("other")


def test_every_review_has_a_row(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "_ours", _took(1.0))
    monkeypatch.setattr(reviews, "_redocly", _took(4.0))
    rows = list(measure_reviews(HERE, public, SHORT))
    assert [(row.what, row.peer, row.ours, row.theirs, row.ratio, row.met) for row in rows] == [
        ("review of our spec", "the limit", 1000.0, 2000.0, 0.5, True),
        ("review of our spec", "redocly diff", 1000.0, 4000.0, 0.25, True),
        ("review of pets.json", "redocly diff", 1000.0, 4000.0, 0.25, None),
        ("review of pets.yaml", "redocly diff", 1000.0, 4000.0, 0.25, None),
    ]


def test_rows_are_chosen_by_their_words(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "_ours", _took(1.0))
    monkeypatch.setattr(reviews, "_redocly", _took(4.0))
    assert [row.what for row in measure_reviews(HERE, public, SHORT, "pets.yaml")] == ["review of pets.yaml"]
    assert list(measure_reviews(HERE, public, SHORT, "single call")) == []
    assert list(measure_reviews(HERE, None, SHORT, "single call")) == []


def test_other_commands_have_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "_command", lambda _: 0.3)
    rows = list(measure_commands(SHORT))
    assert [(row.what, row.peer, row.ours, row.theirs, row.met) for row in rows] == [
        ("generate of our spec", "the limit", 300.0, 600.0, True),
        ("validate of our spec", "the limit", 300.0, 600.0, True),
    ]
    assert [row.what for row in measure_commands(SHORT, "validate")] == ["validate of our spec"]


@pytest.mark.slow
def test_other_commands_do_what_is_measured() -> None:
    assert all(reviews._command(name) > 0 for name in reviews.COMMANDS.values())


def test_without_descriptions_and_without_peers_rows_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "_ours", _took(1.0))
    [_, ours, public] = measure_reviews(HERE, None, SHORT)
    assert (ours.ours, ours.theirs) == (1000.0, None)
    assert "none of its peers" in str(ours.fault)
    assert public.fault == "no folder with descriptions is given: --specs DIR"
    [empty] = measure_reviews(HERE, tmp_path, SHORT, "public")
    assert empty.fault == f"{tmp_path} has none"


def test_a_command_is_timed_as_a_whole() -> None:
    started = time.perf_counter()
    taken = reviews._timed([sys.executable, "-c", "import time; time.sleep(.1); print('[1]')"], {}, fine=(0,))
    assert 0.1 <= taken <= time.perf_counter() - started


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print('[1]'); raise SystemExit(3)", "it ended with 3"),
        ("print('all is well')", "it ended with 0"),
        ("print('[]')", "it ended with 0"),
        ("import sys; sys.exit('usage: x\\nno such command')", "no such command"),
    ],
)
def test_a_command_that_did_something_else_is_not_measured(code: str, why: str) -> None:
    with pytest.raises(NotMeasuredError, match=why):
        reviews._timed([sys.executable, "-c", code], {}, fine=(0, 1))


def test_a_command_may_find_nothing_where_that_is_right() -> None:
    assert reviews._timed([sys.executable, "-c", "print('[]')"], {}, fine=(0,), may_find_nothing=True) > 0


def test_breaks_are_no_failure() -> None:
    assert reviews._timed([sys.executable, "-c", "print('[1]'); raise SystemExit(1)"], {}, fine=(0, 1)) > 0


def test_the_lock_has_hashes_and_no_addresses() -> None:
    wanted, locked = (json.loads(file.read_text("utf-8")) for file in environment.PACKAGES)
    packages = {name: about for name, about in locked["packages"].items() if name}
    assert locked["packages"][""]["devDependencies"] == wanted["devDependencies"]
    assert {f"node_modules/{name}": version for name, version in wanted["devDependencies"].items()} == {
        name: about["version"] for name, about in packages.items()
    }
    assert all(about["integrity"].startswith("sha512-") for about in packages.values())
    assert not any(re.search(r"resolved|https?:", file.read_text("utf-8")) for file in environment.PACKAGES)


def _took(seconds: float) -> Any:  # a function in place of one that measures a pair
    def run(pair: Pair, *_: object) -> float:
        assert pair.base.is_file()
        assert pair.head.is_file()
        return seconds

    return run
