"""The waivers' file: breaks that may land, why, and until when. Read with places, and laid on the changes.

    waivers:
      - rule: property-removed
        pointer: /components/schemas/Pet/properties/age
        reason: Nobody sends it; agreed in #12.
        expires: 2027-01-31

`rule` is the id of a kind of change. `pointer` is a JSON pointer as the report shows it, in the head, else in the base:
a waiver covers the breaks of its rule that stand there or below, so that one entry can speak for a whole component.
`expires` is its last day, in UTC: the same moment passes or fails in every zone. All four are required, and there are
no others. A waiver is a debt: one that is expired, or that no break of this comparison needs, is an error.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.diagnostics import Consequence, Location, Severity, UnusableInputError, arrange, rule
from generator.document.parser import parse
from generator.document.tree import Array, Object
from generator.review.catalogue import CHANGES
from generator.review.change import Waiver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.document.tree import Json
    from generator.review.change import Change

WAIVER_INVALID = rule(
    "waiver-invalid",
    Severity.ERROR,
    "a waiver must have rule, pointer, reason and expires, all of them valid",
    Consequence.NONE,
)
WAIVER_EXPIRED = rule(
    "waiver-expired", Severity.ERROR, "a waiver covers nothing after its last day, which ends in UTC", Consequence.NONE
)
WAIVER_UNUSED = rule("waiver-unused", Severity.ERROR, "a waiver must cover a break", Consequence.NONE)

_KEYS: Final = ("rule", "pointer", "reason", "expires")
_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)+")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def load(path: Path) -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """The waivers of a file, and what is wrong with it; nothing at all where there is no file.

    An entry with a fault is left out: what cannot be read excuses nothing.
    """
    file = path.as_posix()
    try:
        value, findings = parse(path.read_text(encoding="utf-8-sig"), file)
    except FileNotFoundError:
        return (), ()
    except UnusableInputError as error:
        return (), error.diagnostics
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        return (), (WAIVER_INVALID.at(Location(file, 1, 1), f"cannot read {file!r}: {reason}"),)
    faults = list(findings)
    waivers = tuple(_read(value, file, faults))
    return waivers, arrange(faults)


def apply(
    changes: Sequence[Change], waivers: Sequence[Waiver], today: date
) -> tuple[tuple[Change, ...], tuple[Diagnostic, ...]]:
    """The changes, in order, each break with the first waiver that covers it; and the waivers that are no good.

    A waiver holds to the end of its last day; `today` is in UTC. One that has expired covers nothing.
    """
    live = [one for one in waivers if date.fromisoformat(one.expires) >= today]
    marked = tuple(
        replace(change, waiver=next((one for one in live if _covers(one, change)), None))
        if change.is_breaking
        else change
        for change in changes
    )
    findings = [
        WAIVER_EXPIRED.at(
            one.location, f"{_named(one)} expired on {one.expires} (UTC): mend the break, or agree on a later day"
        )
        for one in waivers
        if one not in live
    ]
    findings += [
        WAIVER_UNUSED.at(one.location, f"{_named(one)} covers nothing: {_idle(one, changes)}")
        for one in live
        if not any(change.is_breaking and _covers(one, change) for change in changes)
    ]
    return marked, arrange(findings)


def _covers(waiver: Waiver, change: Change) -> bool:
    return change.rule == waiver.rule and _reaches(waiver, change)


def _reaches(waiver: Waiver, change: Change) -> bool:
    """Whether the change stands at the waiver's pointer or below, on either side."""
    places = [place.pointer for place in (change.after, change.before) if place is not None]
    return any(f"{pointer}/".startswith(f"{waiver.pointer}/") for pointer in places)


def _idle(waiver: Waiver, changes: Sequence[Change]) -> str:
    """Why a waiver is not needed, and what to do."""
    if any(_covers(waiver, change) for change in changes):
        return "what changes there by this rule breaks nobody; delete it"
    others = sorted({change.rule for change in changes if change.is_breaking and _reaches(waiver, change)})
    if others:
        return f"what breaks there is of another rule ({', '.join(others)}); mend or delete it"
    return "no such break between the two descriptions; delete it"


def _named(waiver: Waiver) -> str:
    return f"the waiver of {waiver.rule} at {waiver.pointer}"


def _read(value: Json, file: str, faults: list[Diagnostic]) -> Iterator[Waiver]:
    """The sound entries of a parsed file; what is wrong is added to `faults`."""
    if not isinstance(value, Object):
        start = value.location if isinstance(value, Array) else Location(file, 1, 1)
        faults.append(WAIVER_INVALID.at(start, "the file must hold an object with `waivers`, a list; `[]` where none"))
        return
    faults += [
        WAIVER_INVALID.at(value.places[key], f"there is no {key!r} here: the file holds `waivers`")
        for key in value
        if key != "waivers"
    ]
    entries = value.get("waivers")
    if not isinstance(entries, Array):
        place = value.places.get("waivers", value.location)
        faults.append(WAIVER_INVALID.at(place, "`waivers` must be a list; `[]` where there are none"))
        return
    seen = dict[tuple[str, str], Location]()
    for entry, place in zip(entries, entries.places, strict=True):
        wrong = list(_faults(entry, place))
        faults += wrong
        if wrong or not isinstance(entry, Object):
            continue
        waiver = Waiver(**{key: str(entry[key]).strip() for key in _KEYS}, location=place)
        first = seen.setdefault((waiver.rule, waiver.pointer), place)
        if first is place:
            yield waiver
        else:
            faults.append(WAIVER_INVALID.at(place, f"{_named(waiver)} stands twice, first at line {first.line}"))


def _faults(entry: Json, place: Location) -> Iterator[Diagnostic]:
    """What is wrong with one entry, all of it."""
    if not isinstance(entry, Object):
        yield WAIVER_INVALID.at(place, f"a waiver is an object of {', '.join(_KEYS)}")
        return
    for key in entry:
        if key not in _KEYS:
            yield WAIVER_INVALID.at(entry.places[key], f"a waiver has no {key!r}, only {', '.join(_KEYS)}")
    for key in _KEYS:
        if key not in entry:
            yield WAIVER_INVALID.at(place, f"the waiver has no `{key}`")
        elif (fault := _fault(key, entry[key])) is not None:
            yield WAIVER_INVALID.at(entry.places[key], fault)


def _fault(key: str, value: Json) -> str | None:
    """What is wrong with a field; `None` where nothing is."""
    if not isinstance(value, str) or not value.strip():
        return f"`{key}` must be a text that is not empty"
    if key == "rule" and value not in CHANGES:
        near = get_close_matches(value, CHANGES, n=1)
        return f"there is no kind of change {value!r}" + (f"; {near[0]!r} is near" if near else "")
    if key == "pointer" and not _POINTER.fullmatch(value):
        return f"{value!r} is no JSON pointer such as /components/schemas/Pet/properties/age"
    if key == "expires" and not _is_date(value):
        return f"{value!r} is no date such as 2027-01-31"
    return None


def _is_date(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and date.fromisoformat(text) is not None
    except ValueError:
        return False
