"""Runs, in threads and in tasks: what is told, what goes out, and what a second run with the journal makes of it."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import sqlite3
import threading
import time
from datetime import timedelta
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import pytest

from generator.runtime import keys
from generator.runtime.bulk import AsyncBulkRun, BulkRun, ElementError, Journal, JournalError, RunHaltedError, threads
from generator.runtime.bulk.pace import Pace
from generator.runtime.bulk.run import Run
from generator.runtime.errors import ConfigurationError, PermissionDeniedError, RequestValidationError
from tests.generator.runtime.bulk.world import (
    ADD,
    DAY,
    MOST,
    AsyncWorld,
    Wish,
    World,
    caller,
    later,
    numbered,
    outcomes,
    run,
    wishes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.runtime.http import Reply
    from generator.runtime.steps import Send
    from tests.generator.runtime.bulk.world import Kind


BEFORE = ("before",) * 100


@pytest.fixture(params=["threads", "tasks"])
def kind(request: pytest.FixtureRequest) -> Kind:
    made: Kind = request.param
    return made


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "november.db"


def bodies(world: World) -> list[list[str]]:
    """The names in each request."""
    texts = [gzip.decompress(content) if encoding else content for _, content, encoding in world.sent]
    return [[one["name"] for one in json.loads(text)["wishes"]] for text in texts]


def test_each_element_is_done_once_and_told_with_what_was_made(kind: Kind, journal: Path) -> None:
    world = World()
    parts = run(kind, world, numbered(10), journal, workers=1)
    assert outcomes(parts) == {f"pet{number}": "created" for number in range(10)}
    assert sorted(world.made) == sorted(f"pet{number}" for number in range(10))
    assert bodies(world) == [["pet0", "pet1", "pet2", "pet3"], ["pet4", "pet5", "pet6", "pet7"], ["pet8", "pet9"]]
    one = parts[0]
    assert (one.request, one.earlier) == (Wish(name="pet0"), False)
    assert one.result is not None
    assert one.result.number == "P1"
    assert one.idempotency_key == one.track_id == world.sent[0][0]


def test_a_reference_is_the_position_by_default_and_a_model_is_the_very_object(kind: Kind, journal: Path) -> None:
    given = [Wish(name="a"), Wish(name="b")]
    parts = sorted(run(kind, World(), iter(given), journal), key=lambda one: one.reference)
    assert [one.reference for one in parts] == ["0", "1"]
    assert all(part.request is one for part, one in zip(parts, given, strict=True))


def test_a_second_run_sends_nothing_and_tells_the_same(kind: Kind, journal: Path) -> None:
    world = World()
    given = wishes("a", "bad", "c")
    first = run(kind, world, given, journal)
    count = len(world.sent)
    second = run(kind, world, given, journal)
    assert len(world.sent) == count
    assert all(one.earlier for one in second)
    assert outcomes(second) == outcomes(first) == {"a": "created", "bad": "rejected", "c": "created"}
    results = {one.reference: one.result for one in first}
    assert {one.reference: one.result for one in second} == results
    assert {one.reference: one.reasons for one in second}["bad"][0].code == 4720


def test_what_is_invalid_is_never_sent(kind: Kind, journal: Path) -> None:
    world = World()
    given = [
        ("long", {"name": "a" * 21}),
        ("large", {"name": "a", "toys": ["x"] * 7}),
        ("full", {"name": "b", "toys": ["x"] * 6}),
        ("other", {"nmae": "c"}),
    ]
    parts = {one.reference: one for one in run(kind, world, given, journal)}
    assert outcomes(parts.values()) == {"long": "invalid", "large": "invalid", "full": "created", "other": "invalid"}
    assert [(one.path, one.rule) for one in parts["long"].violations] == [("name", "maxLength")]
    assert [(one.path, one.message) for one in parts["large"].violations] == [
        ("toys", "has 7 items, and one request may hold 6")
    ]
    assert {one.path for one in parts["other"].violations} == {"name", "nmae"}
    assert world.made == ["b"]


def test_a_model_that_was_spoilt_after_it_was_made_is_invalid_alone(kind: Kind, journal: Path) -> None:
    given = [Wish(name=name) for name in "abcdef"]
    given[1].name = "b" * 30
    world = World()
    found = outcomes(run(kind, world, given, journal, workers=1))
    assert found == {"1": "invalid", **dict.fromkeys("02345", "created")}
    assert bodies(world) == [["a", "c", "d", "e"], ["f"]]


def test_what_all_requests_have_in_common_is_no_fault_of_an_element(kind: Kind, journal: Path) -> None:
    with pytest.raises(RequestValidationError, match="nope"):
        run(kind, World(), numbered(3), journal, fields={"nope": 1})
    assert outcomes(run(kind, World(), numbered(1), journal.with_name("other.db"), fields={"note": "hi"}))


def test_a_batch_that_is_refused_for_one_element_is_split_until_it_is_found(kind: Kind, journal: Path) -> None:
    world = World()
    found = outcomes(run(kind, world, wishes("a", "b", "poison", "d"), journal))
    assert found == {"a": "created", "b": "created", "poison": "rejected", "d": "created"}
    assert sorted(world.made) == ["a", "b", "d"]
    assert len({key for key, _, _ in world.sent}) == len(world.sent)


def test_refusals_that_can_pass_are_tried_again_under_new_keys_so_many_times(kind: Kind, journal: Path) -> None:
    world = World()
    assert outcomes(run(kind, world, wishes("moody", "b"), journal)) == {"moody": "created", "b": "created"}
    assert len({key for key, _, _ in world.sent}) == len(world.sent) == 3
    weary = World()
    found = outcomes(run(kind, weary, wishes("moody", "b"), journal.with_name("other.db"), tries=2))
    assert found == {"moody": "rejected", "b": "created"}
    assert outcomes(run(kind, weary, wishes("moody", "b"), journal.with_name("other.db"))) == {
        "moody": "created",
        "b": "created",
    }


@pytest.mark.parametrize("fault", ["busy", "before", "after", "429", "503", "unsent", "full"])
def test_calls_that_fail_once_or_often_lead_to_one_outcome(kind: Kind, journal: Path, fault: Any) -> None:
    world = World(faults=[fault] * 4)
    assert outcomes(run(kind, world, numbered(6), journal)) == {f"pet{number}": "created" for number in range(6)}
    assert sorted(world.made) == [f"pet{number}" for number in range(6)]


def test_a_call_without_an_answer_is_sent_again_by_the_next_run_byte_for_byte(kind: Kind, journal: Path) -> None:
    world = World(faults=["after"] * 100)
    given = [(str(number), {"name": f"pet{number}", "toys": ["x" * 30_000]}) for number in range(2)]
    parts = run(kind, world, given, journal, workers=1, tries=2)
    assert outcomes(parts) == {"0": "unknown", "1": "unknown"}
    assert parts[0].key_expires is not None
    assert keys.now() + timedelta(seconds=DAY) - parts[0].key_expires >= timedelta(minutes=10)
    assert "Run again with the same journal before" in parts[0].advice
    assert parts[0].look_for == {"name": "pet0"}
    with Journal(journal) as opened:
        assert (opened.status().under_way, opened.status().key_expires) == (2, parts[0].key_expires)
    world.faults = ()
    again = run(kind, world, given, journal, caller(compress_above=None))
    assert outcomes(again) == {"0": "created", "1": "created"}
    assert len(set(world.sent)) == 1
    assert world.sent[0][2] == "gzip"
    assert len(world.made) == 2


@pytest.mark.parametrize("moved", [DAY + 3600, -DAY - 3600])
def test_when_its_key_may_have_died_it_is_unknown_and_never_sent(
    kind: Kind, journal: Path, monkeypatch: pytest.MonkeyPatch, moved: float
) -> None:
    world = World(faults=["after"] * 100)
    given = numbered(2)
    run(kind, world, given, journal, tries=1)
    world.faults, count = (), len(world.sent)
    monkeypatch.setattr(keys, "now", later(moved))
    world.clock = moved
    with Journal(journal) as opened:
        assert (opened.status().under_way, opened.status().key_expires) == (2, None)
        assert [one.advice.partition(",")[0] for one in opened.parts()] == [
            "It may be done. Look for what it would have made"
        ] * 2
    first, parts = (run(kind, world, given, journal) for _ in range(2))
    for found in (first, parts):
        assert outcomes(found) == {"pet0": "unknown", "pet1": "unknown"}
        assert [one.key_expires for one in found] == [None, None]
    assert len(world.sent) == count
    assert "Look for name pet0, track id" in parts[0].advice
    with Journal(journal) as opened:
        opened.settle("pet0", done=True, result={"ok": True, "number": "P1"})
        opened.settle("pet1", done=False)
    settled = run(kind, world, given, journal)
    assert {one.reference: one.result and one.result.number for one in settled} == {"pet0": "P1", "pet1": "P3"}
    assert len(world.sent) == count + 1


def test_when_its_key_dies_before_it_goes_out_again_it_is_unknown_too(
    kind: Kind, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine that was put to sleep."""
    world = World(faults=["after"] * 100)
    run(kind, world, numbered(2), journal, tries=1)
    world.faults, count = (), len(world.sent)
    world.clock = DAY
    call = Run._call

    def slept(going: Any, batch: Any) -> Any:
        monkeypatch.setattr(keys, "now", later(DAY))
        return call(going, batch)

    monkeypatch.setattr(Run, "_call", slept)
    assert outcomes(run(kind, world, numbered(2), journal)) == {"pet0": "unknown", "pet1": "unknown"}
    assert len(world.sent) == count
    with Journal(journal) as opened:
        assert (opened.status().unknown, opened.status().under_way) == (2, 0)


