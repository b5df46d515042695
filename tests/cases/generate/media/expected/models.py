"""The objects of Notes: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, ClassVar

from pydantic import Field

from ._runtime import model as _model
from ._runtime.files import Upload
from ._runtime.values import Integer

__all__ = [
    "ImportNotesRequestMultipart",
    "Note",
    "NoteRequest",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class ImportNotesRequestMultipart(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"back"})

    file: Upload
    file_name: str | None = None
    n: Integer | None = None
    cover: Upload | None = None
    back: Upload | None = None


class Note(ResponseModel):
    text: str
    stars: Integer | None = None


class NoteRequest(RequestModel):
    text: str
    stars: Annotated[Integer | None, Field(le=5)] = None
