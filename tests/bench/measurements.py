"""What is measured against what, and which goals there are: the rows of the table, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.bench import fresh
from tests.bench.rounds import Series, alternate, ratio, workers
from tests.bench.table import Row
from tests.bench.worker import CONCURRENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.bench.environment import Environment
    from tests.bench.rounds import Worker

OURS = "ours"
AHEAD = 1.0


@dataclass(frozen=True)
class Peer:
    """Whom one row is against: its name there, its program, that program's task, and the most that the ratio may be."""

    name: str
    program: str
    task: str
    goal: float | None = None


@dataclass(frozen=True)
class Measurement:
    """A task of ours against peers; `limit` is what ours may take at most, in seconds, whoever else takes what."""

    what: str
    task: str
    peers: tuple[Peer, ...]
    limit: float | None = None
    at_least: int = 1
    """So many calls a round, for tasks of which several are under way at once."""
    program: str = OURS


@dataclass(frozen=True)
class Fresh:
    """Code of ours in fresh interpreters against code of peers; each a name, the code, and the goal."""

    what: str
    code: str
    peers: tuple[tuple[str, str, float | None], ...]
    memory: bool = False
    """Whether a second set of rows says the peak of memory."""
    held: float | None = None
    """The most that the ratio of the peaks may be."""
    slow: bool = False
    """Whether it takes seconds."""


@dataclass(frozen=True)
class Settings:
    """How long to measure: rounds, seconds that each contestant has in one, and rounds of what takes seconds."""

    rounds: int = 11
    budget: float = 0.15
    slow_rounds: int = 3


RAW, DMCG, OPC, SDK = "httpx2, bytes alone", "datamodel-codegen", "openapi-python-client", "zuora-sdk"
PYDANTIC, ORJSON = "pydantic, plain models", "orjson, plain dicts"

FRESH = (
    Fresh("import zuora_invoices", fresh.OURS_BARE, (("pydantic, httpx2", fresh.FLOOR_BARE, 1.3),), memory=True),
    Fresh(
        "import clients and models",
        fresh.OURS,
        (
            ("pydantic.BaseModel, httpx2", fresh.FLOOR, 1.2),
            (OPC, fresh.OPENAPI_PYTHON_CLIENT, AHEAD),
            (DMCG, fresh.DATAMODEL_CODEGEN, AHEAD),
            (SDK, fresh.VENDOR_SDK, AHEAD),
        ),
        memory=True,
    ),
    Fresh(
        "import and first call",
        fresh.FIRST_OURS,
        (
            (RAW, fresh.FIRST_RAW, 1.5),
            (OPC, fresh.FIRST_OPENAPI_PYTHON_CLIENT, None),
            (DMCG, fresh.FIRST_DATAMODEL_CODEGEN, None),
        ),
    ),
    Fresh(
        "100,000 invoices made and held",
        fresh.HELD_OURS,
        ((DMCG, fresh.HELD_DATAMODEL_CODEGEN, None),),
        memory=True,
        held=1.3,
        slow=True,
    ),
)


def _calls(task: str, raw_goal: float | None, opc_goal: float = AHEAD, *, sync: bool) -> tuple[Peer, ...]:
    peers = [
        Peer(RAW, "raw_httpx2", task, raw_goal),
        Peer(OPC, "openapi_python_client", task, opc_goal),
        Peer(DMCG, "datamodel_codegen", task, AHEAD),
    ]
    return (*peers, Peer(SDK, "vendor_sdk", task, AHEAD)) if sync else tuple(peers)


# No goals, as two of the three check nothing when a model is made.
MAKERS = (
    Peer(OPC, "openapi_python_client", "build"),
    Peer(DMCG, "datamodel_codegen", "build"),
    Peer(SDK, "vendor_sdk", "build"),
)

MEASUREMENTS = (
    Measurement("single call", "single", _calls("single", AHEAD, sync=True)),
    Measurement("batch of 50 x 20", "batch", _calls("batch", None, sync=True), limit=0.01),
    Measurement(
        "batch of 50 x 20, without `isal`",
        "batch",
        _calls("batch", None, 1.1, sync=True),
        limit=0.01,
        program="ours_without_isal",
    ),
    Measurement(
        f"single call, async, {CONCURRENT} at once",
        "single async",
        _calls("single async", AHEAD, sync=False),
        at_least=CONCURRENT,
    ),
    Measurement(
        f"batch, async, {CONCURRENT} at once",
        "batch async",
        _calls("batch async", None, sync=False),
        limit=0.01,
        at_least=CONCURRENT,
    ),
    Measurement("batch: make the models", "build", MAKERS),
    Measurement(
        "batch: write",
        "write",
        (
            Peer("pydantic, our models", "ours", "write lossy"),
            Peer(PYDANTIC, "datamodel_codegen", "write"),
            Peer(ORJSON, "plain_orjson", "write"),
        ),
    ),
    Measurement("batch: check and write", "check and write", (Peer(ORJSON, "plain_orjson", "write"),)),
    Measurement(
        "answer of 50: read",
        "read",
        (
            Peer("pydantic, our models", "ours", "read lossy", 1.25),
            Peer(PYDANTIC, "datamodel_codegen", "read", 1.25),
            Peer(ORJSON, "plain_orjson", "read"),
        ),
    ),
)


