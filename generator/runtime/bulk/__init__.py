"""Runs of any number of elements, each done exactly once: split into requests, sent side by side, kept in a journal.

Nothing here is imported before a run is begun or a journal opened.
"""

from __future__ import annotations

from .errors import BulkError, ElementError, JournalError, RunHaltedError
from .journal import Journal, JournalStatus
from .options import BulkOptions
from .part import BulkOutcome, BulkPart
from .progress import BulkProgress
from .tasks import AsyncBulkRun
from .threads import BulkRun

__all__ = [
    "AsyncBulkRun",
    "BulkError",
    "BulkOptions",
    "BulkOutcome",
    "BulkPart",
    "BulkProgress",
    "BulkRun",
    "ElementError",
    "Journal",
    "JournalError",
    "JournalStatus",
    "RunHaltedError",
]