def test_what_may_be_done_is_not_settled_while_its_key_is_good(kind: Kind, journal: Path) -> None:
    run(kind, World(faults=["after"] * 100), numbered(1), journal, tries=1)
    with Journal(journal) as opened:
        with pytest.raises(JournalError, match="'pet0' need not be settled: its key is good until"):
            opened.settle("pet0", done=False)
        with pytest.raises(JournalError, match="knows no element 'other'"):
            opened.settle("other", done=False)
    run(kind, World(), numbered(1), journal)
    with Journal(journal) as opened, pytest.raises(JournalError, match="it is created"):
        opened.settle("pet0", done=False)


def test_a_refusal_after_an_answer_was_lost_is_not_taken_for_that_of_the_lost_one(kind: Kind, journal: Path) -> None:
    world = World(faults=["after"] * 100)
    run(kind, world, numbered(1), journal, tries=1)
    world.faults, world.came = ["full"] * 100, 0
    assert outcomes(run(kind, world, numbered(1), journal, tries=1)) == {"pet0": "unknown"}
    world.faults = ()
    assert outcomes(run(kind, world, numbered(1), journal)) == {"pet0": "created"}
    assert world.made == ["pet0"]


def test_a_refusal_that_was_kept_under_the_key_ends_it_and_a_new_key_is_taken(kind: Kind, journal: Path) -> None:
    world = World(faults=("busy", *BEFORE))
    run(kind, world, numbered(1), journal, tries=2)
    first = world.sent[0][0]
    world.faults = ()
    assert outcomes(run(kind, world, numbered(1), journal)) == {"pet0": "created"}
    assert world.made == ["pet0"]
    assert world.sent[-1][0] != first


