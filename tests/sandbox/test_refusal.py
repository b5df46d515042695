"""Codes of reasons: eight digits, their own for each field, with the description's categories."""

from __future__ import annotations

import pytest

from tests.description import BUNDLE
from tests.generated.test_rules import REQUESTS
from zuora_invoices import models
from zuora_invoices._operations.invoices import FAILURE
from zuora_invoices_sandbox.fields import fields_of
from zuora_invoices_sandbox.refusal import Category, Refused, general, reason, unexpected


def test_the_categories_are_those_of_the_description() -> None:
    assert {one.number for one in FAILURE.categories} == set(Category)


def test_early_and_transient_categories_have_the_names_that_the_service_goes_by() -> None:
    early = {Category(one.number) for one in FAILURE.categories if one.early}
    transient = {Category(one.number) for one in FAILURE.categories if one.transient}
    assert early == {Category.DENIED, Category.UNAUTHENTICATED, Category.LIMIT}
    assert transient == {Category.LOCKED, Category.TEMPORARY, Category.LIMIT}


def test_a_code_of_the_descriptions_examples() -> None:
    made = reason(models.PostInvoiceType, "accountId", Category.INVALID, "No account is found")
    assert made.code == 58490020
    assert str(made.code) in str(BUNDLE["components"]["responses"])
    assert made.category is Category.INVALID


@pytest.mark.parametrize("category", Category)
def test_a_code_has_eight_digits_and_is_of_one_field(category: Category) -> None:
    reasons = [
        reason(model, name, category, "") for model, _ in REQUESTS.values() for name in [*fields_of(model).names, None]
    ]
    reasons += [general(category, ""), unexpected(category, "")]
    codes = [one.code for one in reasons]
    assert len(set(codes)) == len(codes)
    assert all(len(str(code)) == 8 for code in codes)
    assert {one.category for one in reasons} == {category}


def test_what_is_not_declared_is_of_the_object() -> None:
    for model, _ in REQUESTS.values():
        assert reason(model, "colour", Category.UNKNOWN_FIELD, "") == reason(model, None, Category.UNKNOWN_FIELD, "")


def test_a_refusal_says_why() -> None:
    refused = Refused([general(Category.RULE, "one"), general(Category.RULE, "two")], 400)
    assert str(refused) == "one; two"
    assert (refused.status, [one.message for one in refused.reasons]) == (400, ["one", "two"])
