"""Changes -> `Review`: in the order in which they are shown, waived where a waiver says so, with what stands around.

Pure. It reads no file: what is kept on disk, and which day it is, comes from the caller.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec.structs import replace

from generator.diagnostics import arrange
from generator.document.grammar import called, sent_as
from generator.document.tree import Array, Object
from generator.review import waivers
from generator.review.change import FileChange, Review, Wire
from generator.review.hints import hints
from generator.review.versions import versions
from generator.wording import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from generator.diagnostics import Diagnostic
    from generator.document.tree import Document
    from generator.review.change import Change, Waiver
    from generator.review.revision import Revision

_Key: TypeAlias = tuple[bool, int, int, str, int, int, str, str, str, str]

_STEPS: Final = re.compile(r"[.\[]")
"""What begins another step of a way through a value."""
_WIRES: Final = (Wire.BREAKING, Wire.COMPATIBLE, Wire.DOCS)


def review(
    base: Revision,
    head: Revision,
    changes: Iterable[Change],
    waived: tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]],
    *,
    today: date,
    package_version: str | None = None,
    drift: Collection[str] | None = None,
    facts: str | None = None,
) -> Review:
    """The report on the changes from base to head.

    `waived` are the waivers and what is wrong with their file, as `waivers.load` gives them. `drift` are the files of
    the package as it is kept that are not what the head gives; `None` where none is kept. `facts` is a file that
    restates what the description says of its properties.
    """
    excuses, problems = waived
    marked, unfit = waivers.apply(tuple(changes), excuses, today)
    ranks = _ranks(head.document, base.document)
    ordered = tuple(sorted((_felt(one, ranks) for one in marked), key=_order))
    made = bool(base.files and head.files)
    return Review(
        base=base.label,
        head=head.label,
        versions=versions(_version(base.document), _version(head.document), package_version, ordered),
        changes=ordered,
        findings=head.findings,
        problems=arrange((*problems, *unfit)),
        drift=tuple(sorted(drift)) if drift is not None and head.files else None,
        generated=tuple(_differences(base.files, head.files)) if made else None,
        hints=hints(ordered, base.document, head.document, facts),
        notes=tuple(_notes(base, head)),
    )


def _felt(change: Change, ranks: Mapping[str, int]) -> Change:
    """The change with its uses by operation, in the order of the descriptions; in each, by part, short ways first."""
    parts = {(use.operation, use.part): place for place, use in reversed([*enumerate(change.uses)])}
    uses = sorted(
        change.uses,
        key=lambda use: (
            ranks.get(use.operation, len(ranks)),
            parts[use.operation, use.part],
            len(_STEPS.findall(use.path)),
        ),
    )
    return replace(change, uses=tuple(uses))


def _ranks(*documents: Document) -> dict[str, int]:
    """The operations of descriptions, as uses name them, each with its place."""
    named = (
        f"{sent_as(method)} {path}"
        for document in documents
        for path, entry in document.node.members_of("paths")
        for method, _ in called(entry.resolve())
    )
    return {name: place for place, name in enumerate(dict.fromkeys(named))}


def _order(change: Change) -> _Key:
    """Breaks that no waiver names, then by verdict and by place; what is alike in all that, by what it says."""
    place = change.place
    where = place.location if place else None
    return (
        not change.is_breaking or change.waiver is not None,
        _WIRES.index(change.wire),
        -change.python.weight,
        where.file if where else "",
        where.line if where else 0,
        where.column if where else 0,
        place.pointer if place else "",
        change.rule,
        change.side or "",
        "\n".join((change.message, *map(str, change.uses))),
    )


def _version(document: Document) -> str:
    """`info.version` as it is written; empty where there is none, which validation says."""
    info = document.node.child("info")
    value = info.object.get("version") if info is not None else None
    return "" if isinstance(value, (Object, Array)) or value is None else str(value)


def _differences(base: Mapping[str, str], head: Mapping[str, str]) -> Iterator[FileChange]:
    for path in sorted({*base, *head}):
        before, after = base.get(path, ""), head.get(path, "")
        if path not in base or path not in head or before != after:
            yield _difference(path, before.splitlines(keepends=True), after.splitlines(keepends=True))


def _difference(path: str, before: Sequence[str], after: Sequence[str]) -> FileChange:
    # What both begin and end with is most of a file, and would cost the matcher most of its time.
    start = _shared(before, after)
    before, after = before[start:], after[start:]
    end = _shared(before[::-1], after[::-1])
    before, after = before[: len(before) - end], after[: len(after) - end]
    kept = sum(block.size for block in SequenceMatcher(None, before, after).get_matching_blocks())
    return FileChange(path, len(after) - kept, len(before) - kept)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal lines both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _notes(base: Revision, head: Revision) -> Iterator[str]:
    """What could not be looked at, and why."""
    for name, side in (("base", base), ("head", head)):
        errors = [one for one in side.findings if one.consequence == "fatal"]
        if errors:
            # Those of the head are listed by themselves.
            first = f": {errors[0]}" if side is base else ""
            more = " and so on" if side is base and len(errors) > 1 else ""
            yield f"What changes in Python is not known: the {name} has {counted(len(errors), 'error')}{first}{more}"
