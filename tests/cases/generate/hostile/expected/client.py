"""The clients of Pets \"""; import os; os.system('touch /tmp/pwned') #\""" {{ 7*7 }} \\."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from . import resources as _resources
from ._runtime import core

if TYPE_CHECKING:
    from typing import Unpack

    from ._runtime.options import Options
    from ._runtime.transport import AsyncHttpClient, HttpClient
    from .resources import AsyncEtcPasswd, AsyncPetsImportOs, EtcPasswd, PetsImportOs

_ENVIRONMENT = "HOSTILE_CLIENT"
_USER_AGENT = 'hostile_client/1"""\\'


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. `https://pets.example/"; import os; "` (The \""" server\\) by default.
        key_os_import: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `HOSTILE_CLIENT_KEY_OS_IMPORT`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str = 'https://pets.example/"; import os; "',
        key_os_import: str | None = None,
        http_client: HttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {"key_os_import": key_os_import},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def pets_import_os(self) -> PetsImportOs:
        """\"""; raise SystemExit(3) #"""
        return _resources.PetsImportOs(self)

    @cached_property
    def etc_passwd(self) -> EtcPasswd:
        """ends in a quote \""""
        return _resources.EtcPasswd(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. `https://pets.example/"; import os; "` (The \""" server\\) by default.
        key_os_import: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `HOSTILE_CLIENT_KEY_OS_IMPORT`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str = 'https://pets.example/"; import os; "',
        key_os_import: str | None = None,
        http_client: AsyncHttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {"key_os_import": key_os_import},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def pets_import_os(self) -> AsyncPetsImportOs:
        """\"""; raise SystemExit(3) #"""
        return _resources.AsyncPetsImportOs(self)

    @cached_property
    def etc_passwd(self) -> AsyncEtcPasswd:
        """ends in a quote \""""
        return _resources.AsyncEtcPasswd(self)
