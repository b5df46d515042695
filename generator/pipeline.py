"""The stages in order: from the path of a description to the files of a package, or to what a review compares.

Reads, and writes nothing.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from generator import package, review
from generator.api import build
from generator.diagnostics import Consequence, arrange, is_fatal
from generator.document import MAX_DEPTH, bundle, load, upgrade
from generator.normalization import mend, normalize
from generator.policy import LENIENT
from generator.validation import begin
from generator.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.api.model import Api
    from generator.diagnostics import Diagnostic
    from generator.document.tree import Document
    from generator.policy import Policy
    from generator.review import Revision


_MOST_PLACES: Final = 6
"""Where many parts of a description have the same limit, so many places are named; each says it itself besides."""


_CALLS_A_LEVEL: Final = 25
"""So many calls stand within each other, at most, where a stage goes down one level of a description."""


class Output(msgspec.Struct, frozen=True):
    """The files of a package by their paths in it, none if a finding stops that; and what there is to say."""

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


class _Reading(msgspec.Struct, frozen=True):
    """What the first stages make of a description."""

    document: Document
    """As the author wrote it."""
    api: Api | None
    """As the templates get it; `None` where a finding is fatal."""
    found: tuple[Diagnostic, ...]
    last_word: Callable[[], tuple[Diagnostic, ...]]
    """What openapi-spec-validator finds besides, which may still be at it."""

    def findings(self) -> tuple[Diagnostic, ...]:
        """All of them, sorted by place."""
        return arrange((*self.found, *self.last_word()))


class Survey(msgspec.Struct, frozen=True):
    """A description that is being looked at for a review."""

    document: Document
    draft: Callable[[], Revision]
    """Gives it as soon as it is known what its package says: its files have no form yet, and there are no findings."""
    revision: Callable[[], Revision]
    """Gives all there is to know of it, and waits for that."""


@contextmanager
def _room() -> Iterator[None]:
    """Lets calls stand within each other as deep as what the parser takes may nest."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, MAX_DEPTH * _CALLS_A_LEVEL))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@_room()
def inspect(path: Path, overlays: Sequence[Path] = ()) -> tuple[Api | None, str, tuple[Diagnostic, ...]]:
    """The API as the templates get it, its bundled document, and every finding; no API if a finding is fatal.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    reading = _read(path, overlays)
    return reading.api, "" if reading.api is None else bundle(reading.document), reading.findings()


@_room()
def generate(path: Path, package: str, policy: Policy = LENIENT, overlays: Sequence[Path] = ()) -> Output:
    """The package that a description gives, overlays laid over it, named `package`, if the policy lets it be made.

    Findings that do nothing to the client are not looked for, unless the policy is strict.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    reading = _read(path, overlays, is_thorough=policy.is_strict)
    files = {} if any(map(policy.stops, reading.found)) else _begun(reading, package).files()
    findings = reading.findings()
    unused = policy.unused(findings)
    is_made = not unused and not any(map(policy.stops, findings))
    return Output(files if is_made else {}, arrange((*findings, *unused)))


@_room()
def begin_survey(
    path: Path,
    package: str,
    label: str,
    root: Path = Path(),
    overlays: Sequence[Path] = (),
    *,
    is_thorough: bool = True,
) -> Survey:
    """A description as a review wants it, with all that is made from it, on which other programs are still at work.

    `root` and `overlays` are as :func:`loader.load` has them. If not `is_thorough`, findings that do nothing to the
    client are not looked for.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    reading = _read(path, overlays, root, is_thorough=is_thorough)
    document, begun = upgrade(reading.document), _begun(reading, package)

    def draft() -> Revision:
        return review.Revision(label, document, reading.api, begun.sources(), ())

    @_room()
    def revision() -> Revision:
        return review.Revision(label, document, reading.api, begun.files(), reading.findings())

    return Survey(document, draft, revision)


def _read(path: Path, overlays: Sequence[Path], root: Path = Path(), *, is_thorough: bool = True) -> _Reading:
    document = load(path, root, overlays)
    found, last_word = begin(document, is_thorough=is_thorough)
    if is_fatal(found):
        return _Reading(document, None, found, last_word)
    normal = normalize(upgrade(mend(document, found)))
    api, unsupported = build(normal)
    found = arrange((*found, *normal.diagnostics, *unsupported))
    return _Reading(document, None if is_fatal(found) else _with_limits(api, found), found, last_word)


def _with_limits(api: Api, found: tuple[Diagnostic, ...]) -> Api:
    """The API, which says what of its description it does not check and does not have."""
    return replace(
        api,
        unchecked=tuple(_told(one for one in found if one.consequence is Consequence.UNCHECKED)),
        left_out=tuple(_told(one for one in found if one.consequence is Consequence.LEFT_OUT)),
    )


def _told(found: Iterable[Diagnostic]) -> Iterator[str]:
    """What findings say, each once, and where."""
    places: dict[str, list[str]] = {}
    for one in found:
        places.setdefault(one.message, []).extend([f"`{one.pointer}`"] if one.pointer else [])
    for message, pointers in places.items():
        yield f"{message} ({listed(pointers, limit=_MOST_PLACES)})" if pointers else message


def _begun(reading: _Reading, name: str) -> package.Begun:
    """The package, with its files in order; none where there is no API."""
    if reading.api is None:
        return package.Begun(sources=dict, files=dict)
    begun, bundled = package.begin(reading.api, name), bundle(reading.document)
    return package.Begun(begun.sources, lambda: dict(sorted({**begun.files(), "openapi.json": bundled}.items())))
