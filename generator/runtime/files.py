"""Files in forms: what a caller gives, and what a part of a `multipart/form-data` body is made of."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, TypeAlias

from msgspec import Struct
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

BINARY = "application/octet-stream"


class File(Struct, frozen=True):  # a dataclass would be written as a dict
    """A file of a form: its bytes, the name that the server is told, and its media type."""

    content: bytes
    filename: str = "file"
    media_type: str = BINARY

    def __repr__(self) -> str:
        return f"File({len(self.content)} bytes, {self.filename!r}, {self.media_type!r})"

    @property
    def is_typed(self) -> bool:
        """Whether anything is known of what the file holds."""
        return self.media_type != BINARY


def read_file(value: object) -> object:
    """A file from its bytes, its path or an open binary file, which is read to its end.

    A path or an open file brings its name, and the media type that goes with the ending of the name. A plain string is
    refused: it could be meant as a path or as the content.
    """
    if isinstance(value, File):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return File(bytes(value))
    if isinstance(value, os.PathLike):
        path = Path(os.fspath(value))
        try:
            return _named(path.read_bytes(), path.name)
        except OSError as error:
            raise PydanticCustomError(
                "file_unreadable", "cannot be read: {reason}", {"reason": error.strerror or type(error).__name__}
            ) from None
    read = getattr(value, "read", None)
    content = read() if callable(read) else None
    if not isinstance(content, bytes):
        raise PydanticCustomError("file_type", "must be a file: bytes, a Path, an open binary file or a File")
    name = getattr(value, "name", None)
    return _named(content, Path(name).name) if isinstance(name, str) else File(content)


def _named(content: bytes, name: str) -> File:
    return File(content, name, mimetypes.guess_type(name)[0] or BINARY)


class _AsFile:
    """Annotation of what is read by `read_file`."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read whatever it is; the function has the say."""
        return core_schema.no_info_after_validator_function(read_file, core_schema.any_schema())

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: object) -> JsonSchemaValue:
        """As OpenAPI describes a file."""
        return {"type": "string", "format": "binary"}


Upload: TypeAlias = Annotated[File | bytes | os.PathLike[str] | IO[bytes], _AsFile()]
"""A file to send; once checked, it is a `File`."""
