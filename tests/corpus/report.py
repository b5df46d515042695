"""What became of many descriptions: a table, the causes from the most frequent down, and each in JSON."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.corpus.trial import Outcome

_CONSEQUENCES: Final = ("mended", "unchecked", "left-out", "fatal")
_SHOWN: Final = 3


def as_markdown(outcomes: Sequence[Outcome]) -> str:
    """The table, and the causes."""
    return "\n\n".join(part for part in (_table(outcomes), *_causes(outcomes)) if part) + "\n"


def _table(outcomes: Sequence[Outcome]) -> str:
    operations = sum(one.operations for one in outcomes)
    imported = [one for one in outcomes if one.imported]
    made = sum(one.operations - _left_out(one) for one in imported)
    typed = [one for one in outcomes if one.typed is not None]
    tried = [one for one in outcomes if "call" in one.seconds]
    rows = [
        ("descriptions", _of(len(outcomes), len(outcomes))),
        ("a package is made", _of(sum(one.generated for one in outcomes), len(outcomes))),
        ("it imports", _of(len(imported), len(outcomes))),
        ("operations", f"{operations:,}"),
        ("in packages that import", _of(sum(one.operations for one in imported), operations)),
        ("of these not left out", _of(made, operations)),
    ]
    if tried:
        asked = sum(one.operations for one in tried)
        rows.append(("called, with all that was checked right", _of(sum(one.called for one in tried), asked)))
    if typed:
        rows.append(("passes `mypy --strict`", _of(sum(bool(one.typed) for one in typed), len(typed))))
    for name in ("generate", "call", "import", "types"):
        used = [one.seconds[name] for one in outcomes if name in one.seconds]
        space = [one.megabytes[name] for one in outcomes if name in one.megabytes]
        if used:
            rows.append((f"{name}: seconds of the processor, median and most", f"{median(used):.1f}, {max(used):.1f}"))
            rows.append((f"{name}: MB, median and most", f"{median(space):,.0f}, {max(space):,.0f}"))
    return _markdown(("", ""), rows)


def _causes(outcomes: Sequence[Outcome]) -> Iterable[str]:
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
        yield _markdown(("why there is no package, or not a right one", "descriptions", "operations", "such as"), rows)
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
    for consequence in _CONSEQUENCES:
        counts = Counter[str]()
        documents = Counter[str]()
        for one in outcomes:
            counts.update(one.findings.get(consequence, {}))
            documents.update(one.findings.get(consequence, {}).keys())
        if counts:
            found = [(rule, f"{count:,}", f"{documents[rule]:,}") for rule, count in counts.most_common()]
            yield _markdown((consequence, "places", "descriptions"), found)


def _left_out(one: Outcome) -> int:
    return len(one.faults.get("left out", ()))


def _of(part: int, whole: int) -> str:
    return f"{part:,}" if part == whole else f"{part:,} of {whole:,} ({100 * part / max(whole, 1):.2f} %)"


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]).replace("|", "\\|").replace("\n", " ")


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
