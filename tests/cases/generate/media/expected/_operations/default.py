"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Any

from .. import models
from .._runtime.operation import Body, Operation, Parameter, Response

EMPTY_204 = Response("204")

READ_NOTE: Operation[models.Note | bytes] = Operation(
    id="readNote",
    method="GET",
    path="/notes",
    responses=(
        Response("200", "application/json", lambda: models.Note),
        Response("200", "application/vnd.note+json", lambda: models.Note),
    ),
    accepts=("application/json", "application/vnd.note+json", "application/xml"),
    others=(Response("200", "application/xml", bytes),),
)

IMPORT_NOTES: Operation[None] = Operation(
    id="importNotes",
    method="PUT",
    path="/notes",
    body=Body("application/json", lambda: list[models.NoteRequest], required=False),
    bodies=(
        Body("multipart/form-data", lambda: models.ImportNotesRequestMultipart, required=False),
        Body("application/zip", bytes, required=False),
        Body("application/gzip", bytes, required=False),
    ),
    responses=(EMPTY_204,),
)

ADD_NOTE: Operation[None] = Operation(
    id="addNote",
    method="POST",
    path="/notes",
    parameters=(Parameter("content_type", "content_type2", "query", str, style="form", explode=True),),
    body=Body("application/json", lambda: models.NoteRequest, required=True),
    bodies=(
        Body("application/x-www-form-urlencoded", lambda: models.NoteRequest, required=True),
        Body("text/plain", str, required=True),
        Body("application/xml", bytes, required=True),
    ),
    responses=(EMPTY_204,),
)

FIND_NOTE: Operation[None] = Operation(
    id="findNote",
    method="GET",
    path="/notes/{text}",
    parameters=(
        Parameter("text", "text", "path", str, required=True),
        Parameter("like", "like", "query", str, style="form", explode=True),
        Parameter("mood", "mood", "header", str),
        Parameter("near", "near", "query", lambda: models.NoteRequest, style="form", explode=True, json=True),
    ),
    responses=(EMPTY_204,),
)

READ_PICTURE: Operation[bytes] = Operation(
    id="readPicture",
    method="GET",
    path="/pictures",
    responses=(Response("200", "image/png", bytes), Response("200", "image/jpeg", bytes)),
    accepts=("image/png", "image/jpeg"),
)

SET_PICTURE: Operation[None] = Operation(
    id="setPicture",
    method="PUT",
    path="/pictures",
    body=Body("image/png", bytes, required=True),
    bodies=(Body("image/jpeg", bytes, required=True), Body("application/octet-stream", bytes, required=True)),
    responses=(EMPTY_204,),
)

DRAW_PICTURE: Operation[None] = Operation(
    id="drawPicture",
    method="POST",
    path="/pictures",
    body=Body("application/json", lambda: models.NoteRequest, required=True, written="application/json;v=1"),
    responses=(EMPTY_204,),
)

READ_VERSION: Operation[models.Note | str] = Operation(
    id="readVersion",
    method="GET",
    path="/versions",
    responses=(Response("200", "application/json", lambda: models.Note, written="application/json;version=2"),),
    accepts=("application/json", "text/plain"),
    others=(Response("200", "text/plain", str, written="text/plain;format=flowed"),),
)

ADD_VERSION: Operation[models.Note] = Operation(
    id="addVersion",
    method="POST",
    path="/versions",
    body=Body("application/json", lambda: models.NoteRequest, required=True, written="application/json;version=2"),
    bodies=(
        Body("text/plain", str, required=True, written='text/plain; format="flowed"'),
        Body("text/xml", str, required=True),
        Body("application/xml", bytes, required=True, written="application/xml;charset=iso-8859-1"),
        Body("application/yaml", bytes, required=True),
    ),
    responses=(
        Response("200", "application/json", lambda: models.Note, written="application/json; version=2"),
        Response("400", "application/json", Any),
        Response("400", "application/problem+json", Any, written="application/problem+json; v=1"),
    ),
)
