"""Two revisions -> the report of what changed between them, and of whether that may land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review import comparison, verdict, waivers

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from generator.review.change import Change, Review
    from generator.review.revision import Revision


def compare(
    base: Revision,
    head: Revision,
    *,
    changes: tuple[Change, ...] | None = None,
    waived: Path,
    today: date,
    package_version: str | None = None,
    drift: Collection[str] | None = None,
    facts: str | None = None,
) -> Review:
    """What changes from base to head, and whether it may land.

    `changes` are those, with their names in Python, where they are known already. `waived` is the waivers' file, which
    need not be there. `drift` are the files of the package as it is kept that are not what the head gives; `None` where
    none is kept. `facts` is the path of a file that restates what the description says of its properties.
    """
    return verdict.review(
        base,
        head,
        comparison.compare(base, head) if changes is None else changes,
        waivers.load(waived),
        today=today,
        package_version=package_version,
        drift=drift,
        facts=facts,
    )
