"""Every error of a bulk run itself; what becomes of single elements is no error, but in their parts.

BulkError
+-- JournalError        the journal cannot be used or written: another's, in use, damaged, no room
+-- ElementError        an element is not what the journal, or the run, knows under its reference
+-- RunHaltedError      calls fail, so the run was ended; with the same journal it goes on
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..errors import ApiError

__all__ = ["BulkError", "ElementError", "JournalError", "RunHaltedError"]


class BulkError(Exception):
    """A bulk run cannot begin or go on. What it has sent is in its journal, and no element is lost or done twice."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class JournalError(BulkError):
    """The journal cannot be used or written. Nothing is sent that it does not hold."""


class ElementError(BulkError):
    """An element was done, or may be, with other data; or two elements of a run have one reference, or are one object.

    `references` are those of the elements; there may be more.
    """

    def __init__(self, message: str, references: tuple[str, ...]) -> None:
        super().__init__(message)
        self.references = references


class RunHaltedError(BulkError):
    """Calls fail in a way that others will too, so the run was ended: `cause` is the error of the last one.

    What was under way has been waited for. The same run with the same journal goes on.
    """

    def __init__(self, message: str, cause: ApiError) -> None:
        super().__init__(message)
        self.cause = cause
