"""A review as JSON, for programs: `generator/review/review.schema.json` says what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.review.change import Level, Wire
from generator.review.forms import headline, messages

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic, Location
    from generator.review.change import Change, Evidence, Place, Review, SymbolChange, Waiver

SCHEMA: Final = "urn:spec-review:1"
"""The `$id` of the schema that the text keeps to. Another number says that readers of this one may fail."""

_Object: TypeAlias = "dict[str, object]"
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def as_json(review: Review) -> str:
    """One object; every member is always there, `null` or empty where there is nothing. Numbers keep every digit."""
    versions = review.versions
    report: _Object = {
        "$schema": SCHEMA,
        "verdict": headline.verdict(review),
        "outcome": headline.outcome(review),
        "passes": review.passes,
        "base": review.base,
        "head": review.head,
        "counts": _counts(review),
        "versions": {
            "base": versions.base,
            "head": versions.head,
            "package": versions.package,
            "needed": versions.needed,
            "level": versions.level,
            "head_says_it": versions.head_says_it,
            "package_says_it": versions.package_says_it,
            "explanation": versions.explanation,
        },
        "changes": [_change(one) for one in review.changes],
        "findings": [_diagnostic(one) for one in review.findings],
        "problems": [_diagnostic(one) for one in review.problems],
        "drift": review.drift,
        "generated": None
        if review.generated is None
        else [{"path": one.path, "added": one.added, "removed": one.removed} for one in review.generated],
        "hints": [
            {"message": one.message, "location": _location(one.location) if one.location else None}
            for one in review.hints
        ],
        "notes": review.notes,
    }
    return msgspec.json.format(_ENCODER.encode(report), indent=2).decode() + "\n"


def _counts(review: Review) -> _Object:
    breaking = messages.of_level(review, Level.MAJOR)
    on_the_wire = sum(one.wire is Wire.BREAKING for one in breaking)
    return {
        **{name: len(messages.of_level(review, level)) for level, name in messages.GROUPS.items()},
        "breaking_on_the_wire": on_the_wire,
        "breaking_in_python_only": len(breaking) - on_the_wire,
        "waived": len(breaking) - len(review.unwaived),
    }


def _change(one: Change) -> _Object:
    return {
        "rule": one.rule,
        "message": one.message,
        "level": one.level,
        "wire": one.wire,
        "side": one.side,
        "python": one.python,
        "before": _place(one.before),
        "after": _place(one.after),
        "uses": [{"operation": use.operation, "part": use.part, "path": use.path} for use in one.uses],
        "symbols": [_symbol(symbol) for symbol in one.symbols],
        "evidence": _evidence(one.evidence),
        "waiver": _waiver(one.waiver),
    }


def _location(one: Location) -> _Object:
    return {"file": one.file, "line": one.line, "column": one.column}


def _place(one: Place | None) -> _Object | None:
    return None if one is None else {"pointer": one.pointer, **_location(one.location)}


def _symbol(one: SymbolChange) -> _Object:
    return {
        "symbol": one.symbol,
        "kind": one.kind,
        "level": one.level,
        "before": one.before,
        "after": one.after,
        "message": one.message,
    }


def _evidence(one: Evidence | None) -> _Object | None:
    if one is None:
        return None
    return {
        "value": one.value,
        "accepted_before": one.accepted_before,
        "accepted_after": one.accepted_after,
        "reason": one.reason,
    }


def _waiver(one: Waiver | None) -> _Object | None:
    if one is None:
        return None
    return {
        "rule": one.rule,
        "pointer": one.pointer,
        "reason": one.reason,
        "expires": one.expires,
        **_location(one.location),
    }


def _diagnostic(one: Diagnostic) -> _Object:
    return {**_location(one.location), "rule": one.rule, "severity": one.severity, "message": one.message}
