"""One of the two descriptions that a review compares, with all that is made from it. A leaf of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.api.model import Api
    from generator.diagnostics import Diagnostic
    from generator.document.tree import Document


class Revision(msgspec.Struct, frozen=True):
    """A description: base or head."""

    label: str
    """What people call it: a revision of git with its short hash, or a file."""
    document: Document
    """As loaded, and upgraded to 3.1; not normalized: every place and pointer is the author's."""
    api: Api | None
    """What the package is made from; `None` where a finding is an error."""
    files: Mapping[str, str]
    """The package by path, as `pipeline.generate` gives it; empty where none could be made."""
    findings: tuple[Diagnostic, ...]
