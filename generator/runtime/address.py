"""Where requests go: a base URL, taken apart once."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from msgspec import Struct

_PORTS: Final = {"http": 80, "https": 443}
_PLAIN: Final = re.compile(r"[!#-;=?-Z\[\]_a-z~%]*")
_KEPT: Final = "%/:?#[]@!$&'()*+,;=-._~"


class Address(Struct, frozen=True):
    """A server, and the path below which its operations are; the path has no slash at its end."""

    scheme: str
    host: str
    """In lower case; a name in its ASCII form, an IPv6 address without brackets."""
    port: int
    path: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and port as the `Host` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def to(self, url: str) -> Address:
        """The address of a URL; a relative one is below this address."""
        return parse(url) if "://" in url else Address(self.scheme, self.host, self.port, self.path + quoted(url))


def parse(url: object) -> Address:
    """The address in a base URL.

    Raises:
        ValueError: it is none; says why, and does not show it, as it may hold a password.
    """
    if not isinstance(url, str) or not url.isprintable() or url != url.strip():
        raise ValueError("must be a printable string")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is no address: {error}") from None
    if parts.scheme not in _PORTS or not host:
        raise ValueError("must begin with https:// or http:// and name a host")
    if "@" in parts.netloc:
        raise ValueError("must hold no user and no password: credentials are arguments of their own")
    if "?" in url or "#" in url:
        raise ValueError("must end with the path: a query or a fragment would swallow what comes after")
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            raise ValueError("names a host that no network knows") from None
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], quoted(parts.path).rstrip("/"))


def quoted(target: str) -> str:
    """A path as it can stand in a request: what no URL may hold is quoted, and what is quoted stays so."""
    return target if _PLAIN.fullmatch(target) else quote(target, safe=_KEPT)
