"""The bodies and headers of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zuora_invoices._runtime.codec import encode_checked
from zuora_invoices._runtime.compression import compressed

from .messages import JSON, Answer
from .refusal import Category, Reason, unexpected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import InvoiceRecord, Json
    from .refusal import Refused

GZIP_OVER: Final = 1000
"""Bytes of a body beyond which it is compressed for a caller who takes gzip; the description has the number."""


def created(invoice: InvoiceRecord) -> dict[str, Json]:
    """What tells of an invoice that was created."""
    return {"success": True, **invoice.document}


def failed(index: int, refused: Refused, process_id: str) -> dict[str, Json]:
    """What tells, in the answer to a batch, of an invoice that was not created."""
    return {"objectIndex": index, "processId": process_id, "reasons": _reasons(refused.reasons), "success": False}


def as_json(body: Json, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """An answer in JSON. Its numbers came in JSON, or were reckoned from such."""
    return Answer(status, encode_checked(body), (("Content-Type", JSON), *headers))


def refusal(refused: Refused, process_id: str, request_id: str) -> Answer:
    """The answer to a call that is refused as a whole."""
    body: Json = {
        "success": False,
        "processId": process_id,
        "requestId": request_id,
        "reasons": _reasons(refused.reasons),
    }
    return as_json(body, refused.status, refused.headers)


def broken() -> Answer:
    """The answer when the sandbox itself is at fault; the description gives it no more than reasons."""
    reasons = [unexpected(Category.INTERNAL, "The sandbox failed; its log says why.")]
    return as_json({"reasons": _reasons(reasons)}, 500)


def late(seconds: float) -> Answer:
    """The answer when the body of a request did not come in time; nothing was looked at."""
    message = f"The body did not come within {seconds:g} seconds. Send the request again."
    return as_json({"success": False, "reasons": _reasons([unexpected(Category.MALFORMED, message)])}, 408)


def packed(answer: Answer) -> Answer:
    """The answer with its body compressed, if that is long enough."""
    if len(answer.body) <= GZIP_OVER:
        return answer
    return Answer(answer.status, compressed(answer.body), (*answer.headers, ("Content-Encoding", "gzip")))


def _reasons(reasons: Sequence[Reason]) -> list[Json]:
    return [{"code": reason.code, "message": reason.message} for reason in reasons]
