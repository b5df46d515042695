"""The operations of Files as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from ._runtime.operation import Operation, Response, SecurityScheme

LIST_FILES: Operation[None] = Operation(
    id="listFiles",
    method="GET",
    path="/files",
    responses=(Response("204"),),
    security=((SecurityScheme("header", "key", "Key"),),),
)

UPLOAD_FILE: Operation[None] = Operation(
    id="uploadFile",
    method="POST",
    path="/files",
    responses=(Response("204"),),
    security=((SecurityScheme("header", "key", "Key"),),),
    servers=("https://eu.upload.files.example/v1", "https://upload.files.test"),
)

PREVIEW: Operation[None] = Operation(
    id="preview",
    method="GET",
    path="/preview",
    responses=(Response("204"),),
    security=((SecurityScheme("header", "key", "Key"),),),
    servers=("/v2",),
)

SET_PREVIEW: Operation[None] = Operation(
    id="setPreview",
    method="PUT",
    path="/preview",
    responses=(Response("204"),),
    security=((SecurityScheme("header", "key", "Key"),),),
    servers=("../labs",),
)

DELETE_PREVIEW: Operation[None] = Operation(
    id="deletePreview",
    method="DELETE",
    path="/preview",
    responses=(Response("204"),),
    security=((SecurityScheme("header", "key", "Key"),),),
)

READ_STATUS: Operation[None] = Operation(
    id="readStatus",
    method="GET",
    path="/status",
    responses=(Response("204"),),
    servers=("/",),
)
