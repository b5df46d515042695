"""What a caller may give as a file, and what becomes of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.runtime.files import File, Upload

if TYPE_CHECKING:
    from pathlib import Path

UPLOAD: TypeAdapter[Any] = TypeAdapter(Upload)


def read(value: object) -> File:
    found: File = UPLOAD.validate_python(value)
    assert type(found) is File
    assert all(one is found for one in [UPLOAD.dump_python(found)])
    return found


@pytest.mark.parametrize(
    "given", [b"\x00\xff", bytearray(b"\x00\xff"), memoryview(b"\x00\xff"), io.BytesIO(b"\x00\xff")]
)
def test_bytes_have_no_name(given: object) -> None:
    assert read(given) == File(b"\x00\xff", "file", "application/octet-stream")


def test_paths_and_open_files_bring_their_names(tmp_path: Path) -> None:
    file = tmp_path / "page 1.png"
    file.write_bytes(b"png")
    expected = File(b"png", "page 1.png", "image/png")
    assert read(file) == expected
    with file.open("rb") as opened:
        assert read(opened) == expected
    other = tmp_path / "unheard.of-it"
    other.write_bytes(b"")
    assert read(other) == File(b"", "unheard.of-it", "application/octet-stream")


def test_a_file_says_it_itself() -> None:
    file = File(b"x", "a.txt", "text/plain")
    assert read(file) is file
    assert repr(file) == "File(1 bytes, 'a.txt', 'text/plain')"


@pytest.mark.parametrize("given", ["page.png", 1, None, io.StringIO("text"), [b"x"], object()])
def test_what_could_be_meant_in_two_ways_or_none_is_refused(given: object) -> None:
    with pytest.raises(ValidationError, match="must be a file: bytes, a Path, an open binary file or a File"):
        read(given)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="cannot be read: No such file"):
        read(tmp_path / "none")
