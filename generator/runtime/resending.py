"""Whether a call that failed may be sent again, and how: as data and as a sentence, which always say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Outcome", "Resend"]

Outcome: TypeAlias = Literal["not_sent", "rejected", "unknown"]
Resend: TypeAlias = Literal["same_key", "new_key", "never"]


class Verdict(Struct, frozen=True):
    """What an error says of sending the call again."""

    resend: Resend
    advice: str


class Situation(Struct, frozen=True):
    """What is known of a call that failed."""

    outcome: Outcome
    key: str | None
    expires: datetime | None
    transient: bool = False
    early: bool = False

    @property
    def good_until(self) -> str:
        """Until when the key is good, as a sentence after another; empty where nobody says it."""
        return f" The key is good until {moment(self.expires)}." if self.expires is not None else ""


def moment(time: datetime) -> str:
    """A time in UTC for a reader, to the second."""
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"


def judged(known: Situation) -> Verdict:
    """The verdict on most errors."""
    if known.outcome == "unknown":
        return unknown(known)
    if known.outcome == "not_sent":
        return Verdict("same_key", "Nothing was sent. Once the cause is mended it may be sent again.")
    if known.transient:
        words = "The server refused it and did nothing. It may be sent again later, with a new idempotency key."
        return Verdict("new_key", words)
    if known.early and known.key:
        words = (
            "The server did nothing. Mend the cause, and send it with the same idempotency key "
            f"{known.key!r}: if an earlier call with it was carried out, the server answers for that."
        )
        return Verdict("same_key", words + known.good_until)
    words = "The server refused it and did nothing. Mend the cause, and send it with a new idempotency key."
    return Verdict("new_key", words)


def unknown(known: Situation) -> Verdict:
    """The verdict where the call may have been carried out."""
    if not known.key:
        return Verdict("never", "It may have been carried out. Find out before you send it again.")
    words = (
        "It may have been carried out. Send the very same request again with idempotency key "
        f"{known.key!r}: the server then answers for the first one and does nothing twice."
    )
    return Verdict("same_key", words + known.good_until)


def limited(known: Situation, seconds: float | None) -> Verdict:
    """The verdict where there were too many calls; `seconds` are those that the server asks to wait."""
    if known.outcome == "unknown":
        return unknown(known)
    wait = f" in {seconds:g} s" if seconds is not None else " later"
    key = f", with the same idempotency key {known.key!r}" if known.key else ""
    return Verdict(
        "same_key", f"Nothing was done. It may be sent again{wait}{key}.{known.good_until * bool(known.key)}"
    )


def mismatched(known: Situation) -> Verdict:
    """The verdict where the answer is for another request, which is no matter of luck: it would come again."""
    if not known.key:
        return Verdict("never", "It may have been carried out. Find out before you send it again.")
    words = (
        f"If the idempotency key {known.key!r} was used before, for another request, then that one was carried out and "
        "this one was not. Find out which, before you send anything again; what was not done takes a new key."
    )
    return Verdict("never", words)


def reused(known: Situation) -> Verdict:
    """The verdict where a key went out with another body before, and this one was not sent."""
    words = (
        "Nothing was sent. Another body takes a new idempotency key; whoever wants the answer to the first one sends "
        f"that very body again with {known.key!r}."
    )
    return Verdict("new_key", words + known.good_until)


PARTS = Verdict(
    "new_key",
    "What is in `created` is done. Send only the requests of `failed` again, each once its cause is mended, "
    "with a new idempotency key.",
)
"""The verdict on parts of a batch."""

DARK_PARTS = Verdict(
    "never",
    "What is in `created` is done. What is in `unknown` may be done: find out from what came, its `result`, before you "
    "send it again. Send only the requests of `failed` again, each once its cause is mended, with a new idempotency "
    "key.",
)
"""The same where some parts cannot be read."""
