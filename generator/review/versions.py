"""Which version comes next by semantic versioning (semver.org, 2.0.0), and whether head and package say it.

From 1.0.0 on a break asks for the next major version, anything else that code can see for the next minor one, and texts
for a patch. Before 1.0.0 semver promises nothing, but tools do: `^0.2.1` of npm, Cargo and Poetry takes 0.2.9 and not
0.3.0. So there a break raises the middle number, and all else the last one. A break that is waived counts as minor: it
lands without being said to be a break.

A pre-release promises nothing about the next. After 2.0.0-rc.1 the release 2.0.0 says any change, as it is what that
candidate was made for; and 2.0.0-rc.1 says a break of 1.4.0, as no range around 1.4.0 takes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from generator.review.change import Level, Versions
from generator.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.review.change import Change

_NUMBER: Final = r"(0|[1-9][0-9]{0,17})"
_IDENTIFIER: Final = r"(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_SEMVER: Final = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({_IDENTIFIER}(?:\.{_IDENTIFIER})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_PYTHON: Final = re.compile(r"([0-9.]*[0-9])\.?(a|b|rc|dev)([0-9]+)")

_ASKING: Final = {
    Level.MAJOR: "what breaks",
    Level.MINOR: "what breaks nobody",
    Level.PATCH: "what changes in texts",
}


class Version(msgspec.Struct, frozen=True):
    """A semantic version without its build metadata, which counts for nothing in comparisons."""

    core: tuple[int, int, int]
    pre_release: str = ""
    """The identifiers after the hyphen, such as `rc.1`; empty for a release."""

    def __str__(self) -> str:
        return ".".join(map(str, self.core)) + (f"-{self.pre_release}" if self.pre_release else "")

    @property
    def precedence(self) -> tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]:
        """Sorts as rule 11 of semver says: a release after its pre-releases, numbers as numbers and before words."""
        words = self.pre_release.split(".") if self.pre_release else []
        keys = [(False, len(word), word) if word.isdecimal() else (True, 0, word) for word in words]
        return self.core, not self.pre_release, tuple(keys)


def parse(text: str) -> Version | None:
    """The version that a text is; `None` where it is none by semver's grammar, as `1.0` and `v1.0.0` are not."""
    found = _SEMVER.fullmatch(text)
    return Version((int(found[1]), int(found[2]), int(found[3])), found[4] or "") if found else None


def needed(base: Version, level: Level) -> Version:
    """The least release after `base` that says changes of a level."""
    major, minor, patch = base.core
    if major == 0:
        level = Level.MINOR if level is Level.MAJOR else Level.PATCH
    ahead = bool(base.pre_release)  # the release that it announces is still to come
    if level is Level.MAJOR:
        return Version((major if ahead and minor == patch == 0 else major + 1, 0, 0))
    if level is Level.MINOR:
        return Version((major, minor if ahead and patch == 0 else minor + 1, 0))
    return Version((major, minor, patch if ahead else patch + 1))


def asked(changes: Sequence[Change]) -> Level | None:
    """What changes ask for together, a waived break as little as a compatible change; `None` where there are none."""
    levels = [Level.MINOR if change.is_breaking and change.waiver else change.level for change in changes]
    return max(levels, key=lambda one: one.weight, default=None)


def versions(base: str, head: str, package: str | None, changes: Sequence[Change]) -> Versions:
    """What base, head and package say of their versions, against what the changes ask for.

    `needed` is the base's version where nothing changed. It is empty where something did, and the base is no semantic
    version: then no version can be said to be enough. Texts alone ask for a patch too; whether a head that does not say
    so may land is the verdict's to decide. Where there is no package, nothing contradicts.
    """
    level = asked(changes)
    before, after = parse(base), parse(head)
    if level is None:
        least, enough = before, base
    else:
        least = None if before is None else needed(before, level)
        enough = "" if least is None else str(least)
    made = None if package is None else _of_python(package)
    head_says_it = _says(after, least, before, level)
    package_says_it = package is None or _says(made, least, before, level)
    # Only a break has to be said by the change that makes it.
    raised = "raise it" if level is Level.MAJOR else "raise it by the release"
    parts = [
        _asking(base, before, least, level, changes),
        _of_head(base, head, before, after, "" if head_says_it else f": {raised}"),
    ]
    if package is not None:
        parts.append(f"the package is {_shown(package, made)}" + ("" if package_says_it else f": {raised}"))
    text = "; ".join(parts)
    return Versions(base, head, package, enough, level, head_says_it, package_says_it, text[0].upper() + text[1:] + ".")


def _of_python(text: str) -> Version | None:
    """A version of a package, whose pre-releases Python writes as `1.0.0rc1`."""
    found = _PYTHON.fullmatch(text)
    return parse(f"{found[1]}-{found[2]}.{found[3]}" if found else text)


def _says(version: Version | None, least: Version | None, before: Version | None, level: Level | None) -> bool:
    if version is None or least is None or before is None:
        return level is None
    candidate = version.core == least.core and version.precedence > before.precedence
    return candidate or version.precedence >= least.precedence


def _asking(
    base: str, before: Version | None, least: Version | None, level: Level | None, changes: Sequence[Change]
) -> str:
    if level is None:
        return "nothing changed"
    what = _ASKING[level]
    if level is Level.MINOR and any(change.is_breaking for change in changes):
        what += " or is waived"
    if before is None or least is None:
        return f"{what} asks for a later version, but the base is {_shown(base, before)}"
    early = level is Level.MAJOR and before.core[0] == 0
    return f"{what} asks for {least} or later" + (" (before 1.0.0 a break raises the middle number)" if early else "")


def _of_head(base: str, head: str, before: Version | None, after: Version | None, raised: str) -> str:
    back = before is not None and after is not None and after.precedence < before.precedence
    if back:
        return f"`info.version` goes back from {base} to {head}"
    if not raised or before is None or after is None:
        return f"`info.version` is {_shown(head, after)}"
    return f"`info.version` is {'still ' if head == base else ''}{head}{raised}"


def _shown(text: str, version: Version | None) -> str:
    """A version as it stands, with a word on what is none."""
    if version is not None:
        return text
    return f"{shortened(text, 40)!r}, which is no semantic version such as 1.2.3"
