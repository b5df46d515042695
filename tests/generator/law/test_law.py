"""What the schema takes, the client takes, and nothing else: random schemas, the whole way, against jsonschema-rs.

What an answer says is never another value when it is read, be it one that the schema allows or not.
"""

from __future__ import annotations

import collections
import os
import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.generator.law.clients import Clients, Refused, inspected
from tests.generator.law.descriptions import Case, random_case
from tests.generator.law.judging import Judge, numbered, same, shown
from tests.generator.law.reducing import smallest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOGETHER: Final = 25
QUICK: Final = 150
SLOW: Final = 2000


def drawn(number: int, seed: int) -> Iterator[Case]:
    """So many random cases, the same for each seed."""
    return (random_case(random.Random(f"{seed}:{place}")) for place in range(number))  # noqa: S311 - nothing secret


def faults(case: Case, clients: Clients, place: int) -> Iterator[tuple[str, object, str]]:
    """Where the client is not of the schema's mind: what it does wrong, with which value, and what it says."""
    judge = Judge(case.version, case.schemas)
    for value in case.values:
        for sent in clients.taken(place, value):
            if judge.may_be_sent(value):
                if isinstance(sent, Refused):
                    yield "refuses to send", value, sent.why
                elif not same(sent, value):
                    yield "sends another value", value, shown(sent)
            elif not isinstance(sent, Refused) and not (
                (case.unchecked or judge.may_be_sent(sent)) and same(sent, numbered(value, sent))
            ):
                yield "sends what is not allowed", value, shown(sent)
        must = judge.must_be_read(value)
        read = clients.read(place, value) if must else clients.understood(place, value)
        if not isinstance(read, Refused):
            if not same(read, value):
                yield "reads another value", value, shown(read)
        elif must:
            yield "cannot read", value, read.why


def broken(several: Sequence[Case]) -> Iterator[tuple[Case, str]]:
    """The cases that break the law, each with its first broken value alone and with what the client does wrong."""
    folder = Path(tempfile.mkdtemp(prefix="law-"))
    try:
        clients = Clients(several, folder)
        try:
            for place, case in enumerate(several):
                for kind, value, _ in faults(case, clients, place):
                    yield replace(case, values=(value,)), kind
                    break
        finally:
            clients.close()
    finally:
        shutil.rmtree(folder)


def first_fault(case: Case) -> tuple[str, object, str]:
    """What is wrong with a case by itself."""
    folder = Path(tempfile.mkdtemp(prefix="law-"))
    try:
        try:
            rule, case = inspected(case, folder)
            if rule is not None:
                return "", None, rule
            clients = Clients([case], folder)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of the generator
            return "internal error", None, f"{type(error).__name__}: {error}"
        try:
            return next(faults(case, clients, 0), ("", None, ""))
        finally:
            clients.close()
    finally:
        shutil.rmtree(folder)


def told(case: Case, kind: str) -> str:
    """The smallest case that breaks in the same way, in words."""

    def breaks(other: Case) -> bool:
        try:
            return first_fault(other)[0] == kind
        except Exception:  # noqa: BLE001 - what is no schema at all is no smaller case
            return False

    case = smallest(case, breaks)
    _, value, why = first_fault(case)
    return f"{kind}: {shown(value)}\n  {case.version} {shown(case.schemas)}\n  {why}"


def check(number: int, start: int, most: int = 1) -> collections.Counter[str]:
    """Hold the law against so many cases; counts those that the generator refuses, by rule."""
    refused: collections.Counter[str] = collections.Counter()
    waiting: dict[str, list[Case]] = {}
    found: list[str] = []

    def work(several: Sequence[Case]) -> None:
        try:
            found.extend(told(*one) for one in broken(several))
        except Exception:  # noqa: BLE001 - one by one, to see whose fault it is
            for case in several:
                kind, _, _ = first_fault(case)
                if kind:
                    found.append(told(case, kind))

    folder = Path(tempfile.mkdtemp(prefix="law-"))
    for case in drawn(number, start):
        try:
            rule, case = inspected(case, folder)  # noqa: PLW2901 - the same one, with more known of it
        except Exception:  # noqa: BLE001 - whatever it is, it is a fault of the generator
            found.append(told(case, "internal error"))
            continue
        if rule is not None:
            refused[rule] += 1
            continue
        group = waiting.setdefault(case.version, [])
        group.append(case)
        if len(group) == _TOGETHER:
            work(group)
            group.clear()
        if len(found) >= most:
            break
    for group in waiting.values():
        if group and len(found) < most:
            work(group)
    shutil.rmtree(folder)
    if found:
        pytest.fail("\n".join(sorted(found)), pytrace=False)
    assert refused.total() < number / 4, refused  # a law that looks at nothing is none
    return refused


def test_a_client_takes_what_the_schema_takes() -> None:
    check(QUICK, 0)


@pytest.mark.slow
def test_clients_take_what_schemas_take() -> None:
    """`LAW_EXAMPLES=10000 LAW_SEED=7 make test-slow ARGS=tests/generator/law` looks at others, and at more.

    Schemas come from a seed, and not from hypothesis, which makes mostly small ones; `reducing` finds the smallest.
    """
    check(int(os.environ.get("LAW_EXAMPLES", SLOW)), int(os.environ.get("LAW_SEED", "1")))
