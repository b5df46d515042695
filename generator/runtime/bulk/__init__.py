"""Runs of any number of elements, each done exactly once: split into requests, sent side by side, kept in a journal.

Imports go one way here too: `part`, `errors`, `progress`, `splitting`, `pace`; `options`; `elements`, `writing`;
`schema`, `store`, `journal`; `judging`, `protocol`; `run`; `threads` and `tasks`.
"""

from __future__ import annotations

from .errors import BulkError, ElementError, JournalError, RunHaltedError
from .journal import Journal, JournalStatus
from .options import BulkOptions, Elements
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
    "Elements",
    "Journal",
    "JournalError",
    "JournalStatus",
    "RunHaltedError",
]