def measure(
    environment: Environment,
    url: str,
    settings: Settings,
    pattern: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The rows whose words match the pattern, each set as soon as it is measured.

    `say` is told what is going on.
    """
    wanted = re.compile(pattern, re.IGNORECASE)
    for code in FRESH:
        yield from _fresh(code, environment, url, settings, wanted, say)
    chosen = [(one, kept) for one in MEASUREMENTS if (kept := _kept(one, wanted)) is not None]
    programs = dict.fromkeys(
        [*(one.program for one, _ in chosen), *(peer.program for _, (peers, _) in chosen for peer in peers)]
    )
    if chosen:
        with workers(programs, url, environment) as running:
            for one, (peers, limited) in chosen:
                yield from _rounds(one, peers, running, settings, say, limited=limited)


def _kept(one: Measurement, wanted: re.Pattern[str]) -> tuple[list[Peer], bool] | None:
    peers = [peer for peer in one.peers if wanted.search(f"{one.what} / {peer.name}")]
    limited = one.limit is not None and wanted.search(one.what) is not None
    return (peers, limited) if peers or limited else None


def _rounds(
    one: Measurement,
    peers: Sequence[Peer],
    running: dict[str, Worker],
    settings: Settings,
    say: Callable[[str], None],
    *,
    limited: bool,
) -> Iterator[Row]:
    contestants = {OURS: partial(running[one.program].run, one.task, settings.budget, one.at_least)}
    for peer in peers:
        contestants[peer.name] = partial(running[peer.program].run, peer.task, settings.budget, one.at_least)
    found = alternate(
        contestants, settings.rounds, progress=lambda number: say(f"{one.what}: round {number} of {settings.rounds}")
    )
    if limited and one.limit is not None:
        fixed = Series([one.limit] * settings.rounds)
        yield row_of(one.what, "the limit", "us", found[OURS], fixed, AHEAD, 1e6)
    for peer in peers:
        yield row_of(one.what, peer.name, "us", found[OURS], found[peer.name], peer.goal, 1e6)


def _fresh(
    one: Fresh,
    environment: Environment,
    url: str,
    settings: Settings,
    wanted: re.Pattern[str],
    say: Callable[[str], None],
) -> Iterator[Row]:
    peers = [peer for peer in one.peers if wanted.search(f"{one.what} / {peer[0]}")]
    if not peers:
        return
    peaks: dict[str, Series] = {}

    def contestant(name: str, code: str) -> float:
        spent = fresh.run(code, environment, url)
        peaks.setdefault(name, Series()).taken.append(spent.peak)
        return spent.seconds

    codes = {OURS: one.code, **{name: code for name, code, _ in peers}}
    found = alternate(
        {name: partial(contestant, name, code) for name, code in codes.items()},
        settings.rounds,
        dict.fromkeys(codes if one.slow else [SDK], settings.slow_rounds),
        progress=lambda number: say(f"{one.what}: round {number} of {settings.rounds}"),
    )
    for name, _, goal in peers:
        yield row_of(one.what, name, "ms", found[OURS], found[name], goal, 1e3)
    if one.memory:
        for name, *_ in peers:
            nothing = Series(fault=found[name].fault)
            ours, theirs = peaks.get(OURS, nothing), peaks.get(name, nothing)
            yield row_of(f"{one.what}: peak memory", name, "MiB", ours, theirs, one.held)


def row_of(
    what: str, peer: str, unit: str, ours: Series, theirs: Series, goal: float | None = None, scale: float = 1
) -> Row:
    """The row of two series of seconds, shown in a unit of which `scale` make a second."""

    def scaled(value: float | None) -> float | None:
        return None if value is None else value * scale

    fault = ours.fault and f"ours: {ours.fault}"
    return Row(
        what, peer, unit, scaled(ours.median), scaled(theirs.median), ratio(ours, theirs), goal, fault or theirs.fault
    )


def rate_row(what: str, peer: str, ours: Series, theirs: Series, goal: float | None = None) -> Row:
    """So many a second, of series of seconds for one; the ratio is of the time that one takes, as in all rows."""

    def rate(series: Series) -> float | None:
        return None if series.median is None else 1 / series.median

    return Row(what, peer, "/s", rate(ours), rate(theirs), ratio(ours, theirs), goal, ours.fault or theirs.fault)
