"""The file of a journal: damaged, empty, of something else, without room or its other file. It is refused in words."""

from __future__ import annotations

import gc
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from generator.runtime.bulk import BulkRun, ElementError, Journal, JournalError, schema
from generator.runtime.bulk.elements import digest
from generator.runtime.codec import decode
from generator.runtime.operation import Body
from tests.generator.runtime.bulk.test_crashes import mortal
from tests.generator.runtime.bulk.world import ADD, Wishes, World, caller, numbered, outcomes, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "november.db"


def refused(journal: Path, match: str) -> None:
    """Nothing is sent with it, and it stays as it is."""
    before = journal.read_bytes() if journal.exists() else None
    world = World()
    with pytest.raises(JournalError, match=match):
        run("threads", world, numbered(3), journal)
    assert world.sent == []
    assert (journal.read_bytes() if journal.exists() else None) == before


def test_what_is_no_journal_is_refused(journal: Path) -> None:
    journal.write_bytes(b"")
    refused(journal, "is empty, so it is no journal")
    journal.write_bytes(b"number;amount\n" * 500)
    refused(journal, "is no journal, or is damaged: file is not a database")
    journal.unlink()
    with sqlite3.connect(journal) as other:
        other.execute("CREATE TABLE pets (name)")
    other.close()
    refused(journal, "is an SQLite file of something else")
    with pytest.raises(JournalError, match="cannot be opened: No such file"):
        Journal(journal.with_name("none.db"))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "none" / "november.db", "unable to open database file")


def test_a_journal_of_another_form_is_refused(journal: Path) -> None:
    run("threads", World(), numbered(1), journal)
    connection = sqlite3.connect(journal)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    refused(journal, "is a journal of form 99, and this version of the package knows form 1")
    with pytest.raises(JournalError, match="form 99"):
        Journal(journal)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_journal_is_refused_or_says_what_was_done(journal: Path, seed: int) -> None:
    """Whatever byte is another one: nothing that was done is done again."""
    world = World()
    run("threads", world, numbered(40), journal)
    content, chance = bytearray(journal.read_bytes()), random.Random(seed)  # noqa: S311 - it keeps no secret
    for _ in range(3):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    journal.write_bytes(content)
    with suppress(JournalError, ElementError):
        run("threads", world, numbered(40), journal)
    assert max(Counter(world.made).values()) == 1


def test_a_journal_that_was_cut_off_is_refused(journal: Path) -> None:
    run("threads", World(), numbered(400), journal)
    journal.write_bytes(journal.read_bytes()[:-20_000])
    refused(journal, "damaged")


def test_without_the_file_that_a_crash_left_beside_it_a_journal_is_refused(journal: Path, tmp_path: Path) -> None:
    world = World()
    kept, told, _ = mortal(journal, world, 90, [name for name, _ in numbered(20)])
    assert told is None
    wal = kept.with_name("november.db-wal")
    assert wal.stat().st_size > 0
    moved = shutil.move(wal, tmp_path / "wal")
    for _ in range(2):
        refused(kept, r"november\.db-wal is missing: it was left by a crash")
        with pytest.raises(JournalError, match="is missing"):
            Journal(kept)
    shutil.move(moved, wal)
    run("threads", world, numbered(20), kept)
    assert max(Counter(world.made).values()) == 1


