"""The floors of the runtime: every import goes to a lower one, those for type checking too, so there is no circle."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture import circle, graph, imports, room, sources, upward

ROOT = Path(__file__).parents[3]
RUNTIME = ROOT / "generator" / "runtime"
FILES = sources(RUNTIME)

FLOORS = (
    {"cli"},
    {"downloads"},
    {"core"},
    {"streaming"},
    {"bulk"},
    {"flow"},
    {"auth"},
    {"log", "response", "tokens"},
    {"request", "retry", "salvage", "transport"},
    {"keys", "network", "options", "streams"},
    {"connections", "drivers"},
    {"async_line", "http11"},
    {"line"},
    {"batch", "bodies", "events", "servers", "spelling", "steps"},
    {"comparison", "exchange", "multipart"},
    {"answers", "errors", "http", "model", "proxies", "style"},
    {"quick", "tables"},
    {"findings", "twins"},
    {"echo", "sending", "sent", "wire"},
    {
        "answered",
        "choices",
        "codec",
        "constraints",
        "groups",
        "operation",
        "schemas",
        "signature",
        "tagged",
        "violations",
        "written",
    },
    {
        "address",
        "alternatives",
        "compression",
        "files",
        "framing",
        "lazy",
        "messages",
        "origins",
        "reasons",
        "resending",
        "running",
        "secret",
        "text",
        "unlisted",
        "unread",
        "values",
        "versions",
    },
    {"digits"},
    {""},
)
"""From the top down; "" is the package itself, which imports nothing. A folder is one room."""
TABLES = (
    {""},
    {"drafting", "failed"},
    {"elements", "guessing"},
    {"building", "grouping", "mapping_file", "table"},
    {"delimited", "documents", "jsonlines", "mapping", "texts", "workbook"},
    {"cells"},
    {"fields", "numerals"},
    {"forms", "paths", "rows"},
    {"faults"},
)
"""The floors in the folder of that name."""


def test_every_file_has_one_floor() -> None:
    assert sorted(one for floor in FLOORS for one in floor) == sorted({*map(room, graph(RUNTIME))})


def test_imports_go_to_lower_floors() -> None:
    assert upward(graph(RUNTIME), FLOORS) == []


def test_no_folder_imports_in_a_circle() -> None:
    inside = {
        one: {other for other in needed if room(other) == room(one)}
        for one, needed in graph(RUNTIME).items()
        if "." in one
    }
    assert circle(inside) == []


def test_tables_have_floors_of_their_own_and_no_call_imports_them() -> None:
    inside = graph(RUNTIME / "tables")
    assert sorted(one for floor in TABLES for one in floor) == sorted(inside)
    assert upward(inside, TABLES) == []
    assert [
        one
        for one, needed in graph(RUNTIME).items()
        if room(one) not in {"cli", "tables"} and "tables" in map(room, needed)
    ] == []


def test_the_readme_has_every_file_in_that_order() -> None:
    readme = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## The runtime") : readme.index("## The review")]
    rows = [re.findall(r"`(\w+)(?:\.py|/)`", line) for line in section.splitlines() if line.startswith("|")]
    place = {name: number for number, names in enumerate(rows) for name in names}
    assert sum(map(len, rows)) == len(place)
    assert set(place) == {*map(room, graph(RUNTIME))} - {""}
    pairs = [(room(one), room(other)) for one, needed in graph(RUNTIME).items() for other in needed]
    assert [(one, other) for one, other in pairs if place[other] > place[one]] == []


def test_three_files_import_the_http_libraries() -> None:
    libraries = {file.stem: {name.partition(".")[0] for name in imports(file)} for file in FILES}
    users = {name: found & {"h11", "httpx2", "httpcore2"} for name, found in libraries.items()}
    assert {name: found for name, found in users.items() if found} == {
        "http11": {"h11"},
        "network": {"h11", "httpx2"},
        "transport": {"httpx2"},
    }


def test_the_command_line_is_imported_by_nothing() -> None:
    assert {one for one, needed in graph(RUNTIME).items() if "cli" in map(room, needed)} <= {
        one for one in graph(RUNTIME) if room(one) == "cli"
    }


def test_the_package_has_the_runtime_word_for_word() -> None:
    [package] = [folder for folder in (ROOT / "generated").iterdir() if (folder / "py.typed").exists()]
    copied = {path: file.read_bytes() for path, file in _by_path(package / "_runtime").items()}
    assert copied == {path: file.read_bytes() for path, file in _by_path(RUNTIME).items()}


def _by_path(folder: Path) -> dict[str, Path]:
    return {file.relative_to(folder).as_posix(): file for file in sources(folder)}
