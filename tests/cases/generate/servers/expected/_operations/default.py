"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Operation, Response, SecurityScheme

EMPTY_204 = Response("204")
SECURITY = ((SecurityScheme("header", "key", "Key"),),)

LIST_FILES: Operation[None] = Operation(
    id="listFiles",
    method="GET",
    path="/files",
    responses=(EMPTY_204,),
    security=SECURITY,
)

UPLOAD_FILE: Operation[None] = Operation(
    id="uploadFile",
    method="POST",
    path="/files",
    responses=(EMPTY_204,),
    security=SECURITY,
    servers=("https://eu.upload.files.example/v1", "https://upload.files.test"),
)

PREVIEW: Operation[None] = Operation(
    id="preview",
    method="GET",
    path="/preview",
    responses=(EMPTY_204,),
    security=SECURITY,
    servers=("/v2",),
)

SET_PREVIEW: Operation[None] = Operation(
    id="setPreview",
    method="PUT",
    path="/preview",
    responses=(EMPTY_204,),
    security=SECURITY,
    servers=("../labs",),
)

DELETE_PREVIEW: Operation[None] = Operation(
    id="deletePreview",
    method="DELETE",
    path="/preview",
    responses=(EMPTY_204,),
    security=SECURITY,
)

READ_STATUS: Operation[None] = Operation(
    id="readStatus",
    method="GET",
    path="/status",
    responses=(EMPTY_204,),
    servers=("/",),
)
