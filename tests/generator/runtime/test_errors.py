"""The tree of errors: as drawn, on one line each, and whole after a journey between processes."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from generator.runtime import errors
from generator.runtime.errors import (
    ApiError,
    BatchFailureError,
    BatchPart,
    CallTimeoutError,
    ConfigurationError,
    ConnectionFailedError,
    KeyReusedError,
    MismatchedResponseError,
    RateLimitedError,
    RejectionError,
    RequestValidationError,
    ServerError,
    StatusError,
    TokenError,
    UndecodableResponseError,
)
from generator.runtime.reasons import Category, Reason
from generator.runtime.violations import Violation

if TYPE_CHECKING:
    from generator.runtime.resending import Outcome, Resend


def unknown(operation: str, key: str | None) -> ApiError:
    error = ConnectionFailedError(operation, "lost", "unknown")
    error.idempotency_key = key
    return error


def refused(*, transient: bool) -> ApiError:
    error = RejectionError("addPet", "no", 200, {}, None)
    error.reasons = (Reason(50, "no", Category(50, "busy", transient=transient)),)
    return error


def limited(after: float | None, outcome: Outcome = "rejected") -> ApiError:
    error = RateLimitedError("addPet", "no", 429, {}, None)
    error.retry_after, error.outcome = after, outcome
    return error


EXAMPLES: list[ApiError] = [
    ConfigurationError("addPet", "needs a credential"),
    RequestValidationError("addPet", [Violation("pets[0].name", "is required"), Violation("", "is odd")]),
    ConnectionFailedError("addPet", "refused", "not_sent"),
    CallTimeoutError("addPet", "no answer in time", "unknown"),
    BatchFailureError("addPet", "1 of 2 failed: [1] no", (BatchPart(0, "a", 1),), (BatchPart(1, "b", None),)),
    RejectionError("addPet", "no", 200, {"x": "y"}, {"why": 1}),
    UndecodableResponseError("addPet", "not JSON", 200, {}, b"<html>"),
    *(StatusError.for_status(status)("addPet", "no", status, {"x": "y"}, None) for status in (400, 404, 418, 429, 503)),
]


def drawn() -> dict[str, str]:
    """Class -> base, read from the picture at the top of the file."""
    above: list[str] = []
    tree: dict[str, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"^((?:\|   |    )*)(\+-- )?(\w+Error)\b", line)
        if match:
            depth = len(match[1]) // 4 + bool(match[2])
            above[depth:] = [match[3]]
            if depth:
                tree[match[3]] = above[depth - 1]
    return tree


def test_the_tree_is_as_drawn() -> None:
    classes = {name: one for name, one in vars(errors).items() if inspect.isclass(one) and issubclass(one, ApiError)}
    public = {name: one for name, one in classes.items() if name in errors.__all__}
    found = {
        name: next(base.__name__ for base in one.__mro__[1:] if base.__name__ in public)
        for name, one in public.items()
        if one is not ApiError
    }
    assert drawn() == found
    assert len(found) > 10


def test_all_is_what_there_is() -> None:
    named = {"ApiError", "BatchPart"} | set(drawn())
    assert set(errors.__all__) == named
    assert sorted(errors.__all__) == errors.__all__


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_is_one_line_that_names_the_operation(error: ApiError) -> None:
    assert "\n" not in str(error)
    assert str(error).startswith("addPet: ")
    assert error.outcome in {"not_sent", "rejected", "unknown"}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_and_copying(error: ApiError) -> None:
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(back) is type(error)
        assert vars(back) == vars(error)
        assert str(back) == str(error)


@pytest.mark.parametrize(
    ("status", "name", "outcome"),
    [
        (400, "BadRequestError", "rejected"),
        (401, "AuthenticationError", "rejected"),
        (403, "PermissionDeniedError", "rejected"),
        (404, "NotFoundError", "rejected"),
        (409, "ConflictError", "unknown"),
        (408, "StatusError", "unknown"),
        (418, "StatusError", "rejected"),
        (422, "UnprocessableError", "rejected"),
        (429, "RateLimitedError", "rejected"),
        (500, "ServerError", "unknown"),
        (599, "ServerError", "unknown"),
        (302, "StatusError", "unknown"),
    ],
)
def test_the_class_of_a_status(status: int, name: str, outcome: str) -> None:
    error = StatusError.for_status(status)("addPet", "no", status, {}, None)
    assert (type(error).__name__, error.outcome) == (name, outcome)


def test_every_violation_is_told() -> None:
    error = RequestValidationError("addPet", [Violation("a[0].b", "is odd"), Violation("", "a body is required")])
    assert str(error) == "addPet: a[0].b: is odd; a body is required"
    assert [one.path for one in error.violations] == ["a[0].b", ""]


def test_an_answer_is_kept() -> None:
    error = ServerError("addPet", "down", 503, {"retry-after": "3"}, {"x": 1})
    assert (error.status, error.headers, error.body) == (503, {"retry-after": "3"}, {"x": 1})
    assert str(error) == "addPet: 503: down"


def test_a_timeout_says_whether_the_call_left() -> None:
    assert CallTimeoutError("addPet", "x", "unknown").outcome == "unknown"
    assert CallTimeoutError("addPet", "x", "not_sent").outcome == "not_sent"


@pytest.mark.parametrize("said", ["a\nb", "a\r\nb", "a\u2028b", "a\x1b[31mb", "a\x00\x85b", "a\n\n b"])
def test_whatever_was_said_is_on_one_line(said: str) -> None:
    error = ApiError("addPet", said)
    assert str(error) == f"addPet: {' '.join(error.message.split())}"
    assert str(error).isprintable()
    assert RequestValidationError("addPet", [Violation(said, said)]).message.isprintable()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (unknown("addPet", "k-1"), "the very same request again with idempotency key 'k-1'"),
        (unknown("addPet", None), "Find out before you send it again"),
        (ConfigurationError("addPet", "none"), "Nothing was sent"),
        (RejectionError("addPet", "no", 200, {}, None), "Mend the cause"),
        (refused(transient=True), "again later, with a new idempotency key"),
        (refused(transient=False), "Mend the cause"),
        (limited(None), "Nothing was done. It may be sent again later."),
        (limited(1.5), "Nothing was done. It may be sent again in 1.5 s."),
        (limited(1.5, "unknown"), "It may have been carried out"),
    ],
)
def test_advice(error: ApiError, says: str) -> None:
    assert says in error.advice
    assert error.advice.isprintable()
    assert pickle.loads(pickle.dumps(error)).advice == error.advice  # noqa: S301 - our own bytes


EXPIRES = datetime(2026, 11, 29, 12, 0, 0, 5, tzinfo=UTC)


def with_key(error: ApiError, outcome: Outcome | None = None) -> ApiError:
    error.idempotency_key, error.key_expires = "k-1", EXPIRES
    error.outcome = outcome or error.outcome
    return error


def answered(status: int, category: Category | None = None) -> ApiError:
    error = StatusError.for_status(status, keyed=True)("addPet", "no", status, {}, None)
    error.reasons = (Reason(1, "no", category),) if category else ()
    return error


BATCH = EXAMPLES[4]
MISMATCH = MismatchedResponseError("addPet", "it is of another", 200, {}, b"{}")
VERDICTS: list[tuple[ApiError, Resend]] = [
    (ConfigurationError("addPet", "none"), "same_key"),
    (RequestValidationError("addPet", []), "same_key"),
    (TokenError("addPet", "none"), "same_key"),
    (KeyReusedError("addPet", "k-1", EXPIRES), "new_key"),
    (ConnectionFailedError("addPet", "refused", "not_sent"), "same_key"),
    (ConnectionFailedError("addPet", "lost", "unknown"), "never"),
    (with_key(ConnectionFailedError("addPet", "lost", "unknown")), "same_key"),
    (with_key(CallTimeoutError("addPet", "late", "unknown")), "same_key"),
    (BATCH, "new_key"),
    (with_key(answered(400)), "new_key"),
    (with_key(answered(401)), "same_key"),
    (answered(401), "new_key"),
    (with_key(answered(403)), "same_key"),
    (with_key(answered(404)), "new_key"),
    (with_key(answered(408)), "same_key"),
    (with_key(answered(409)), "same_key"),
    (answered(409), "never"),
    (with_key(answered(422)), "new_key"),
    (with_key(answered(429)), "same_key"),
    (answered(429), "same_key"),
    (with_key(answered(429), "unknown"), "same_key"),
    (with_key(answered(503)), "same_key"),
    (with_key(answered(400, Category(50, "busy", transient=True))), "new_key"),
    (with_key(answered(400, Category(10, "denied", early=True))), "same_key"),
    (with_key(answered(400, Category(20, "value"))), "new_key"),
    (with_key(refused(transient=True)), "new_key"),
    (with_key(refused(transient=True), "unknown"), "same_key"),
    (with_key(refused(transient=False)), "new_key"),
    (with_key(EXAMPLES[6]), "same_key"),
    (with_key(MISMATCH), "never"),
    (MismatchedResponseError("addPet", "it is of another", 200, {}, b"{}"), "never"),
]
SAID = {
    "same_key": r"again|with the same idempotency key|Once the cause is mended it may be sent",
    "new_key": r"a new idempotency key",
    "never": r"Find out (which, )?before you send",
}


@pytest.mark.parametrize(("error", "expected"), VERDICTS, ids=lambda one: type(one).__name__)
def test_what_to_do_is_said_as_data_and_in_words(error: ApiError, expected: Resend) -> None:
    assert error.resend == expected
    assert re.search(SAID[expected], error.advice)
    assert (expected == "new_key") is ("a new idempotency key" in error.advice)
    told = "The key is good until 2026-11-29 12:00:00 UTC." in error.advice
    assert told is (expected == "same_key" and error.key_expires is not None)
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - our own bytes
        assert (back.resend, back.advice, back.key_expires) == (expected, error.advice, error.key_expires)


def test_every_kind_of_error_has_a_verdict() -> None:
    tried = {type(error) for error, _ in VERDICTS}
    left = {name for name in drawn() if not any(issubclass(one, getattr(errors, name)) for one in tried)}
    assert left == set()


@pytest.mark.parametrize("early", [401, 403, 407, Category(10, "Permission", early=True)])
def test_what_is_refused_before_the_key_is_looked_at_keeps_its_key(early: int | Category) -> None:
    """An earlier call with it may have been carried out, and with a new key it would be carried out once more."""
    status = early if isinstance(early, int) else 200
    error = StatusError.for_status(status)("addPet", "no", status, {}, None)
    error.outcome = "rejected"
    error.reasons = () if isinstance(early, int) else (Reason(10, "no", early),)
    error.idempotency_key = "k-1"
    assert error.early
    assert "the same idempotency key 'k-1'" in error.advice
    assert "new" not in error.advice
    error.reasons = (Reason(20, "no", Category(20, "Value")),)
    assert error.early == isinstance(early, int)


def test_what_a_call_knows_of_itself_is_in_its_message_and_survives_pickling() -> None:
    error = unknown("addPet", "k-1")
    error.attempts, error.elapsed, error.track_id, error.process_id = 2, 1.25, "t-1", "p-1"
    assert str(error) == (
        "addPet: lost [outcome unknown; 2 attempts in 1.2 s; idempotency key k-1; track id t-1; process p-1]"
    )
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(back), vars(back)) == (str(error), vars(error))


def test_an_error_without_an_answer_has_the_attributes_of_one_all_the_same() -> None:
    error = ConfigurationError("addPet", "none")
    assert (error.status, dict(error.headers), error.reasons, error.retry_after) == (None, {}, (), None)
    assert not error.transient
    with pytest.raises(TypeError):
        error.headers["x"] = "y"  # type: ignore[index]  # shared by all, and so read-only
