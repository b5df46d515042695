"""Text that must not be seen."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN: Final = re.compile(r"[A-Za-z0-9._~-]*")
_SHOWN: Final = "***"


class Secret(str):
    """A string that does not show itself: not in a repr, so neither in a container nor among a traceback's locals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{_SHOWN}'"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


def hidden(text: str, secrets: Iterable[str]) -> str:
    """A text with stars in the place of secrets, be they as they are or as URLs, JSON, HTML and Python write them."""
    for secret in secrets:
        if len(secret) > len(text):  # and none of its forms is shorter
            continue
        for form in _forms(secret):
            text = text.replace(form, _SHOWN)
    return text


def _forms(secret: str) -> tuple[str, ...]:
    if _PLAIN.fullmatch(secret):  # which is the same in all of them, and most are so
        return (secret,)
    import html  # here, as it is large, and few secrets have what HTML writes in another way

    in_json = json.dumps(secret)[1:-1]
    # What is read as latin-1, as headers are, shows UTF-8 in a form of its own.
    others = {
        secret.encode().decode("latin-1"),
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        in_json,
        in_json.replace("/", "\\/"),
        # As text and as bytes; with what stands before it, a quote within is one of both kinds.
        repr(secret)[1:-1],
        repr(f'"{secret}')[2:-1],
        repr(secret.encode())[2:-1],
        repr(f'"{secret}'.encode())[3:-1],
    }
    return secret, *sorted(others | {html.escape(secret)}, key=len, reverse=True)


def fault_of(secret: object) -> str:
    """What keeps a text from being a secret that goes into a header; the text itself is not shown."""
    if not isinstance(secret, str):
        return "must be a string"
    if not secret:
        return "is empty"
    fit = secret.isascii() and secret.isprintable() and secret == secret.strip()
    return "" if fit else "must be printable US-ASCII, as it goes into a header"
