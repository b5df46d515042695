"""The command line: serves a sandbox until it is stopped."""

from __future__ import annotations

import argparse
import errno
import io
import ipaddress
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from zuora_invoices import __version__
from zuora_invoices_sandbox.fault_kinds import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zuora_invoices_sandbox.sandbox import Sandbox

STOPPED: Final = 0
FAILED: Final = 1

_NAME: Final = "zuora-invoices-sandbox"
_DATABASE: Final = "zuora-sandbox.db"
_EPILOG: Final = f"""\
examples:
  {_NAME}                                 the default tenant, its invoices in ./{_DATABASE}
  {_NAME} --database :memory: --port 0    forgets everything; takes a port that is free
  {_NAME} --database postgresql://user:password@localhost/sandbox
  {_NAME} --print example > tenant.yaml   a tenant to begin with, every field explained
  {_NAME} --tenant tenant.yaml
  {_NAME} --faults 0.2 --seed 7           every fifth call goes wrong; the same ones each time
  {_NAME} --faults 0.1 --fault-kinds 503,drop-after
  {_NAME} --frozen-time 2026-11-22T12:00  time stands still

kinds of faults:
{chr(10).join(f"  {kind:<16} {kind.effect}" for kind in Fault)}

The page and POST /_sandbox/faults set faults while it runs.

exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 cannot run, 2 bad usage"""


class _UnusableError(Exception):
    """It cannot run; the message says why, in a line or two."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a sandbox until it is stopped, or print what a tenant can be; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # the tenant's name may be beyond this terminal
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # as --tenant reads the file that --print wrote
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.fault_kinds and options.faults is None:
        parser.error("--fault-kinds needs --faults: how many of the calls go wrong")
    try:
        if options.print is not None:
            _print(options.print)
            return STOPPED
        with suppress(KeyboardInterrupt), _terminable():
            _serve(options)
        _say("stopped")
    except _UnusableError as error:
        _say(f"error: {error}", sys.stderr)
    except ModuleNotFoundError as error:
        library = (error.name or __package__ or "").partition(".")[0]
        if library == __package__:
            raise
        _say(f'error: {library} is not installed: pip install "zuora-invoices[sandbox]"', sys.stderr)
    else:
        return STOPPED
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_NAME,
        description="Zuora's two standalone-invoice operations on this machine, with state, rules, faults and a page.\n"
        "It prints the base URL and the credentials to call it with. Invoices stay from one run to the next.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8080, help="the port, 0 for one that is free (8080)")
    parser.add_argument(
        "--database",
        metavar="URL",
        default=_DATABASE,
        help=f"{_DATABASE} in this folder, another SQLite file, :memory:, or postgresql://user:password@host/database",
    )
    parser.add_argument("--tenant", metavar="FILE", type=Path, help="the tenant, as YAML (one that is built in)")
    parser.add_argument("--seed", metavar="N", type=int, help="makes ids and faults the same each time")
    parser.add_argument(
        "--faults", metavar="RATE", type=_rate, help="share of the calls that go wrong, from 0 to 1 (none)"
    )
    parser.add_argument(
        "--fault-kinds",
        metavar="KIND,...",
        type=_kinds,
        help="what goes wrong then: kinds from the list below, with commas between them (all)",
    )
    parser.add_argument(
        "--frozen-time", metavar="TIME", type=_moment, help="the moment at which time stands, as ISO 8601, UTC"
    )
    parser.add_argument(
        "--print",
        choices=("tenant", "example", "schema"),
        help="print the tenant that is built in, an example with explanations, or the JSON Schema of such files",
    )
    parser.add_argument("--version", action="version", version=__version__)
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text} is no port: it is a number from 0 to 65535")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = -1
    if not 0 <= rate <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no rate: it is a number from 0 to 1")
    return rate


def _kinds(text: str) -> tuple[Fault, ...]:
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in list(Fault)]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0] or 'nothing'} is no kind of fault: {', '.join(Fault)}")
    return tuple(Fault(name) for name in names)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the latter of a moment that is out of the calendar in UTC
        raise argparse.ArgumentTypeError(f"{text} is no time such as 2026-11-22T12:00") from None


def _serve(options: argparse.Namespace) -> None:
    # Here, as --help needs none of them and they take their time.
    from zuora_invoices_sandbox.faults import FaultPolicy
    from zuora_invoices_sandbox.http.server import serve
    from zuora_invoices_sandbox.sandbox import Sandbox
    from zuora_invoices_sandbox.store import StoreError
    from zuora_invoices_sandbox.tenant.findings import TenantError

    kinds = options.fault_kinds or tuple(Fault)
    policy = None if options.faults is None else FaultPolicy(options.faults, kinds, seed=options.seed or 0)
    try:
        with Sandbox(
            options.tenant,
            database=options.database,
            seed=options.seed,
            faults=policy,
            frozen_time=options.frozen_time,
        ) as sandbox:
            _warn(options.host)
            _listen(options, serve, sandbox)
    except (TenantError, StoreError) as error:
        raise _UnusableError(str(error)) from None


def _listen(
    options: argparse.Namespace, serve: Callable[[Sandbox, str, int, Callable[[str], None]], None], sandbox: Sandbox
) -> None:
    try:
        serve(sandbox, options.host, options.port, lambda base_url: _greet(options, sandbox, base_url))
    except OSError as error:
        hint = "; --port 0 takes a port that is free" if error.errno == errno.EADDRINUSE else ""
        raise _UnusableError(f"{error.strerror or error}{hint}") from None
    except UnicodeError:  # of a name that cannot be looked up
        raise _UnusableError(f"cannot listen on {options.host}: it is no name of a machine") from None


def _greet(options: argparse.Namespace, sandbox: Sandbox, base_url: str) -> None:
    from zuora_invoices_sandbox.store.engine import display_name

    lines = [
        ("base URL", base_url),
        ("client id", sandbox.client_id),
        ("client secret", sandbox.client_secret),
        ("page", f"{base_url.rstrip('/')}/"),
    ]
    if not sandbox.store.is_new:
        count = len(sandbox.invoices)
        kept = f"goes on with {count} invoice{'' if count == 1 else 's'}"
        lines.append(("old database", f"{kept}; Reset on the page forgets all"))
    if options.faults is not None:
        kinds = f": {', '.join(options.fault_kinds)}" if options.fault_kinds else ""
        lines.append(("faults", f"{options.faults:.3g} of the calls{kinds}"))
    if options.frozen_time is not None:
        lines.append(("time", f"stands at {sandbox.clock.now():%Y-%m-%d %H:%M:%S} UTC"))
    _say(f"{_NAME} {__version__}: {sandbox.tenant.name}, its invoices in {display_name(options.database)}")
    for name, value in lines:
        _say(f"  {name:<15}{value}")
    _say("Ctrl-C stops it.")


def _warn(host: str) -> None:
    try:
        is_near = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_near = host == "localhost"
    if not is_near:
        where = host or "every address"
        text = f"warning: on {where}, other machines may reach this sandbox, and see all that is in it on its page"
        _say(text, sys.stderr)


def _print(what: str) -> None:
    name = {"tenant": "default.yaml", "example": "example.yaml", "schema": "tenant.schema.json"}[what]
    _say(Path(__file__).with_name("tenant").joinpath(name).read_text("utf-8").rstrip())


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does; handlers can be set in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(text: str, stream: TextIO | None = None) -> None:
    target = stream or sys.stdout
    try:
        print(text, file=target, flush=True)
    except BrokenPipeError:
        # The reader has gone, as `head` does; the sandbox goes on, and the interpreter can flush when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())


if __name__ == "__main__":
    sys.exit(main())