def test_an_answer_to_another_request_is_paired_with_nothing_and_not_asked_for_again(kind: Kind, journal: Path) -> None:
    world = World(faults=["other"])
    assert outcomes(run(kind, world, numbered(2), journal)) == {"pet0": "unknown", "pet1": "unknown"}
    assert outcomes(run(kind, world, numbered(2), journal)) == {"pet0": "unknown", "pet1": "unknown"}
    assert len(world.sent) == 1


def test_an_element_whose_result_cannot_be_read_is_unknown_alone(kind: Kind, journal: Path) -> None:
    world = World()
    assert outcomes(run(kind, world, wishes("a", "dark"), journal)) == {"a": "created", "dark": "unknown"}
    assert outcomes(run(kind, world, wishes("a", "dark"), journal)) == {"a": "created", "dark": "unknown"}
    assert len(world.sent) == 1


def test_a_changed_element_that_was_done_is_an_error_before_anything_is_sent(kind: Kind, journal: Path) -> None:
    world = World()
    run(kind, world, wishes("a", "b"), journal)
    count = len(world.sent)
    changed = [*wishes("new0", "new1", "new2", "new3", "new4"), ("b", {"name": "other"})]
    with pytest.raises(ElementError, match="as 'b' was done, or may be, and has other data now") as caught:
        run(kind, world, changed, journal)
    assert caught.value.references == ("b",)
    assert len(world.sent) == count
    with pytest.raises(ElementError):
        run(kind, world, iter(changed), journal)
    assert "other" not in world.made


