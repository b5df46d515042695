"""The sandbox as a server that our client calls: how many calls a second, with how many invoices, how soon."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests import postgres
from tests.bench import payload
from tests.bench.environment import Environment
from tests.bench.filling import fill
from tests.bench.measurements import AHEAD, OURS, rate_row, row_of
from tests.bench.rounds import NotMeasuredError, Series, Worker, alternate
from tests.bench.table import Row
from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.measurements import Settings
    from zuora_invoices_sandbox.tenant.model import Account

STUB: Final = "canned answers"
START: Final = "sandbox: start to first answer"
LIMIT: Final = 1.5
"""Seconds from the start of the program to its first answer, at most."""
STORED: Final = (100_000, 1_000_000)
FLAT: Final = 1.25
"""What a call may take with many invoices stored, as a multiple of what it takes with none."""
_PATIENCE: Final = 30.0


def measure_sandboxes(
    environment: Environment,
    stub: str,
    settings: Settings,
    pattern: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The rows of the sandbox whose words match the pattern; `stub` is the server of the other rows."""
    wanted = re.compile(pattern, re.IGNORECASE)
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), environment, settings, say)
        for kind in ("SQLite", "PostgreSQL"):
            if any(wanted.search(f"{what} / {STUB}") for what in _throughput_names(kind).values()):
                yield from _throughput(bench, kind, stub, wanted)
        for kind in ("SQLite", "PostgreSQL"):
            names = [f"{_growth_name(kind, count)} / none stored" for count in STORED]
            if any(wanted.search(one) for one in names):
                yield from _growth(bench, kind, STORED if settings.slow_rounds > 1 else STORED[:1])
        if wanted.search(f"{START} / the limit"):
            say(START)
            found = alternate({OURS: partial(_start, bench)}, settings.rounds)[OURS]
            yield row_of(START, "the limit", "ms", found, Series([LIMIT] * settings.rounds), AHEAD, 1e3)


