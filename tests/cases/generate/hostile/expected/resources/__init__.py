"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .etc_passwd import AsyncEtcPasswd, EtcPasswd
    from .pets_import_os import AsyncPetsImportOs, PetsImportOs
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "PetsImportOs": "pets_import_os",
            "AsyncPetsImportOs": "pets_import_os",
            "EtcPasswd": "etc_passwd",
            "AsyncEtcPasswd": "etc_passwd",
        },
    )

__all__ = [
    "PetsImportOs",
    "AsyncPetsImportOs",
    "EtcPasswd",
    "AsyncEtcPasswd",
]
