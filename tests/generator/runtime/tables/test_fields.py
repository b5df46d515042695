"""What a model says of its paths."""

from __future__ import annotations

import pytest

from generator.runtime.tables.fields import resolve
from generator.runtime.tables.paths import EACH, PathError, parse
from tests.generator.runtime.tables.orders import Order


@pytest.mark.parametrize(
    ("path", "steps", "kind"),
    [
        ("day", ("day",), "date"),
        ("lines.amount", ("lines", EACH, "amount"), "number"),
        ("lines[2].amount", ("lines", 2, "amount"), "number"),
        ("lines.discounts[1].reason", ("lines", EACH, "discounts", 1, "reason"), "text"),
        ("tags", ("tags", EACH), "text"),
        ("tags[0]", ("tags", 0), "text"),
        ("notes.anything at all", ("notes", "anything at all"), "text"),
        ("region__c", ("region__c",), "any"),
        ("region__c.inner", ("region__c", "inner"), "any"),
        ("score_9", ("score_9",), "integer"),
        ("payment.kind", ("payment", "kind"), "enum"),
        ("payment.paid", ("payment", "paid"), "number"),
        ("lines.size", ("lines", EACH, "size"), "enum"),
        ("followedBy.followedBy.lines.amount", ("followedBy", "followedBy", "lines", EACH, "amount"), "number"),
        ('["odd.name"]', ("odd.name",), "text"),
        ("placedAt", ("placedAt",), "time"),
        ("reference", ("reference",), "choice"),
    ],
)
def test_a_path_leads_to_a_value(path: str, steps: tuple[str | int, ...], kind: str) -> None:
    found, there = resolve(Order, path)
    assert (found, there.kind) == (steps, kind)


def test_what_options_of_a_choice_share_is_of_all_of_them() -> None:
    assert resolve(Order, "payment.kind")[1].values == ("card", "cash")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("dya", 'there is no "dya" here (did you mean "day"?)'),
        ("lines.price", 'there is no "price" in lines'),
        ("placed_at", 'there is no "placed_at" here (did you mean "placedAt"?)'),
        ("lines", "lines is no single value: say what in it, such as lines.amount"),
        ("customer", "customer is no single value: say what in it, such as customer.number"),
        ("notes", "notes is no single value: say what in it"),
        ("day.of", "day is a single value, and has nothing in it"),
        ("day[0]", "day is no array, and has no elements"),
        ("lines.discounts.amount", "which element of lines.discounts it is must be said, such as lines.discounts[0]"),
    ],
)
def test_a_path_that_leads_nowhere_says_why(path: str, message: str) -> None:
    with pytest.raises(PathError) as caught:
        resolve(Order, path)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["", ".", "a.", "a..b", "[0]", "a[", "a[x]", "a[-1]", "a[0]b", '["a', "a]"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(PathError):
        parse(text)
