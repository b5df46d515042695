"""The files of a description: which ones its references name, which of them may be read, and what stands in them."""

from __future__ import annotations

import os
import posixpath
import re
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from generator.diagnostics import Consequence, Location, Severity, UnusableInputError, rule
from generator.document.parser import parse
from generator.document.tree import Array, Json, Object, unescape

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic

UNREADABLE_FILE = rule(
    "unreadable-file", Severity.ERROR, "a file must exist, be readable and hold UTF-8 text", Consequence.FATAL
)
REMOTE_REF = rule(
    "remote-ref", Severity.ERROR, "a reference must stay on this machine: nothing is fetched", Consequence.UNCHECKED
)
OUTSIDE_REF = rule(
    "outside-ref", Severity.ERROR, "a reference must stay in the entry file's directory", Consequence.UNCHECKED
)
DEAD_FILE_REF = rule(
    "unresolvable-file-ref",
    Severity.ERROR,
    "a reference to another file must name something in it",
    Consequence.UNCHECKED,
)
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")

Target: TypeAlias = tuple[str, str]
"""A file, and a pointer into it."""


class Files:
    """The files that were read so far; what is wrong with them and with references to them is in `findings`.

    `root` and `overlays` are those of `load`.
    """

    def __init__(self, path: Path, root: Path, overlays: list[str]) -> None:
        self.entry = path.as_posix()
        self.own_uri = ""
        """What the entry file calls itself (`$self`)."""
        self.trees: dict[str, Json] = {}
        self.findings: list[Diagnostic] = []
        self._path = path
        self._root = root
        self._outside = {file for file in overlays if not _is_inside(file, path.parent)}
        self._directory = os.path.realpath(self._copied(self.entry).parent)
        self._hashes: list[str] = []

    def is_absent(self, overlay: str) -> bool:
        """Whether the copy of a description has no such overlay, as there was none then."""
        return self._root != Path() and overlay not in self._outside and not self._copied(overlay).is_file()

    def digest(self) -> str:
        """One digest over the names and bytes of all files that were read."""
        listing = "\n".join(sorted(self._hashes))
        return f"sha256:{sha256(listing.encode()).hexdigest()}"

    def _copied(self, file: str) -> Path:
        """The path that is read for a file."""
        path = Path(file)
        return (
            path
            if self._root == Path() or file in self._outside
            else Path(os.path.normpath(self._root / path.relative_to(path.anchor)))
        )

    def read(self, file: str, asked_from: Location) -> Json:
        """What a file holds.

        Raises:
            UnusableInputError: it cannot be read or parsed.
        """
        if file not in self.trees:
            try:
                raw = self._copied(file).read_bytes()
                text = raw.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                place = _byte_place(file, error)
                message = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
                raise UnusableInputError([*self.findings, UNREADABLE_FILE.at(place, message)]) from None
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or "the name is no path"
                found = UNREADABLE_FILE.at(asked_from, f"cannot read {file!r}: {reason}")
                raise UnusableInputError([*self.findings, found]) from None
            # The digest does not depend on how a checkout ends lines, nor on the folder.
            name = os.path.relpath(file, self._path.parent)
            content = sha256(raw.replace(b"\r\n", b"\n")).hexdigest()
            self._hashes.append(f"{Path(name).as_posix()} {content}")
            self.trees[file], findings = parse(text, file)
            self.findings += findings
        return self.trees[file]

    def target(self, ref: str, file: str, place: Location | None) -> Target | None:
        """The file and pointer that a reference in `file` names; with no place, nothing is reported."""
        name, _, fragment = ref.partition("#")
        if not name:
            return file, unquote(fragment)
        if name == self.own_uri:
            return self.entry, unquote(fragment)
        name = unquote(name)
        if is_remote(name):
            if place:
                self.findings.append(REMOTE_REF.at(place, f"{ref!r} is remote: copy what it names beside this file"))
            return None
        other = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
        try:
            real = os.path.realpath(self._copied(other))
            inside = os.path.commonpath([real, self._directory]) == self._directory
            if real == os.path.realpath(self._copied(self.entry)):
                other = self.entry
        except (ValueError, OSError):  # a NUL in the name, another drive
            inside = False
        if not inside:
            if place:
                directory = PurePosixPath(self.entry).parent.as_posix()
                self.findings.append(OUTSIDE_REF.at(place, f"{ref!r} leads out of the directory {directory!r}"))
            return None
        return other, unquote(fragment)

    def find(self, target: Target, place: Location) -> tuple[Json, Location] | None:
        """What stands at a target, and where; reports a dead one."""
        file, pointer = target
        if not _is_file(self._copied(file)):
            self.findings.append(DEAD_FILE_REF.at(place, f"there is no file {file!r}"))
            return None
        value = self.read(file, place)
        where = start_of(value, file)
        for token in pointer.split("/")[1:] if pointer.startswith("/") else ([pointer] if pointer else []):
            below = _member(value, unescape(token))
            if below is None:
                self.findings.append(DEAD_FILE_REF.at(place, f"there is nothing at {pointer!r} in {file!r}"))
                return None
            value, where = below
        return value, where


def is_remote(reference: str) -> bool:
    """Whether a reference leads to another machine, or is a URI of another kind."""
    return _REMOTE.match(reference) is not None


def start_of(value: Json, file: str) -> Location:
    """Where a file begins to say something."""
    return value.location if isinstance(value, (Object, Array)) else Location(file, 1, 1)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file has so long a name
        return False


def _is_inside(file: str, folder: Path) -> bool:
    """Whether a file is in a folder or below it."""
    inside = os.path.realpath(folder)
    return os.path.commonpath([os.path.realpath(file), inside]) == inside


def _member(value: Json, key: str) -> tuple[Json, Location] | None:
    if isinstance(value, Object) and key in value:
        return value[key], value.places.get(key, value.location)
    if isinstance(value, Array) and len(key) < 10 and key.isdecimal() and int(key) < len(value):
        return value[int(key)], value.places[int(key)]
    return None


def _byte_place(file: str, error: UnicodeDecodeError) -> Location:
    before = error.object[: error.start].decode("utf-8-sig", "replace")
    return Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
