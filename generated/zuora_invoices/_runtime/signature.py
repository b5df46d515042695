"""What credentials add to a request."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - so that the signature of this class can be shown

from msgspec import Struct

from .secret import Secret  # noqa: TC001 - as above


class Signature(Struct, frozen=True):
    """What a credential adds to a request. Never shown: it holds secrets."""

    headers: Mapping[str, Secret] = {}
    query: Mapping[str, Secret] = {}
    token: Secret | None = None
    """The bearer token in it, if another one can be had."""
    secrets: tuple[Secret, ...] = ()
    """Whatever of it a server could echo."""

    def __repr__(self) -> str:
        return "Signature(***)"

    def __reduce__(self) -> str:
        raise TypeError("a signature is not pickled: it holds secrets")
