"""Where requests go: a base URL, taken apart once."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import quote, urlsplit

from msgspec import Struct

_PORTS: Final = {"http": 80, "https": 443}
_BRACKETED: Final = re.compile(r"\[[0-9A-Fa-f:.]+\](:[0-9]*)?")
_NAME: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_PLAIN: Final = re.compile(r"[!#-;=?-Z\[\]_a-z~%]*")
_DEBATED: Final = frozenset("ß\u03c2\u200c\u200d")
"""Letters of which it depends on the edition of the rules whose host they name (RFC 5894, 7.2)."""
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
        """The address of a URL; a relative one is below this address. Its end, be it a slash or a query, is kept."""
        path, mark, query = url.partition("?")
        if "://" not in path:
            scheme, host, port, path = self.scheme, self.host, self.port, f"{self.path}/{path.lstrip('/')}"
        else:
            found = parse(path)
            scheme, host, port, path = found.scheme, found.host, found.port, found.path + "/" * path.endswith("/")
        return Address(scheme, host, port, quoted(path + mark + query))


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
    except ValueError:  # it shows what it is about, and so would one that is raised here
        parts, host, port = None, None, None
    if parts is None:
        raise ValueError("is no address: its host or its port is none")
    if parts.scheme not in _PORTS or not host or port == 0:
        raise ValueError("must begin with https:// or http:// and name a host, and a port above 0 if any")
    if "@" in parts.netloc:
        raise ValueError("must hold no user and no password: credentials are arguments of their own")
    if "?" in url or "#" in url:
        raise ValueError("must end with the path: a query or a fragment would swallow what comes after")
    if not (host := _known(host, parts.netloc)):
        raise ValueError("names a host that no network knows; names in other letters have an ASCII form, xn--...")
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], quoted(parts.path).rstrip("/"))


def _known(host: str, netloc: str) -> str:
    """A host as the network knows it; nothing if it knows none, or might know another one."""
    try:
        if netloc.startswith("["):
            return str(ipaddress.IPv6Address(host)) if _BRACKETED.fullmatch(netloc) else ""
        if not _DEBATED.isdisjoint(host):
            return ""
        host = host.encode("idna").decode()
    except ValueError:
        return ""
    return host if _NAME.fullmatch(host) else ""


def quoted(target: str) -> str:
    """A path as it can stand in a request: what no URL may hold is quoted, and what is quoted stays so."""
    return target if _PLAIN.fullmatch(target) else quote(target, safe=_KEPT)
