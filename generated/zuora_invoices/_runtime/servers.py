"""Where an operation is called whose description gives it servers of its own."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from .address import Address, parse


@lru_cache(maxsize=256)
def server_of(base: Address, own: tuple[str, ...], known: tuple[str, ...]) -> Address:
    """The address to call: `base` is that of the client, `own` the operation's servers, `known` those of the API.

    It is the first of `own`, where a relative one is taken from `base`. But a client whose base is none of `known`, as
    that of a proxy or of a test server, calls no other host; and one whose base is among `own` stays there.

    Raises:
        ValueError: a server is no address.
    """
    if not own:
        return base
    addresses = [resolved(one, base) for one in own]
    is_moved = is_absolute(own[0]) and base not in map(parse, known)
    return base if is_moved or base in addresses else addresses[0]


def resolved(url: str, base: Address) -> Address:
    """The address of a server; a relative URL is one from the base, as from a folder.

    Raises:
        ValueError: it is none.
    """
    return parse(urljoin(f"{base}/", url))


def is_absolute(url: str) -> bool:
    """Whether a URL names a host."""
    return bool(urlsplit(url).netloc)
