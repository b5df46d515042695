"""What became of many descriptions: a table, the causes from the most frequent down; and what a README says of it."""

from __future__ import annotations

import platform
import re
import textwrap
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

from tests.public.files import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tests.corpus.trial import Limits, Outcome

Found: TypeAlias = "Mapping[str, Sequence[Outcome]]"
"""What became of the same descriptions in the hands of each generator, by its name."""

OURS: Final = "ours"
_CONSEQUENCES: Final = ("mended", "unchecked", "left-out", "fatal")
_SHOWN: Final = 3
_SHORT: Final = ("opened", "first call")
"""What takes so little that hundredths of a second count."""
_MARKED: Final = re.compile(r"(<!-- corpus -->\n)(.*?)(<!-- end of corpus -->)", re.DOTALL)


def as_markdown(found: Found) -> str:
    """The table, and the causes of each generator."""
    causes = [
        part for name, outcomes in found.items() for part in _causes(outcomes, "" if name == OURS else f"{name}: ")
    ]
    return "\n\n".join([_table(found), *causes]) + "\n"


def dated(found: Found, *, limits: Limits, day: date, whole: int) -> str:
    """The table with its day and its versions, and what of ours was not right, for a README."""
    tried = len(found[OURS])
    what = f"all {whole:,}" if tried == whole else f"{tried:,} of {whole:,}"
    packages = " and ".join(f"`{one.name.rpartition('@')[0]}` {one.name.rpartition('@')[2]}" for one in PACKAGES)
    text = (
        f"As of {day:%Y-%m-%d}: {what} descriptions of {packages}, Microsoft Graph aside, on Python"
        f" {platform.python_version()};"
        f" each step may take {limits.seconds} seconds of the processor and {limits.memory / (1 << 30):g} GiB."
    )
    parts = [
        textwrap.fill(text, 120, break_on_hyphens=False),
        _table(found),
        *_stopped(found[OURS]),
        *_lost(found[OURS]),
    ]
    return "\n" + "\n\n".join(parts) + "\n\n"


def write_into(file: Path, text: str) -> None:
    """Put a text in the place that a file marks for it.

    Raises:
        ValueError: the file has no such place, or several.
    """
    changed, places = _MARKED.subn(lambda mark: f"{mark[1]}{text}{mark[3]}", file.read_text("utf-8"))
    if places != 1:
        raise ValueError(f"{file} must have one place between <!-- corpus --> and <!-- end of corpus -->")
    file.write_text(changed, encoding="utf-8")


def _table(found: Found) -> str:
    columns = [dict(_rows(outcomes)) for outcomes in found.values()]
    labels = dict.fromkeys(label for column in columns for label in column)
    rows = [(label, *(column.get(label, "-") for column in columns)) for label in labels]
    return _markdown(("", *found), rows)


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    operations = sum(one.operations for one in outcomes)
    imported = [one for one in outcomes if one.imported]
    made = sum(one.operations - _left_out(one) for one in imported)
    typed = [one for one in outcomes if one.typed is not None]
    tried = [one for one in outcomes if "call" in one.seconds]
    yield "descriptions", f"{len(outcomes):,}"
    yield "a package is made", _of(sum(one.generated for one in outcomes), len(outcomes))
    yield "it imports", _of(len(imported), len(outcomes))
    yield "operations", f"{operations:,}"
    yield "in packages that import", _of(sum(one.operations for one in imported), operations)
    yield "of these not left out", _of(made, operations)
    if tried:
        asked = sum(one.operations for one in tried)
        yield "called, with all that was checked right", _of(sum(one.called for one in tried), asked)
    if typed:
        yield f"passes `mypy --strict`, of {len(typed):,}", _of(sum(bool(one.typed) for one in typed), len(typed))
    for name in ("generate", "call", "import", "types", *_SHORT):
        used = [one.seconds[name] for one in outcomes if name in one.seconds]
        space = [one.megabytes[name] for one in outcomes if name in one.megabytes]
        if used:
            digits = 2 if name in _SHORT else 1
            yield (
                f"{name}: seconds of the processor, median and most",
                f"{median(used):.{digits}f}, {max(used):.{digits}f}",
            )
        if space:
            yield f"{name}: MB, median and most", f"{median(space):,.0f}, {max(space):,.0f}"


def _causes(outcomes: Sequence[Outcome], whose: str) -> Iterator[str]:
    yield from _stopped(outcomes, whose)
    if whose:
        return
    yield from _lost(outcomes)
    for consequence in _CONSEQUENCES:
        counts = Counter[str]()
        documents = Counter[str]()
        for one in outcomes:
            counts.update(one.findings.get(consequence, {}))
            documents.update(one.findings.get(consequence, {}).keys())
        if counts:
            found = [(rule, f"{count:,}", f"{documents[rule]:,}") for rule, count in counts.most_common()]
            yield _markdown((consequence, "places", "descriptions"), found)


def _stopped(outcomes: Sequence[Outcome], whose: str = "") -> Iterator[str]:
    """What keeps packages from being made or right."""
    stopped = Counter[str]()
    lost = Counter[str]()
    where: dict[str, list[str]] = {}
    for one in outcomes:
        if one.cause:
            stopped[one.cause] += 1
            lost[one.cause] += 0 if one.imported else one.operations
            where.setdefault(one.cause, []).append(one.name)
    if stopped:
        rows = [
            (cause, f"{count:,}", f"{lost[cause]:,}", _some(where[cause])) for cause, count in stopped.most_common()
        ]
        title = f"{whose}why there is no package, or not a right one"
        yield _markdown((title, "descriptions", "operations", "such as"), rows)


def _lost(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The calls that are not right, by kind."""
    faults = Counter[str]()
    places: dict[str, list[str]] = {}
    for one in outcomes:
        for kind, listed in one.faults.items():
            faults[kind] += len(listed)
            places.setdefault(kind, []).append(f"{one.name} ({listed[0][:120]})")
    if faults:
        rows = [
            (kind, f"{count:,}", f"{len(places[kind]):,}", _some(places[kind])) for kind, count in faults.most_common()
        ]
        yield _markdown(("calls that are not right", "operations", "descriptions", "such as"), rows)


def _left_out(one: Outcome) -> int:
    return len(one.faults.get("left out", ()))


def _of(part: int, whole: int) -> str:
    return f"{part:,}" if part == whole else f"{part:,} of {whole:,} ({100 * part / max(whole, 1):.2f} %)"


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]).replace("|", "\\|").replace("\n", " ")


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
