"""The command line of Prices: `python -m streams_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="streams-client",
    title="Prices",
    environment="STREAMS_CLIENT",
    credentials=(),
    servers=(Server("https://prices.example", ""),),
    resources=(
        Resource(
            "default",
            "Default",
            "",
            (
                Command("watch_ticks", "WATCH_TICKS", "watchTicks"),
                Command("ask", "ASK", "ask"),
                Command("export", "EXPORT", "export"),
                Command("read_report", "READ_REPORT", "readReport"),
                Command("read_log", "READ_LOG", "readLog"),
                Command("replay_log", "REPLAY_LOG", "replayLog"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