def test_a_journal_that_was_dropped_or_could_not_be_opened_is_no_crash(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite takes away the file beside it then, as if all was well."""
    world = World()
    dropped = BulkRun[Any, Any](caller(), world, numbered(9), journal, {"workers": 1})
    dropped.__enter__()
    next(dropped)
    with pytest.raises(JournalError, match="is in use"):
        run("threads", world, numbered(9), journal)
    del dropped
    gc.collect()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "read_facts", mock.Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run("threads", world, numbered(9), journal)
    with monkeypatch.context() as patch:
        patch.setattr(
            schema, "_say_closed", mock.Mock(side_effect=[KeyboardInterrupt, mock.DEFAULT], wraps=schema._say_closed)
        )
        with pytest.raises(KeyboardInterrupt):
            run("threads", world, numbered(9), journal)
    assert len(outcomes(run("threads", world, numbered(9), journal))) == 9
    assert len(world.made) == 9


@pytest.mark.parametrize("room", [9, 12, 16, 25])
def test_without_room_nothing_goes_out_that_is_not_in_the_journal(
    journal: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    connected = schema._connected

    def cramped(path: Path) -> sqlite3.Connection:
        connection = connected(path)
        connection.execute(f"PRAGMA max_page_count = {room}")
        return connection

    world = World()
    given_ = [(f"pet{number}", {"name": f"pet{number}", "toys": ["x" * 900]}) for number in range(100)]
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_connected", cramped)
        with pytest.raises(JournalError, match=r"database or disk is full\. Nothing was sent that is not in it"):
            run("threads", world, given_, journal, caller(compress_above=None))
    with Journal(journal) as opened:
        known = {one.reference for one in opened.parts() if one.outcome in ("created", "unknown")}
    assert set(world.made) <= known
    assert outcomes(run("threads", world, given_, journal)) == dict.fromkeys((name for name, _ in given_), "created")
    assert max(Counter(world.made).values()) == 1


class Narrower(Wishes):
    """The body as another description has it: the note is no longer a field."""

    note: int | None = None  # type: ignore[assignment]  # that it is another type is the point


def test_what_another_description_has_sent_is_read_or_refused(journal: Path) -> None:
    world = World(faults=["after"] * 50)
    fields = {"note": "a text"}
    run("threads", world, numbered(2), journal, tries=1, fields=fields)
    world.faults, count = (), len(world.sent)
    other = caller(structs.replace(ADD, body=Body("application/json", Narrower, required=True, gzip=True)))
    with pytest.raises(JournalError, match="was written by a client of another description, and this one cannot send"):
        run("threads", world, numbered(2), journal, other, fields=fields)
    assert len(world.sent) == count
    assert set(outcomes(run("threads", world, numbered(2), journal, fields=fields)).values()) == {"created"}
    moved = caller(structs.replace(ADD, path="/v2/pets"))
    with pytest.raises(JournalError, match="its request is POST /pets, and that of this one is POST /v2/pets"):
        run("threads", world, numbered(2), journal, moved, fields=fields)


def test_a_result_that_this_client_cannot_read_is_done_all_the_same(journal: Path) -> None:
    run("threads", World(), numbered(1), journal)
    connection = sqlite3.connect(journal)
    connection.execute("""UPDATE elements SET said = '{"result": {"ok": true, "number": 5, "name": "pet0"}}'""")
    connection.commit()
    connection.close()
    [part] = run("threads", World(), numbered(1), journal)
    assert (part.outcome, part.earlier) == ("created", True)


def test_a_journal_is_one_file_but_for_its_lock_and_may_be_moved(journal: Path, tmp_path: Path) -> None:
    world = World()
    run("threads", world, numbered(3), journal)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["november.db", "november.db.lock"]
    moved = tmp_path / "copy.db"
    journal.rename(moved)
    assert all(one.earlier for one in run("threads", world, numbered(3), moved))


def test_a_commit_waits_for_the_disk(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SYNCHRONOUS", "FULL")
    with BulkRun[Any, Any](caller(), World(), [], journal, {}) as one:
        assert one._store is not None
        connection = one._store._connection
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_parts_are_told_as_json_with_every_number_exact(journal: Path) -> None:
    run("threads", World(), [*numbered(2), ("bad", {"name": "bad"}), ("long", {"name": "x" * 30})], journal)
    connection = sqlite3.connect(journal)
    connection.execute("""UPDATE elements SET said = '{"result": {"sum": 0.1000000000000000055511151231257827021}}'
        WHERE reference = 'pet0'""")
    connection.commit()
    connection.close()
    with Journal(journal) as opened:
        found = {one.reference: one for one in opened.parts()}
        assert str(found["pet0"].result) == "{'sum': Decimal('0.1000000000000000055511151231257827021')}"
        assert [one.reference for one in opened.parts("rejected")] == ["bad"]
        assert found["bad"].reasons[0].message == "no"
        assert found["long"].violations[0].rule == "maxLength"
        status = opened.status()
    assert (status.created, status.rejected, status.invalid, status.unknown) == (2, 1, 1, 0)
    assert (status.operation, status.base_url, status.key_expires) == ("addPets", "http://pets.example", None)


@settings(max_examples=60)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), st.lists, max_leaves=6))
def test_a_digest_stands_for_the_meaning_of_data(value: Any) -> None:
    first, second = {"a": value, "b": 1}, {"b": 1, "a": value}
    assert digest(first) == digest(second) != digest({"a": value, "b": 2})


def test_numbers_are_the_same_however_they_are_written() -> None:
    texts = ("100", "1e2", "100.000", "0.1E3")
    assert len({digest(decode(text)) for text in texts}) == 1
    assert digest(decode("1.0000000000000000000000000000000000001")) != digest(1)
    assert digest("1") != digest(1) != digest(True)
    assert digest(object()) == b""