@pytest.mark.parametrize("fault", ["busy", "poison"])
def test_what_was_under_way_and_is_refused_goes_out_again_as_it_is_now_if_at_all(
    kind: Kind, journal: Path, fault: Any
) -> None:
    """The server refuses it before this run reads what it is given."""
    others = [fault] if fault == "poison" else []
    world = World(faults=["before"] * 100)
    run(kind, world, wishes("a", "b", *others), journal, tries=1)
    world.faults, world.came = ["busy"] if fault == "busy" else [], 0
    found = outcomes(run(kind, world, iter([("a", {"name": "other"}), *wishes("c")]), journal, workers=1))
    assert found == {"a": "created", "c": "created"}
    assert sorted(world.made) == ["c", "other"]
    with Journal(journal) as opened:
        assert (opened.status().waiting, opened.status().under_way) == (1 + len(others), 0)
    assert outcomes(run(kind, world, wishes("b"), journal)) == {"b": "created"}


def test_what_was_under_way_and_is_refused_goes_out_again_if_it_was_given_before(kind: Kind, journal: Path) -> None:
    world = World(faults=["before"] * 100)
    run(kind, world, wishes("a", "b"), journal, tries=1)
    world.faults, world.came = ["none", "busy"], 0
    given = wishes("c", "d", "e", "f", "a", "b")
    assert set(outcomes(run(kind, world, iter(given), journal, workers=2)).values()) == {"created"}
    assert sorted(world.made) == ["a", "b", "c", "d", "e", "f"]


def test_elements_that_are_there_once_only_are_an_error_where_they_are_gone_through_twice(
    kind: Kind, journal: Path
) -> None:
    class Once:
        def __init__(self) -> None:
            self.elements = iter(numbered(9))

        def __iter__(self) -> Iterator[Any]:
            yield from self.elements

    world = World()
    run(kind, world, numbered(3), journal)
    with pytest.raises(ElementError, match="there were 9 fewer the second time"):
        run(kind, world, Once(), journal)
    assert len(world.made) == 3


def test_a_mended_element_is_sent_with_a_new_key_and_an_unchanged_one_if_asked(kind: Kind, journal: Path) -> None:
    world = World()
    run(kind, world, wishes("a", "bad0", "bad1"), journal)
    mended = [*wishes("a", "bad1"), ("bad0", {"name": "good"})]
    assert outcomes(run(kind, world, mended, journal)) == {"a": "created", "bad0": "created", "bad1": "rejected"}
    assert world.tries["bad1"] == 1
    run(kind, world, mended, journal, again=True)
    assert world.tries["bad1"] == 2
    assert world.made == ["a", "good"]


def test_two_elements_with_one_reference_are_an_error(kind: Kind, journal: Path) -> None:
    world = World()
    with pytest.raises(ElementError, match="two elements have the reference 'a'"):
        run(kind, world, [*wishes("a"), ("a", {"name": "other"})], journal)
    with pytest.raises(ElementError, match="must be a string, not int"):
        run(kind, world, [(1, {"name": "x"})], journal)
    assert world.made in ([], ["a"])


def test_one_object_that_is_filled_again_and_again_is_an_error(kind: Kind, journal: Path) -> None:
    """All that wait would go out with the data of the last."""
    world = World()

    def given() -> Iterator[Any]:
        wish = Wish(name="a")
        for name in "abcdefgh":
            wish.name = name
            yield name, wish

    with pytest.raises(ElementError, match="is the very object that the one before it is, with other data"):
        run(kind, world, given(), journal)
    assert not world.made


def test_one_object_may_be_many_elements(kind: Kind, journal: Path) -> None:
    world = World()
    wish = Wish(name="a")
    assert len(run(kind, world, [(f"pet{number}", wish) for number in range(20)], journal)) == 20
    assert world.made == ["a"] * 20


def test_only_so_many_are_sent_and_the_next_run_goes_on(kind: Kind, journal: Path) -> None:
    world = World()
    assert len(run(kind, world, numbered(20), journal, limit=3)) == 3
    assert len(run(kind, world, numbered(20), journal, limit=3)) == 6
    assert len(world.made) == 6


def test_shards_are_parts_that_together_are_all(kind: Kind, tmp_path: Path) -> None:
    world = World()
    told = [
        reference
        for part in (1, 2, 3)
        for reference in outcomes(run(kind, world, numbered(30), tmp_path / f"{part}.db", shard=(part, 3)))
    ]
    assert sorted(told) == sorted(world.made) == sorted(reference for reference, _ in numbered(30))
    merged = [one.reference for part in (1, 2, 3) for one in Journal(tmp_path / f"{part}.db").parts("created")]
    assert sorted(merged) == sorted(told)


