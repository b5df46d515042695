"""What a cell means, by the type of its value and the formats of its column."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.runtime.tables.cells import Formats, reader
from generator.runtime.tables.fields import Type, resolve
from generator.runtime.tables.forms import Form, FormError
from generator.runtime.tables.rows import Broken, Cell, CellError, Shown
from tests.generator.runtime.tables.orders import Order

BERLIN = Formats(zone=ZoneInfo("Europe/Berlin"))
WORDS = Formats(values={"Ja": True, "Nein": False, "": False, "n/a": None})


@pytest.mark.parametrize(
    ("path", "formats", "cell", "value"),
    [
        ("lines.name", Formats(), " 00123 ", " 00123 "),
        ("lines.name", Formats(), 7, "7"),
        ("lines.name", Formats(), Decimal("1.10"), "1.10"),
        ("lines.name", Formats(), Decimal("1E+999999"), "1E+999999"),
        ("lines.name", Formats(date=Form("dd.mm.yy")), date(2026, 11, 5), "05.11.26"),
        ("lines.name", Formats(time=Form("h:mm am/pm d/m/yyyy")), datetime(2026, 11, 5, 0, 7), "12:07 AM 5/11/2026"),
        ("lines.amount", Formats(), "+.50", Decimal("0.50")),
        ("lines.amount", Formats(), "007", 7),
        ("lines.amount", Formats(",", " "), "1\u00a0234\u202f567,5", Decimal("1234567.5")),
        ("lines.amount", Formats(), "9" * 4000, int("9" * 4000)),
        ("lines.quantity", Formats(), "2.00", 2),
        ("paid", Formats(), "TRUE", True),
        ("paid", Formats(), False, False),
        ("paid", WORDS, " Ja", True),
        ("paid", WORDS, None, False),
        ("paid", WORDS, "n/a", None),
        ("paid", WORDS, "true", True),
        ("paid", Formats(), None, None),
        ("priority", Formats(), "2", 2),
        ("priority", Formats(), Shown(3), 3),
        ("status", Formats(), " Sent ", "Sent"),
        ("day", Formats(), date(2026, 11, 5), "2026-11-05"),
        ("day", Formats(), datetime(2026, 11, 5), "2026-11-05"),
        ("day", Formats(date=Form("m/d/yy")), "2/28/26", "2026-02-28"),
        ("day", Formats(date=Form("yyyymmdd")), "20260228", "2026-02-28"),
        ("entered", Formats(), "2026-11-05T08:00:00", "2026-11-05 08:00:00"),
        ("entered", Formats(), date(2026, 11, 5), "2026-11-05 00:00:00"),
        ("placedAt", Formats(), "2026-11-05 08:00:00Z", "2026-11-05T08:00:00+00:00"),
        ("placedAt", Formats(), "2026-11-05 08:00:00+02:00", "2026-11-05T08:00:00+02:00"),
        ("placedAt", BERLIN, "2026-11-05 08:00:00", "2026-11-05T08:00:00+01:00"),
        ("placedAt", BERLIN, datetime(2026, 7, 5, 8), "2026-07-05T08:00:00+02:00"),
        ("placedAt", Formats(zone=timezone(timedelta(hours=-3))), "2026-07-05 08:00:00", "2026-07-05T08:00:00-03:00"),
        ("region__c", Formats(), "1.50", "1.50"),
        ("region__c", Formats(), Shown(Decimal("1.5")), Decimal("1.5")),
        ("region__c", Formats(), datetime(2026, 11, 5, 8), "2026-11-05T08:00:00"),
        ("region__c", Formats(), datetime(2026, 11, 5), "2026-11-05"),
        ("region__c", Formats(), date(2026, 11, 5), "2026-11-05"),
        ("reference", Formats(), "007", "007"),
        ("weight", Formats(), "1.5", Decimal("1.5")),
        ("weight", Formats(), "false", False),
    ],
)
def test_a_cell_is_a_value(path: str, formats: Formats, cell: Cell | None, value: Any) -> None:
    found = reader(resolve(Order, path)[1], formats)(cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("path", "formats", "cell", "message"),
    [
        ("lines.amount", Formats(), "", 'must be a number such as 1234.56, not ""'),
        ("lines.amount", Formats(), "12,5O", 'must be a number such as 1234.56, not "12,5O"'),
        (
            "lines.amount",
            Formats(),
            "1 234",
            'not "1 234"; if that is right, the mapping must say decimal: "," and thou',
        ),
        (
            "lines.amount",
            Formats(thousands=","),
            "12,34",
            'not "12,34"; if that is right, the mapping must say decimal: ","',
        ),
        ("lines.amount", Formats(), "1e5", "digits are lost"),
        ("lines.amount", Formats(), "\u0661", "must be a number"),
        ("lines.amount", Formats(), "NaN", "must be a number"),
        ("lines.amount", Formats(), "9" * 4001, '99..."'),
        ("lines.amount", Formats(), True, 'must be a number such as 1234.56, not "TRUE"'),
        ("lines.amount", Formats(), Broken("holds the error #N/A"), "holds the error #N/A"),
        ("lines.quantity", Formats(), "1.5", "must be a whole number"),
        ("lines.quantity", Formats(), Decimal("1E+999999"), "must be a whole number"),
        ("paid", Formats(), 1, 'must be true or false, not "1"'),
        ("priority", Formats(), "4", 'must be one of 1, 2, 3, not "4"'),
        ("day", Formats(), "2026-02-30", 'must be a date of the form yyyy-mm-dd, not "2026-02-30"'),
        ("day", Formats(date=Form("yyyymmdd")), "2026228", "must be a date of the form yyyymmdd"),
        ("day", Formats(), time(8), 'must be a date of the form yyyy-mm-dd, not "08:00:00"'),
        ("entered", Formats(), "2026-11-05 08:00:00Z", "must be a time without an offset"),
        ("entered", Formats(), "8:00", "must be a time of the form yyyy-mm-dd hh:mm:ss"),
        (
            "entered",
            Formats(time=Form("d/m/yyyy h:mm am/pm")),
            "5/11/2026 13:00 PM",
            "must be a time of the form d/m/yyyy",
        ),
        ("placedAt", Formats(), "2026-11-05 08:00:00", "must have an offset such as +01:00"),
        ("placedAt", BERLIN, "2026-10-25 02:30:00", "a clock shows twice or never"),
        ("placedAt", BERLIN, "2026-03-29 02:30:00", "a clock shows twice or never"),
        ("weight", Formats(), "x", 'must be a number such as 1234.56, not "x"; or must be true or false'),
        ("lines.name", Formats(), date(2026, 11, 5), "is a date, and text is needed"),
    ],
)
def test_a_cell_that_is_none_says_why(path: str, formats: Formats, cell: Cell, message: str) -> None:
    with pytest.raises(CellError) as caught:
        reader(resolve(Order, path)[1], formats)(cell)
    assert message in str(caught.value)


def test_no_cell_is_a_file() -> None:
    with pytest.raises(CellError, match="no cell can hold"):
        reader(Type("other"), Formats())("x")


@pytest.mark.parametrize(
    "text", ["", "dd.mm", "dd.mm.yyyy.dd", "hh:mm", "dd.mm.yyyy mm", "dd.mm.yyyy ss", "x", "%d.%m.%Y", "dd.mm.yyyy q"]
)
def test_what_is_no_form_of_dates_is_refused(text: str) -> None:
    with pytest.raises(FormError, match="must be a form of dates"):
        Form(text)
