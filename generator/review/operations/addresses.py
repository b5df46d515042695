"""Addresses of servers, as two are told apart."""

from __future__ import annotations

import re
from typing import Final

VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
"""A variable of an address, or a parameter of a path."""
ORIGIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
_PORTS: Final = {"http": ":80", "https": ":443"}


def address(url: str) -> str:
    """What two addresses share that are the same: but for case, for a port and a slash, and for names of variables."""
    url = VARIABLE.sub("{}", url)
    if (origin := ORIGIN.match(url)) is not None:
        plain = origin[0].lower()
        plain = plain.removesuffix(_PORTS.get(plain.partition(":")[0], "\0"))
        url = plain + url[origin.end() :]
    return url.rstrip("/") or "/"


def joined(place: str, path: str) -> str:
    """An address and a path below it."""
    return place.rstrip("/") + path if path else place
