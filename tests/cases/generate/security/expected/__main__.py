"""The command line of Guarded pets: `python -m security_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="security-client",
    title="Guarded pets",
    environment="SECURITY_CLIENT",
    credentials=(
        "token",
        "client_id",
        "client_secret",
        "username",
        "password",
        "client_id2",
        "cookie_key",
        "header_key",
        "query_key",
        "timeout2",
    ),
    servers=(
        Server("https://one.example", "First"),
        Server("https://two.example", ""),
    ),
    resources=(
        Resource(
            "doors",
            "Doors",
            "",
            (
                Command("by_default", "BY_DEFAULT", "byDefault"),
                Command("by_basic", "BY_BASIC", "byBasic"),
                Command("by_header", "BY_HEADER", "byHeader"),
                Command("by_query", "BY_QUERY", "byQuery"),
                Command("by_cookie", "BY_COOKIE", "byCookie"),
                Command("by_all_together", "BY_ALL_TOGETHER", "byAllTogether"),
                Command("by_either", "BY_EITHER", "byEither"),
                Command("by_fetched_token", "BY_FETCHED_TOKEN", "byFetchedToken"),
                Command("by_scopes", "BY_SCOPES", "byScopes"),
                Command("by_person", "BY_PERSON", "byPerson"),
                Command("by_names", "BY_NAMES", "byNames"),
                Command("by_chance", "BY_CHANCE", "byChance"),
                Command("by_nothing", "BY_NOTHING", "byNothing"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
