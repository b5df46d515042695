"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .etc_passwd import AsyncEtcPasswd, EtcPasswd
from .pets_import_os import AsyncPetsImportOs, PetsImportOs

__all__ = [
    "PetsImportOs",
    "AsyncPetsImportOs",
    "EtcPasswd",
    "AsyncEtcPasswd",
]
