"""How the tables of test_facts.py and the description come together again: which line, in which table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = Path(__file__).with_name("test_facts.py")
_ROOT: Final = Path(__file__).parents[2]
_END: Final = "That is, if the documents say so. If they do not, the tables are right, and spec/ is to be mended."


def table(text: str) -> dict[str, str]:
    """Name -> the words behind it, line by line."""
    return {name: " ".join(words) for name, *words in map(str.split, filter(str.strip, text.splitlines()))}


def advice(heading: str, text: str, described: Mapping[str, str], shared: Mapping[str, str]) -> str:
    """What to do with the table under `heading`, whose text is `text`; nothing if it says what is described.

    A heading is what the first line of a table begins with. `shared` are the tables that are parts of others.
    """
    documented = table(text)
    steps = [
        _step(next((one for one, part in shared.items() if part in text and name in table(part)), heading), name, *both)
        for name in sorted(documented.keys() | described.keys())
        if len(set(both := (documented.get(name), described.get(name)))) > 1
    ]
    return "\n".join([*steps, _END]) if steps else ""


def missing(heading: str, described: Mapping[str, str], above: str) -> str:
    """What to add for a table that there is not, under the heading of them all."""
    lines = "".join(f"\n        {name} {words}" for name, words in described.items())
    return f'{_place(above)}: add under {_bare(above)}\n    {heading}"""{lines}\n    """,\n{_END}'


def _step(heading: str, name: str, documented: str | None, described: str | None) -> str:
    place = f"{_place(heading, name)}: under {_bare(heading)}"
    if documented is None:
        return f"{place} add the line\n    {name} {described}"
    if described is None:
        return f"{place} take out the line\n    {name} {documented}"
    return f"{place} write\n    {name} {described}\n  in place of\n    {name} {documented}"


def _bare(heading: str) -> str:
    return heading.rstrip(" =:")


def _place(heading: str, name: str = "") -> str:
    """Where the line of that name is, or else the heading."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip().startswith(heading))
    end = next(number for number in range(start + 1, len(lines)) if '"""' in lines[number])
    found = next((number for number in range(start + 1, end) if lines[number].split()[:1] == [name]), start)
    return f"{_FILE.relative_to(_ROOT).as_posix()}:{found + 1}"
