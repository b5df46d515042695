"""The operations on default."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from .._operations import default as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from typing import Literal

    from .. import models
    from .._runtime.options import Options


class Default(SyncResource):
    """The operations on default.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    @overload
    def read_note(
        self,
        *,
        accept: Literal["application/json", "application/vnd.note+json"] | None = None,
        options: Options | None = None,
    ) -> models.Note: ...

    @overload
    def read_note(self, *, accept: Literal["application/xml"], options: Options | None = None) -> bytes: ...

    def read_note(
        self,
        *,
        accept: Literal["application/json", "application/vnd.note+json", "application/xml"] | None = None,
        options: Options | None = None,
    ) -> models.Note | bytes:
        """readNote

        An answer of application/xml is taken as it is: what the description says of it is not checked.

        Args:
            accept: The media type of the answer. Left out, it is application/json or application/vnd.note+json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.READ_NOTE, {"accept": accept}, None, options)

    def import_notes(
        self,
        body: list[models.NoteRequest] | models.ImportNotesRequestMultipart | bytes | None = None,
        *,
        content_type: Literal["application/json", "multipart/form-data", "application/zip", "application/gzip"]
        | None = None,
        options: Options | None = None,
    ) -> None:
        """importNotes

        Args:
            content_type: The media type of the body. Left out, the type of `body` decides, and of what tells nothing,
                as a dict, it is application/json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.IMPORT_NOTES, {"content_type": content_type}, body, options)

    def add_note(
        self,
        body: models.NoteRequest | str | bytes,
        *,
        content_type2: str | None = None,
        content_type: Literal["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml"]
        | None = None,
        options: Options | None = None,
    ) -> None:
        """addNote

        A body of application/xml is taken as it is: what the description says of it is not checked.

        Args:
            content_type: The media type of the body. Left out, the type of `body` decides, and of what tells nothing,
                as a dict, it is application/json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(
            _operations.ADD_NOTE, {"content_type2": content_type2, "content_type": content_type}, body, options
        )

    def find_note(
        self,
        text: str,
        *,
        like: str | None = None,
        mood: str | None = None,
        near: models.NoteRequest | None = None,
        options: Options | None = None,
    ) -> None:
        """findNote

        Left out is the query parameter 'tree', which is neither JSON, nor text.

        Left out is the query parameter 'form', which is neither JSON, nor text.

        Left out is the header parameter 'whole', which is neither JSON, nor text.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(
            _operations.FIND_NOTE, {"text": text, "like": like, "mood": mood, "near": near}, None, options
        )

    def read_picture(
        self, *, accept: Literal["image/png", "image/jpeg"] | None = None, options: Options | None = None
    ) -> bytes:
        """readPicture

        Args:
            accept: The media type of the answer. Left out, it is image/png or image/jpeg.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.READ_PICTURE, {"accept": accept}, None, options)

    def set_picture(
        self,
        body: bytes,
        *,
        content_type: Literal["image/png", "image/jpeg", "application/octet-stream"] | None = None,
        options: Options | None = None,
    ) -> None:
        """setPicture

        Args:
            content_type: The media type of the body. Left out, the type of `body` decides, and of what tells nothing,
                as a dict, it is image/png.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.SET_PICTURE, {"content_type": content_type}, body, options)

    def draw_picture(self, body: models.NoteRequest, *, options: Options | None = None) -> None:
        """drawPicture

        Left out is a second body of application/json.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.DRAW_PICTURE, {}, body, options)

    @overload
    def read_version(
        self, *, accept: Literal["application/json"] | None = None, options: Options | None = None
    ) -> models.Note: ...

    @overload
    def read_version(self, *, accept: Literal["text/plain"], options: Options | None = None) -> str: ...

    def read_version(
        self, *, accept: Literal["application/json", "text/plain"] | None = None, options: Options | None = None
    ) -> models.Note | str:
        """readVersion

        Args:
            accept: The media type of the answer. Left out, it is application/json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.READ_VERSION, {"accept": accept}, None, options)

    def add_version(
        self,
        body: models.NoteRequest | str | bytes,
        *,
        content_type: Literal["application/json", "text/plain", "text/xml", "application/xml", "application/yaml"]
        | None = None,
        options: Options | None = None,
    ) -> models.Note:
        """addVersion

        Args:
            content_type: The media type of the body. Left out, the type of `body` decides, and of what tells nothing,
                as a dict, it is application/json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.ADD_VERSION, {"content_type": content_type}, body, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    @overload
    async def read_note(
        self,
        *,
        accept: Literal["application/json", "application/vnd.note+json"] | None = None,
        options: Options | None = None,
    ) -> models.Note: ...

    @overload
    async def read_note(self, *, accept: Literal["application/xml"], options: Options | None = None) -> bytes: ...

    async def read_note(
        self,
        *,
        accept: Literal["application/json", "application/vnd.note+json", "application/xml"] | None = None,
        options: Options | None = None,
    ) -> models.Note | bytes:
        """readNote

        Arguments and errors are those of `Default.read_note`.
        """
        return await self._call(_operations.READ_NOTE, {"accept": accept}, None, options)

    async def import_notes(
        self,
        body: list[models.NoteRequest] | models.ImportNotesRequestMultipart | bytes | None = None,
        *,
        content_type: Literal["application/json", "multipart/form-data", "application/zip", "application/gzip"]
        | None = None,
        options: Options | None = None,
    ) -> None:
        """importNotes

        Arguments and errors are those of `Default.import_notes`.
        """
        return await self._call(_operations.IMPORT_NOTES, {"content_type": content_type}, body, options)

    async def add_note(
        self,
        body: models.NoteRequest | str | bytes,
        *,
        content_type2: str | None = None,
        content_type: Literal["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml"]
        | None = None,
        options: Options | None = None,
    ) -> None:
        """addNote

        Arguments and errors are those of `Default.add_note`.
        """
        return await self._call(
            _operations.ADD_NOTE, {"content_type2": content_type2, "content_type": content_type}, body, options
        )

    async def find_note(
        self,
        text: str,
        *,
        like: str | None = None,
        mood: str | None = None,
        near: models.NoteRequest | None = None,
        options: Options | None = None,
    ) -> None:
        """findNote

        Arguments and errors are those of `Default.find_note`.
        """
        return await self._call(
            _operations.FIND_NOTE, {"text": text, "like": like, "mood": mood, "near": near}, None, options
        )

    async def read_picture(
        self, *, accept: Literal["image/png", "image/jpeg"] | None = None, options: Options | None = None
    ) -> bytes:
        """readPicture

        Arguments and errors are those of `Default.read_picture`.
        """
        return await self._call(_operations.READ_PICTURE, {"accept": accept}, None, options)

    async def set_picture(
        self,
        body: bytes,
        *,
        content_type: Literal["image/png", "image/jpeg", "application/octet-stream"] | None = None,
        options: Options | None = None,
    ) -> None:
        """setPicture

        Arguments and errors are those of `Default.set_picture`.
        """
        return await self._call(_operations.SET_PICTURE, {"content_type": content_type}, body, options)

    async def draw_picture(self, body: models.NoteRequest, *, options: Options | None = None) -> None:
        """drawPicture

        Arguments and errors are those of `Default.draw_picture`.
        """
        return await self._call(_operations.DRAW_PICTURE, {}, body, options)

    @overload
    async def read_version(
        self, *, accept: Literal["application/json"] | None = None, options: Options | None = None
    ) -> models.Note: ...

    @overload
    async def read_version(self, *, accept: Literal["text/plain"], options: Options | None = None) -> str: ...

    async def read_version(
        self, *, accept: Literal["application/json", "text/plain"] | None = None, options: Options | None = None
    ) -> models.Note | str:
        """readVersion

        Arguments and errors are those of `Default.read_version`.
        """
        return await self._call(_operations.READ_VERSION, {"accept": accept}, None, options)

    async def add_version(
        self,
        body: models.NoteRequest | str | bytes,
        *,
        content_type: Literal["application/json", "text/plain", "text/xml", "application/xml", "application/yaml"]
        | None = None,
        options: Options | None = None,
    ) -> models.Note:
        """addVersion

        Arguments and errors are those of `Default.add_version`.
        """
        return await self._call(_operations.ADD_VERSION, {"content_type": content_type}, body, options)
