"""The example of a tenant's overlay gives a client with typed custom fields, by the command that it names."""

from __future__ import annotations

import importlib
import json
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import yaml
from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]
OVERLAY = ROOT / "spec" / "overlays" / "example-tenant.yaml"
ITEM = {"amount": 10, "chargeName": "Setup", "serviceStartDate": "2026-11-01"}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("acme")
    (line,) = [line for line in OVERLAY.read_text("utf-8").splitlines() if "python -m generator" in line]
    command = shlex.split(line.lstrip("# "))
    assert (command[0], command[-2:]) == ("python", ["--output", "build"])
    subprocess.run([sys.executable, *command[1:-1], str(folder)], cwd=ROOT, check=True, capture_output=True)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    yield importlib.import_module("acme_invoices")
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme_invoices"]:
        del sys.modules[name]


def invoice(**fields: Any) -> dict[str, Any]:
    return {"accountNumber": "A1", "invoiceDate": "2026-11-01", "invoiceItems": [ITEM], **fields}


def test_custom_fields_are_sent_and_read_as_what_they_are(acme: ModuleType) -> None:
    sent: list[Any] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        sent.append(json.loads(request.content))
        answer = {"success": True, "id": "1", "costCentre__c": "4711-EU", "approvedOn__c": "2026-11-02"}
        return httpx2.Response(200, json=answer)

    with acme.Client(base_url="https://acme.example", token="t", http_client=httpx2.MockTransport(handle)) as client:
        made = client.invoices.create_standalone_invoice(
            invoice(costCentre__c="4711-EU", approvedOn__c=date(2026, 11, 2), channel__c="Online", other__c=1)
        )
    assert (made.cost_centre_c, made.approved_on_c) == ("4711-EU", date(2026, 11, 2))
    (body,) = sent
    assert {name: body[name] for name in body if name.endswith("__c")} == {
        "costCentre__c": "4711-EU",
        "approvedOn__c": "2026-11-02",
        "channel__c": "Online",
        "other__c": 1,
    }


def test_custom_fields_are_checked(acme: ModuleType) -> None:
    model = acme.models.PostInvoiceType
    with pytest.raises(ValidationError) as error:
        model.model_validate(invoice(approvedOn__c="soon", channel__c="Else", customRates=[]))
    found = {one.path: one.rule for one in acme.violations(error.value)}
    assert found.keys() == {"costCentre__c", "approvedOn__c", "channel__c", "customRates"}


def test_our_own_client_has_none_of_it() -> None:
    described = yaml.safe_load((ROOT / "spec" / "openapi.yaml").read_text("utf-8"))
    assert "costCentre__c" not in described["components"]["schemas"]["PostInvoiceType"]["properties"]