def test_a_journal_of_one_part_is_not_used_for_another(kind: Kind, journal: Path) -> None:
    """What another part's journal knows as done would be done again."""
    world = World()
    run(kind, world, numbered(30), journal, shard=(1, 2))
    count = len(world.sent)
    for other in ((2, 2), (1, 3), None):
        with pytest.raises(JournalError, match=r"its shard is \[1, 2\], and that of this one is"):
            run(kind, world, numbered(30), journal, shard=other)
    assert len(world.sent) == count
    assert all(one.earlier for one in run(kind, world, numbered(30), journal, shard=(1, 2)))


def test_a_permission_that_is_missing_ends_the_run_and_a_later_one_goes_on(kind: Kind, journal: Path) -> None:
    world = World(faults=["none", "denied"])
    with pytest.raises(RunHaltedError, match=r"nothing gets through any more(.|\n)*goes on where it ended") as caught:
        run(kind, world, numbered(12), journal, workers=1)
    assert isinstance(caught.value.cause, PermissionDeniedError)
    assert len(world.made) == MOST
    world.faults = ()
    assert len(outcomes(run(kind, world, numbered(12), journal))) == 12
    assert len(world.made) == 12


def test_where_there_is_no_such_operation_the_run_ends_and_nothing_is_rejected(kind: Kind, journal: Path) -> None:
    world = World(faults=["404"] * 100)
    with pytest.raises(RunHaltedError):
        run(kind, world, numbered(12), journal)
    with Journal(journal) as opened:
        assert (opened.status().waiting, opened.status().rejected, opened.status().under_way) == (12, 0, 0)


def test_a_request_that_is_too_large_for_somebody_on_the_way_is_halved(kind: Kind, journal: Path) -> None:
    world = World(faults=["413"] * 100)
    assert set(outcomes(run(kind, world, numbered(4), journal)).values()) == {"created"}
    assert sorted(map(len, bodies(world))) == [1, 1, 1, 1, 2, 2, 4]