class Bench:
    """Sandboxes, each a process of its own, whose tenant knows what `payload` says, and programs that call them."""

    def __init__(self, folder: Path, environment: Environment, settings: Settings, say: Callable[[str], None]) -> None:
        self.folder = folder
        # The sandbox and its client run in the environment of the project, where its extra is installed.
        self.environment = Environment(Path(sys.executable), environment.peers)
        self.settings = settings
        self.say = say
        self.tenant = folder / "tenant.yaml"
        self.tenant.write_text(_tenant(), "utf-8")  # JSON is YAML
        self._databases = 0

    @contextmanager
    def database(self, kind: str) -> Iterator[str]:
        """An empty database."""
        if kind == "SQLite":
            self._databases += 1
            yield str(self.folder / f"{self._databases}.db")
            return
        try:
            with postgres.durable() as server, server.fresh() as url:
                yield url
        except postgres.NoServerError as error:
            raise NotMeasuredError(str(error)) from None

    @contextmanager
    def serving(self, database: str) -> Iterator[str]:
        """A sandbox as a process; gives its base URL."""
        command = [sys.executable, "-m", "zuora_invoices_sandbox", "--port", "0", "--database", database]
        command += ["--tenant", str(self.tenant)]
        variables = self.environment.variables()
        with subprocess.Popen(
            command, cwd=self.folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as server:
            try:
                yield _url(server)
            finally:
                server.terminate()

    @contextmanager
    def calling(self, program: str, url: str) -> Iterator[Worker]:
        """Our client, in a process of its own."""
        with Worker(program, url, self.environment) as worker:
            yield worker


def _tenant() -> str:
    """The default tenant with the accounts and the tax code of the payload, and no limit that the bench could reach."""
    tenant = default()
    first = tenant.accounts[0]
    accounts: list[Account] = []
    for place in range(payload.INVOICES):
        contact = first.contacts[0].model_copy(update={"id": f"c{place:031x}"})  # tax needs a country
        own = {"contacts": (contact,), "bill_to_contact": contact.id, "sold_to_contact": None, "ship_to_contact": None}
        named = {"id": f"{place:032x}", "number": payload.invoice_fields(place)["account_number"]}
        accounts.append(first.model_copy(update={**own, **named}))
    known = {one.number for one in accounts}
    others = [one for one in tenant.accounts if one.number not in known]
    tax = tenant.tax_codes[0].model_copy(update={"code": payload.item_fields(0)["tax_code"]})
    limits = tenant.limits.model_copy(update={"per_minute": 10**9, "per_hour": 10**9, "per_day": 10**9})
    grown = tenant.model_copy(
        update={
            "accounts": (*accounts, *others),
            "tax_codes": (tax, *(one for one in tenant.tax_codes if one.code != tax.code)),
            "limits": limits,
        }
    )
    return encode(grown.model_dump(by_alias=True, exclude_none=True)).decode()


def _throughput_names(kind: str) -> dict[str, str]:
    return {
        "single": f"sandbox on {kind}: single calls",
        "single async": f"sandbox on {kind}: single calls, 32 at once",
        "batch": f"sandbox on {kind}: batches of 50 x 20",
    }


def _growth_name(kind: str, count: int) -> str:
    return f"sandbox on {kind}: single calls, {count:,} stored"


def _throughput(bench: Bench, kind: str, stub: str, wanted: re.Pattern[str]) -> Iterator[Row]:
    tasks = {task: what for task, what in _throughput_names(kind).items() if wanted.search(f"{what} / {STUB}")}
    try:
        with ExitStack() as stack:
            database = stack.enter_context(bench.database(kind))
            url = stack.enter_context(bench.serving(database))
            ours = stack.enter_context(bench.calling("sandboxed", url))
            theirs = stack.enter_context(bench.calling("ours", stub))
            for task, what in tasks.items():
                calls = {
                    OURS: partial(ours.run, task, bench.settings.budget, _at_least(task)),
                    STUB: partial(theirs.run, task, bench.settings.budget, _at_least(task)),
                }
                found = alternate(calls, bench.settings.rounds, progress=partial(_progress, bench, what))
                yield rate_row(what, STUB, found[OURS], found[STUB])
    except NotMeasuredError as error:
        yield from (Row(what, STUB, "/s", None, None, None, fault=str(error)) for what in tasks.values())


def _growth(bench: Bench, kind: str, counts: tuple[int, ...]) -> Iterator[Row]:
    """A single call with many invoices stored, against one with none."""
    try:
        with ExitStack() as stack:
            programs: dict[str, Worker] = {}
            for count in (0, *counts):
                database = stack.enter_context(bench.database(kind))
                url = stack.enter_context(bench.serving(database))
                programs[str(count)] = worker = stack.enter_context(bench.calling("sandboxed", url))
                worker.run("single", bench.settings.budget)
                if count:
                    bench.say(f"{kind}: {count:,} invoices are made")
                    fill(database, count)
            found = alternate(
                {name: partial(one.run, "single", bench.settings.budget) for name, one in programs.items()},
                bench.settings.rounds,
                progress=partial(_progress, bench, f"growth on {kind}"),
            )
            for count in counts:
                yield rate_row(_growth_name(kind, count), "none stored", found[str(count)], found["0"], FLAT)
    except NotMeasuredError as error:
        yield from (
            Row(_growth_name(kind, count), "none stored", "/s", None, None, None, fault=str(error)) for count in counts
        )


def _progress(bench: Bench, what: str, number: int) -> None:
    bench.say(f"{what}: round {number} of {bench.settings.rounds}")


def _start(bench: Bench) -> float:
    """Seconds from the start of the program until a call with a token that it gave out has made an invoice."""
    started = time.perf_counter()
    with bench.database("SQLite") as database, bench.serving(database) as url:
        _first_answer(url)
        return time.perf_counter() - started


def _first_answer(url: str) -> None:
    import httpx2

    from zuora_invoices_sandbox.gates.tokens import TOKEN_PATH

    known = default().clients[0]
    form = {"grant_type": "client_credentials", "client_id": known.client_id, "client_secret": known.client_secret}
    if httpx2.post(url + TOKEN_PATH, data=form).status_code != 200:
        raise NotMeasuredError("the sandbox gives no token")


def _url(server: subprocess.Popen[str]) -> str:
    """What the program says when it takes calls."""
    assert server.stdout is not None
    assert server.stderr is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise NotMeasuredError(server.stderr.read().strip() or "the sandbox ended")


def _at_least(task: str) -> int:
    from tests.bench.worker import CONCURRENT

    return CONCURRENT if task.endswith("async") else 1
