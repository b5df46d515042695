"""What the end of a call means for its elements: the table on which money depends."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.bulk.judging import Fate, fate
from generator.runtime.errors import ApiError, StatusError
from generator.runtime.reasons import Category, Reason

WRONG = Reason(1, "no", Category(20, "wrong"))
BUSY = Reason(2, "no", Category(50, "busy", transient=True))
FULL = Reason(3, "no", Category(70, "full", transient=True, early=True))
DENIED = Reason(4, "no", Category(10, "denied", early=True))


def answered(status: int, outcome: Any = None, *reasons: Reason, kind: Any = None) -> ApiError:
    cls = kind or StatusError.for_status(status, keyed=True)
    error: ApiError = cls("x", "no", status, {}, None)
    error.outcome = outcome or error.outcome
    error.reasons = reasons
    return error


def cut() -> ApiError:
    error = errors.UndecodableResponseError("x", "no", 200, {}, b"")
    error.cut = True
    return error


REJECTION = errors.RejectionError
TABLE = [
    (answered(200, "rejected", WRONG, kind=REJECTION), Fate.SPLIT, Fate.REJECTED),
    (answered(400, "rejected", WRONG), Fate.SPLIT, Fate.REJECTED),
    (answered(413, "rejected"), Fate.SPLIT, Fate.REJECTED),
    (answered(200, "rejected", BUSY, kind=REJECTION), Fate.RETRY, Fate.RETRY),
    (answered(200, "rejected", FULL, kind=REJECTION), Fate.BACK, Fate.BACK),
    (answered(429, "rejected"), Fate.BACK, Fate.BACK),
    (answered(200, "rejected", DENIED, kind=REJECTION), Fate.HALT, Fate.HALT),
    *((answered(status, "rejected"), Fate.HALT, Fate.HALT) for status in (401, 403, 404, 405, 407, 415)),
    *((answered(status, "unknown"), Fate.AGAIN, Fate.AGAIN) for status in (408, 409, 429, 500, 502, 503)),
    (answered(200, "unknown", BUSY, kind=REJECTION), Fate.AGAIN, Fate.AGAIN),
    (errors.ConnectionFailedError("x", "no", "unknown"), Fate.AGAIN, Fate.AGAIN),
    (errors.CallTimeoutError("x", "no", "unknown"), Fate.AGAIN, Fate.AGAIN),
    (cut(), Fate.AGAIN, Fate.AGAIN),
    (errors.ConnectionFailedError("x", "no", "not_sent"), Fate.BACK, Fate.BACK),
    (errors.TokenError("x", "no", 500), Fate.BACK, Fate.BACK),
    (errors.TokenError("x", "no", 401), Fate.HALT, Fate.HALT),
    (errors.ConfigurationError("x", "no"), Fate.HALT, Fate.HALT),
    (errors.UndecodableResponseError("x", "no", 200, {}, b""), Fate.LATER_RUN, Fate.LATER_RUN),
    (errors.MismatchedResponseError("x", "no", 200, {}, b""), Fate.DARK, Fate.DARK),
    (answered(422, "rejected", WRONG, kind=errors.IdempotencyMismatchError), Fate.DARK, Fate.DARK),
    (ZeroDivisionError(), Fate.LATER_RUN, Fate.LATER_RUN),
]


@pytest.mark.parametrize(("error", "of_many", "of_one"), TABLE)
def test_what_becomes_of_the_elements_of_a_call(error: Exception, of_many: Fate, of_one: Fate) -> None:
    assert (fate(error, 5), fate(error, 1)) == (of_many, of_one)


def test_only_what_was_said_to_be_undone_goes_out_under_another_key() -> None:
    anew = (Fate.BACK, Fate.RETRY, Fate.SPLIT, Fate.REJECTED)
    for error, *found in TABLE:
        if not isinstance(error, ApiError) or error.outcome == "unknown":
            assert not set(anew) & set(found), error
