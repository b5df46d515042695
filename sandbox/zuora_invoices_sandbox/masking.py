"""What is kept out of sight in the call log: credentials, first by the place where they stand, then by their value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from zuora_invoices._runtime.secret import hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

STARS: Final = "***"
_SCHEME: Final = re.compile(r"\s*(bearer|basic|digest|token)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_CREDENTIALS: Final = frozenset({"authorization", "proxy-authorization"})
_COOKIES: Final = frozenset({"cookie", "set-cookie"})
_OWN: Final = _CREDENTIALS | _COOKIES
"""Headers whose values are hidden for what they are."""
_NAMES: Final = ("client_secret", "access_token", "refresh_token", "client_assertion", "password")
_ANY_NAME: Final = "|".join(_NAMES)
_PLACES: Final = (
    # a member of an object, of which the end may have been cut off; a value that is no string is no secret of ours
    re.compile(rf'("(?:{_ANY_NAME})"\s*:\s*")((?:[^"\\]|\\.)*)', re.IGNORECASE | re.DOTALL),
    # a field of a form or a query
    re.compile(rf"((?:^|[?&;\s])(?:{_ANY_NAME})=)([^&;\s]*)", re.IGNORECASE),
    # a part of a multipart form
    re.compile(rf'(name="?(?:{_ANY_NAME})"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([^\r\n]*)', re.IGNORECASE),
)
_TELLING: Final = 6
"""Shorter values are hidden only where they stand: elsewhere they are likely to be something else."""


def hiding(
    known: Collection[str], headers: Iterable[tuple[str, str]], texts: Sequence[str], others: Sequence[str]
) -> Callable[[str], str]:
    """A function that puts stars where credentials stand in any of these texts and others, and in values of headers.

    Hidden are what is known, and wherever else it turns up what stands as a credential in the headers and the texts.
    """
    together = "\n".join((*texts, *others, *(value for name, value in headers if name.lower() not in _OWN)))
    places = _places(together)
    secrets = {*known, *_secrets_of(headers, texts if places else ())}
    longest_first = sorted(secrets, key=len, reverse=True)  # of one that holds another, no rest is left
    if not places and hidden(together, longest_first) == together:
        return lambda text: text

    def hide(text: str) -> str:
        for place in _places(text):
            text = place.sub(lambda match: match[1] + (STARS if match[2] else ""), text)
        return hidden(text, longest_first)

    return hide


def masked_headers(headers: Iterable[tuple[str, str]], hide: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """Headers as they were sent; `Bearer ***` for a token, stars for the values of cookies."""
    return tuple((name, _header(name.lower(), value, hide)) for name, value in headers)


def _secrets_of(headers: Iterable[tuple[str, str]], texts: Iterable[str]) -> Iterator[str]:
    """The credentials in headers, and in targets and bodies, to be hidden wherever else they turn up."""
    found: set[str] = set()
    for name, value in headers:
        if name.lower() in _CREDENTIALS:
            matched = _SCHEME.fullmatch(value)
            found.add((matched[2] if matched else value).strip())
        elif name.lower() in _COOKIES:
            found.update(part.partition("=")[2].strip() for part in value.split(";")[: 1 if "set" in name else None])
    for text in texts:
        for place in _places(text):
            found.update(form for match in place.finditer(text) for form in (match[2], unquote_plus(match[2])))
    return (one for one in found if len(one) >= _TELLING)


def _places(text: str) -> tuple[re.Pattern[str], ...]:
    """Where to look for credentials: nowhere in most bodies, and what is sought there would take its time."""
    folded = text.casefold()  # as IGNORECASE has it
    return _PLACES if any(name in folded for name in _NAMES) else ()


def _header(name: str, value: str, hide: Callable[[str], str]) -> str:
    if name in _CREDENTIALS:
        matched = _SCHEME.fullmatch(value)
        # Of a value that has no scheme we know, or nothing behind it, any word may be the secret.
        return f"{matched[1]} {STARS}" if matched else STARS if value.strip().lower() not in {"", "bearer"} else value
    if name in _COOKIES:
        return STARS
    return hide(value)
