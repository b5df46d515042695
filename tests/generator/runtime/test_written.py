"""Bounds of dates and times are about the text that goes out for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

from generator.runtime.values import Date, Instant
from generator.runtime.written import AsText

STRICT = ConfigDict(strict=True)


def times(**bounds: Any) -> TypeAdapter[datetime]:
    return TypeAdapter(Annotated[Instant, AsText(**bounds)], config=STRICT)


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("bounds", "value", "sent"),
    [
        ({"max_length": 40}, NOON, "2026-11-21T12:00:00+00:00"),
        ({"pattern": "Z$"}, NOON, "2026-11-21T12:00:00Z"),
        ({"pattern": "Z$"}, "2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z"),
        ({"max_length": 20}, NOON, "2026-11-21T12:00:00Z"),
        ({"pattern": r"\.[0-9]{3}Z$"}, NOON, "2026-11-21T12:00:00.000Z"),
        ({"pattern": r"\.[0-9]{6}"}, NOON, "2026-11-21T12:00:00.000000+00:00"),
        ({"matches": r"Z\Z"}, NOON, "2026-11-21T12:00:00Z"),
        ({"pattern": r"^.{19}\+02:00$"}, NOON.astimezone(timezone(timedelta(hours=2))), "2026-11-21T14:00:00+02:00"),
    ],
)
def test_a_time_goes_out_in_the_first_form_that_fits(bounds: dict[str, Any], value: Any, sent: str) -> None:
    type_ = times(**bounds)
    assert type_.dump_python(type_.validate_python(value)) == sent


@pytest.mark.parametrize(
    ("bounds", "value", "kind"),
    [
        ({"pattern": "^2025"}, NOON, "string_pattern_mismatch"),
        ({"matches": "^(?!2026)"}, NOON, "string_pattern_mismatch"),
        ({"max_length": 19}, NOON, "string_too_long"),
        ({"min_length": 40}, NOON, "string_too_short"),
        ({"pattern": r"\.[0-9]{3}Z$"}, NOON.replace(microsecond=1), "string_pattern_mismatch"),
        ({"pattern": "Z$"}, NOON.astimezone(timezone(timedelta(hours=2))), "string_pattern_mismatch"),
    ],
)
def test_a_time_that_fits_in_no_form_is_refused(bounds: dict[str, Any], value: datetime, kind: str) -> None:
    with pytest.raises(ValidationError) as error:
        times(**bounds).validate_python(value)
    assert [one["type"] for one in error.value.errors()] == [kind]


def test_a_date_has_one_form_and_stays_a_date() -> None:
    bounded = AsText(pattern="-01$", max_length=10)
    type_: TypeAdapter[date | None] = TypeAdapter(Annotated[Date | None, bounded], config=STRICT)
    first = date(2026, 11, 1)
    assert type_.validate_python("2026-11-01") == type_.dump_python(first) == first
    assert type_.validate_python(None) is type_.dump_python(None) is None
    for value in ("2026-11-02", date(2026, 11, 2)):
        with pytest.raises(ValidationError, match="match pattern"):
            type_.validate_python(value)
