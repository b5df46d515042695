"""The fields of electronic invoices, which the vendor's reference and its SDK spell in two ways."""

from __future__ import annotations

import pytest

from zuora_invoices import models

VALUES = {"Status": "Generated", "ErrorCode": None, "ErrorMessage": "none", "FileId": "f1"}


@pytest.mark.parametrize("spelled", ["einvoice", "eInvoice"])
def test_both_spellings_are_one_field_and_come_back_as_they_came(spelled: str) -> None:
    answer = {"success": True, "id": "1", **{f"{spelled}{name}": value for name, value in VALUES.items()}}
    invoice = models.Invoice.model_validate(answer)
    assert (invoice.einvoice_status, invoice.einvoice_error_code) == ("Generated", None)
    assert (invoice.einvoice_error_message, invoice.einvoice_file_id) == ("none", "f1")
    assert invoice.to_wire() == answer
    batch = models.InvoicesResult.model_validate({"success": True, "invoices": [answer]})
    assert batch.to_wire() == {"success": True, "invoices": [answer]}