def test_what_the_server_asks_to_wait_holds_for_the_whole_run(
    kind: Kind, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[float] = []
    hold = Pace.hold

    def holding(pace: Pace, until: float) -> None:
        held.append(until)
        hold(pace, until)

    monkeypatch.setattr(Pace, "hold", holding)
    world = World(faults=["429-later"])
    before = time.monotonic()
    assert set(outcomes(run(kind, world, numbered(6), journal, caller(max_wait=0.01), workers=1)).values()) == {
        "created"
    }
    assert len(held) == 1
    assert held[0] >= before + 0.05


def test_where_nothing_gets_through_for_long_the_run_ends(kind: Kind, journal: Path) -> None:
    world = World(faults=["unsent"] * 10_000)
    with pytest.raises(RunHaltedError):
        run(kind, world, numbered(12), journal, patience=0.01)
    assert outcomes(run(kind, World(), numbered(12), journal))


def test_what_the_caller_raises_leaves_what_is_under_way_to_be_noted(kind: Kind, journal: Path) -> None:
    world = World()

    def given() -> Iterator[Any]:
        yield from numbered(8)
        raise RuntimeError("the file ends here")

    with pytest.raises(RuntimeError, match="the file ends here") as caught:
        run(kind, world, given(), journal)
    assert any("the same call with it goes on" in note for note in caught.value.__notes__)
    assert len(outcomes(run(kind, world, numbered(9), journal))) == 9
    assert len(world.made) == 9


def test_progress_is_told_and_a_function_that_fails_fails_nothing(kind: Kind, journal: Path) -> None:
    seen: list[Any] = []

    def tell(progress: Any) -> None:
        seen.append(progress)
        raise RuntimeError

    run(kind, World(), wishes("a", "bad", "c", "d", "e"), journal, progress=tell, workers=1)
    last = seen[-1]
    assert (last.total, last.known, last.done, last.failed, last.unknown) == (5, 5, 4, 1, 0)
    assert (last.under_way, last.seconds_left) == (0, 0.0)
    assert str(last).startswith("5 of 5: 4 created, 1 rejected, ")
    assert [one.known for one in seen] == sorted(one.known for one in seen)


def test_a_run_of_something_else_is_refused_by_the_journal(kind: Kind, journal: Path) -> None:
    run(kind, World(), numbered(1), journal)
    for other in (caller(url="http://other.example"), caller(farm="mine"), caller(headers={"farm": "mine"})):
        with pytest.raises(JournalError, match="is the journal of another run"):
            run(kind, World(), numbered(1), journal, other)
    with pytest.raises(JournalError, match=r"its fields is \{\}"):
        run(kind, World(), numbered(1), journal, fields={"note": "x"})


@pytest.mark.parametrize(
    "wrong",
    [
        *({"workers": 0}, {"shard": (3, 2)}, {"rate": 0}, {"limit": -1}, {"what": 1}, {"fields": []}, {"progress": 1}),
        {"fields": {"wishes": [{"name": "other"}]}},
    ],
)
def test_an_option_that_is_unfit_is_told(kind: Kind, journal: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=f"{next(iter(wrong))}= "):
        run(kind, World(), numbered(1), journal, **wrong)
    assert not journal.exists()


def test_an_operation_without_batches_has_no_runs(journal: Path) -> None:
    from msgspec import structs

    with pytest.raises(ConfigurationError, match="takes no batches"):
        run("threads", World(), [], journal, caller(structs.replace(ADD, responses=())))


def test_a_second_run_at_once_is_refused(kind: Kind, journal: Path) -> None:
    with BulkRun[Any, Any](caller(), World(), numbered(1), journal, {}) as first:
        with pytest.raises(JournalError, match="is in use"):
            run(kind, World(), numbered(1), journal)
        assert outcomes(first) == {"pet0": "created"}


def test_a_journal_is_in_use_under_each_of_its_names(kind: Kind, journal: Path) -> None:
    world = World()
    run(kind, world, numbered(1), journal)
    other = journal.with_name("latest.db")
    other.symlink_to(journal)
    with BulkRun[Any, Any](caller(), world, numbered(9), other, {}) as first:
        with pytest.raises(JournalError, match="is in use"):
            run(kind, world, numbered(9), journal)
        list(first)
    assert len(world.made) == 9


def test_a_run_whose_lock_was_deleted_sends_no_more_once_another_has_begun(kind: Kind, journal: Path) -> None:
    world = World()
    with (  # noqa: PT012 - it is raised where the run is gone through
        pytest.raises(JournalError, match=r"another run has begun with it, .* sends no more"),
        BulkRun[Any, Any](caller(), world, numbered(400), journal, {"workers": 1}) as first,
    ):
        next(first)
        journal.with_name("november.db.lock").unlink()
        run(kind, world, numbered(400), journal)
        list(first)
    assert sorted(world.made) == sorted(reference for reference, _ in numbered(400))


def test_a_run_can_be_looked_at_and_stopped_while_it_goes(journal: Path) -> None:
    world = World()
    with BulkRun[Any, Any](caller(), world, numbered(100), journal, {"workers": 1}) as going:
        next(going)
        with Journal(journal) as opened:
            assert opened.status().created >= MOST
        going.stop()
        rest = list(going)
    assert 0 < len(rest) < 90
    assert "goes on where this one ended" in going.summary
    assert len(outcomes(run("threads", world, numbered(100), journal))) == 100
    assert len(world.made) == 100


def test_a_run_that_ends_before_its_time_says_what_is_under_way(journal: Path) -> None:
    world = World(faults=["none", "after"])
    calls = caller(max_retries=0)
    with BulkRun[Any, Any](calls, world, numbered(9), journal, {"workers": 1}) as going:
        assert "goes on where this one ended" in going.summary
        world.watch = lambda _: going.stop() if world.came == 2 else None
        parts = list(going)
    assert len(parts) == MOST
    assert (going.progress.known, going.progress.under_way) == (MOST, MOST)
    assert f"{MOST} under way. The journal is" in going.summary
    with Journal(journal) as opened:
        assert opened.status().under_way == MOST
    world.watch = lambda _: None
    with BulkRun[Any, Any](calls, world, numbered(9), journal, {}) as last:
        assert len(list(last)) == 9
    assert (last.progress.known, last.progress.under_way) == (9, 0)
    assert len(world.made) == 9


def test_what_is_told_as_unknown_is_not_counted_twice(kind: Kind, journal: Path) -> None:
    seen: list[Any] = []
    run(kind, World(faults=["after"] * 9), numbered(4), journal, caller(max_retries=0), tries=1, progress=seen.append)
    assert (seen[-1].unknown, seen[-1].under_way) == (4, 0)


def test_what_is_told_as_invalid_is_in_the_journal(journal: Path) -> None:
    run("threads", World(), [], journal)
    with BulkRun[Any, Any](caller(), World(), wishes("a" * 21), journal, {}) as going:
        part = next(going)
        with Journal(journal) as opened:
            assert [one.reference for one in opened.parts("invalid")] == [part.reference]


def test_no_more_are_under_way_than_workers_and_they_are_side_by_side(journal: Path) -> None:
    lock, most, now = threading.Lock(), 0, 0
    both = threading.Barrier(2, timeout=20)

    def watch(what: str) -> None:
        nonlocal most, now
        with lock:
            now += 1 if what == "came" else -1
            most = max(most, now)
        if what == "came":
            both.wait()

    run("threads", World(watch=watch), numbered(8 * MOST), journal, workers=2)
    assert most == 2


def test_elements_are_read_as_they_are_needed(journal: Path) -> None:
    read = 0

    def given() -> Iterator[Any]:
        nonlocal read
        for one in numbered(5_000):
            read += 1
            yield one

    with BulkRun[Any, Any](caller(), World(), given(), journal, {"workers": 1}) as going:
        next(going)
        assert read < 500


def test_ctrl_c_waits_for_what_is_under_way_and_says_how_to_go_on(journal: Path) -> None:
    world = World()
    with (  # noqa: PT012 - it is raised where the run is gone through
        pytest.raises(KeyboardInterrupt) as caught,
        BulkRun[Any, Any](caller(), world, numbered(50), journal, {"workers": 2}) as going,
    ):
        next(going)
        raise KeyboardInterrupt
    with Journal(journal) as opened:
        assert opened.status().under_way == 0
        assert opened.status().created == len(world.made) >= MOST
    assert "goes on where this one ended" in caught.value.__notes__[0]
    assert len(outcomes(run("threads", world, numbered(50), journal))) == 50
    assert len(world.made) == 50


def test_ctrl_c_between_an_outcome_and_the_count_of_it_is_no_end_of_waiting(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(SimpleQueue[Any]):
        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            found = super().get(block, timeout)
            if not len(world.made) > MOST:
                raise KeyboardInterrupt
            return found

    monkeypatch.setattr(threads, "_LONGEST", 0.01)
    world = World()
    with (  # noqa: PT012 - it is raised where the run is gone through
        pytest.raises(KeyboardInterrupt),
        BulkRun[Any, Any](caller(), world, numbered(9), journal, {"workers": 1}) as going,
    ):
        going._ended = Interrupted()
        list(going)
    assert going.progress.under_way == MOST
    assert len(outcomes(run("threads", world, numbered(9), journal))) == 9
    assert len(world.made) == 9


def test_a_run_is_not_gone_through_further_once_something_was_raised(kind: Kind, journal: Path) -> None:
    def given() -> Iterator[Any]:
        yield from numbered(2)
        raise OSError

    def blocking() -> None:
        with BulkRun[Any, Any](caller(), World(), given(), journal, {}) as going:
            with pytest.raises(OSError):  # noqa: PT011 - it is that of the caller
                next(going)
            next(going)

    async def awaiting() -> None:
        async with AsyncBulkRun[Any, Any](caller(), AsyncWorld(World()), given(), journal, {}) as going:
            with pytest.raises(OSError):  # noqa: PT011 - as above
                await anext(going)
            await anext(going)

    with pytest.raises(RuntimeError, match="no further once something was raised"):
        blocking() if kind == "threads" else asyncio.run(awaiting())
    assert len(outcomes(run(kind, World(), numbered(2), journal))) == 2


def test_a_run_that_is_cancelled_waits_for_what_is_under_way(journal: Path) -> None:
    world = World()

    async def main() -> None:
        task = asyncio.current_task()
        assert task is not None
        async with AsyncBulkRun[Any, Any](caller(), AsyncWorld(world), numbered(50), journal, {}) as going:
            async for _ in going:
                task.cancel()
                await asyncio.sleep(0)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    with Journal(journal) as opened:
        assert opened.status().under_way == 0
        assert opened.status().created == len(world.made) >= MOST
    assert len(outcomes(run("tasks", world, numbered(50), journal))) == 50


def test_a_run_that_is_cancelled_while_its_elements_are_read_waits_for_the_thread(journal: Path) -> None:
    world = World()
    cancelled = threading.Event()
    ended: list[str] = []

    async def main() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None

        def given() -> Iterator[Any]:
            for number, one in enumerate(numbered(50)):
                if number == 10:
                    loop.call_soon_threadsafe(task.cancel)
                    assert cancelled.wait(20)
                yield one
            ended.append("read to the end")

        async with AsyncBulkRun[Any, Any](caller(), AsyncWorld(world), given(), journal, {}) as going:
            try:
                await anext(going)
            except asyncio.CancelledError:
                cancelled.set()
                raise

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert ended == ["read to the end"]
    assert len(outcomes(run("tasks", world, numbered(50), journal))) == 50
    assert sorted(world.made) == sorted(reference for reference, _ in numbered(50))


def test_a_run_that_is_cancelled_again_and_again_waits_for_nothing_and_leaves_its_journal(journal: Path) -> None:
    left = threading.Event()

    async def main() -> None:
        loop, reading = asyncio.get_running_loop(), asyncio.Event()

        def given() -> Iterator[Any]:
            yield from numbered(2)
            loop.call_soon_threadsafe(reading.set)
            assert left.wait(20)

        async def going() -> None:
            async with AsyncBulkRun[Any, Any](caller(), AsyncWorld(World()), given(), journal, {}) as bulk:
                await anext(bulk)

        task = asyncio.create_task(going())
        await reading.wait()
        while not task.done():
            task.cancel()
            await asyncio.sleep(0)

    asyncio.run(main())
    left.set()
    for thread in threading.enumerate():
        if thread.name == "bulk end":
            thread.join()
    assert len(outcomes(run("tasks", World(), numbered(2), journal))) == 2


def test_a_run_that_is_cancelled_while_it_begins_leaves_its_journal(journal: Path) -> None:
    async def main() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        cancelled = threading.Event()

        def cancel() -> None:
            task.cancel()
            cancelled.set()

        class Slow(AsyncBulkRun[Any, Any]):
            def _open(self) -> None:
                loop.call_soon_threadsafe(cancel)
                assert cancelled.wait(20)
                super()._open()

        async with Slow(caller(), AsyncWorld(World()), numbered(5), journal, {}):
            raise AssertionError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert len(outcomes(run("tasks", World(), numbered(5), journal))) == 5


@pytest.mark.filterwarnings("ignore:coroutine 'AsyncBulkRun._send' was never awaited")  # as one never began
def test_where_all_tasks_are_cancelled_a_run_ends_and_the_next_one_finds_out(journal: Path) -> None:
    world = World()

    async def main() -> None:
        watching = asyncio.current_task()
        assert watching is not None

        class Stuck(AsyncWorld):
            async def send(self, step: Send) -> Reply:
                self.world.send(step)
                for one in asyncio.all_tasks() - {watching}:
                    one.cancel()
                return await asyncio.Future()

        async def going() -> None:
            async with AsyncBulkRun[Any, Any](caller(), Stuck(world), numbered(5), journal, {}) as bulk:
                await anext(bulk)

        with pytest.raises(asyncio.CancelledError):
            await asyncio.create_task(going())

    asyncio.run(main())
    gc.collect()  # so that what the mark is about is warned of here
    assert len(outcomes(run("tasks", world, numbered(5), journal))) == 5
    assert len(world.made) == 5


def test_a_run_is_gone_through_inside_its_with(journal: Path) -> None:
    with pytest.raises(RuntimeError, match="inside its `with`"):
        next(BulkRun[Any, Any](caller(), World(), [], journal, {}))

    async def main() -> None:
        await anext(AsyncBulkRun[Any, Any](caller(), AsyncWorld(World()), [], journal, {}))

    with pytest.raises(RuntimeError, match="inside its `async with`"):
        asyncio.run(main())
    assert not journal.exists()


def test_nothing_secret_is_in_the_journal(kind: Kind, journal: Path) -> None:
    calls = caller(headers={"X-Proxy": "a-secret-of-the-proxy"})
    run(kind, World(faults=["after"] * 9), numbered(3), journal, calls, tries=1)
    kept = b"".join(file.read_bytes() for file in journal.parent.iterdir())
    assert b"pet0" in kept
    assert b"a-secret" not in kept
    assert sqlite3.connect(journal).execute("SELECT count(*) FROM batches").fetchone() == (1,)
