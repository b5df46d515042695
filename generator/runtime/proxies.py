"""Which proxy the environment names for an address: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, and but for `NO_PROXY`.

They are read as httpx2 reads them, but where no proxy is needed, one that cannot be used is not in the way.
"""

from __future__ import annotations

import ipaddress
import os
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import getproxies

from msgspec import Struct

from .secret import Secret

if TYPE_CHECKING:
    from .address import Address

_ALL: Final = "all"
_SCHEME: Final = r"(?i)[a-z][a-z0-9+.-]*(?=://)"
_BRACKETS: Final = r"\[(.*)\](?=/|$)"


class Proxy(Struct, frozen=True):
    """A proxy, and the variable that names it, as it is spelled there."""

    variable: str
    url: Secret
    """Nothing of it but its scheme may be shown: it may hold a password."""

    @property
    def scheme(self) -> str:
        """The scheme of its URL, in lower case; nothing if there is none to be told."""
        found = re.match(_SCHEME, self.url)
        return found[0].lower() if found else ""


class Proxies:
    """What the environment says of proxies at the moment when this is made."""

    def __init__(self) -> None:
        found = getproxies()
        hosts = [host.strip() for host in found.get("no", "").split(",")]
        self._exceptions = [one for host in hosts if (one := _exception(host)) is not None]
        named = {} if "*" in hosts else {scheme: found.get(scheme) for scheme in ("http", "https", _ALL)}
        self._proxies = {scheme: _proxy(scheme, url) for scheme, url in named.items() if url}

    def of(self, address: Address) -> Proxy | None:
        """The proxy that leads to an address; `None` where connections go there themselves."""
        proxy = self._proxies.get(address.scheme) or self._proxies.get(_ALL)
        return None if proxy is None or any(one.covers(address) for one in self._exceptions) else proxy


def _proxy(scheme: str, url: str) -> Proxy:
    # A name in lower case is the one that counts, and the greatest. Without any, it is a setting of the system.
    names = [name for name, value in os.environ.items() if name.lower() == f"{scheme}_proxy" and value == url]
    return Proxy(
        max(names, default=f"the system's setting for {scheme}"), Secret(url if "://" in url else f"http://{url}")
    )


class _Exception(Struct, frozen=True):
    """Hosts to which no proxy leads: a network, or a pattern of names."""

    scheme: str
    hosts: ipaddress.IPv4Network | ipaddress.IPv6Network | re.Pattern[str]
    port: int | None

    def covers(self, address: Address) -> bool:
        """Whether an address is one of them."""
        if self.scheme not in (_ALL, address.scheme) or self.port not in (None, address.port):
            return False
        if isinstance(self.hosts, re.Pattern):
            return self.hosts.fullmatch(address.host) is not None
        network = _network(address.host)
        return network is not None and network.network_address in self.hosts


def _exception(text: str) -> _Exception | None:
    """What one element of `NO_PROXY` means; nothing if it is none that is known.

    `example.com` is that and all below it, `.example.com` all below it, `https://example.com` that alone; `10.0.0.0/8`
    is a network. All but a network may have a port.
    """
    scheme, mark, host = text.rpartition("://")
    scheme, port = scheme.lower() or _ALL, None
    if (network := _network(host)) is None:
        try:
            parts = urlsplit(f"//{host}")
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return None
        if not text or (parts.path and not mark):
            return None
        network = _network(host)
    return _Exception(scheme, network or re.compile(_names(host, alone=bool(mark))), port)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(re.sub(_BRACKETS, r"\1", text), strict=False)
    except ValueError:
        return None


def _names(host: str, *, alone: bool) -> str:
    if host in ("", "*"):
        return ".*"
    name = re.escape(host.lstrip("*").removeprefix("."))
    if host.startswith((".", "*.")):
        return rf".+\.{name}"
    return name if host == "localhost" or (alone and not host.startswith("*")) else rf"(.+\.)?{name}"
