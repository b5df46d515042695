"""What a fresh interpreter takes, in seconds and in memory: to import, to get a first answer, to hold many models."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from tests.bench import payload
from tests.bench.environment import ROOT
from tests.bench.rounds import NotMeasuredError

if TYPE_CHECKING:
    from tests.bench.environment import Environment

# Linux keeps the peak of the program that came before exec in ru_maxrss, so there it is read where exec resets it.
PROBE = """
import sys, time
code = compile(sys.argv[1], "probe", "exec")
started = time.perf_counter()
exec(code, {"url": sys.argv[2]})
seconds, processor = time.perf_counter() - started, time.process_time()
import json
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(json.dumps([seconds, processor, peak / 1024]), flush=True)
import os
os._exit(0)  # some peers wait for their threads
"""

OURS = "from zuora_invoices import AsyncClient, Client, models"
OURS_BARE = "import zuora_invoices"
FLOOR = "from pydantic import BaseModel; import httpx2"
FLOOR_BARE = "import pydantic, httpx2"
DATAMODEL_CODEGEN = "from bench_dmcg import AsyncClient, Client; import bench_dmcg_models"
OPENAPI_PYTHON_CLIENT = (
    "from bench_opc import AuthenticatedClient, models;"
    "from bench_opc.api.invoices import create_standalone_invoice, create_standalone_invoices"
)
VENDOR_SDK = "from zuora_sdk.zuora_client import ZuoraClient"

# The amount is that of the first item of `payload`, as the server answers for that.
_ITEM = {"amount": 100.1, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}
_INVOICE = {"accountNumber": "A00000001", "invoiceDate": "2026-11-21", "invoiceItems": [_ITEM]}

FIRST_OURS = """
from datetime import date
from decimal import Decimal
from zuora_invoices import Client, models
item = models.PostInvoiceItemType(
    amount=Decimal("100.1"), service_start_date=date(2026, 11, 21), charge_name="Set-up"
)
body = models.PostInvoiceType(account_number="A00000001", invoice_date=date(2026, 11, 21), invoice_items=[item])
assert Client(base_url=url, token="token").invoices.create_standalone_invoice(body).id
"""
FIRST_RAW = f"""
import httpx2
headers = {{"Content-Type": "application/json", "Authorization": "Bearer token"}}
answer = httpx2.Client().post(url + {payload.SINGLE_PATH!r}, content={payload.compact(_INVOICE)!r}, headers=headers)
assert answer.content
"""
FIRST_DATAMODEL_CODEGEN = """
from datetime import date
from bench_dmcg import Client
from bench_dmcg_models import PostInvoiceItemType, PostInvoiceType
item = PostInvoiceItemType(amount=100.1, serviceStartDate=date(2026, 11, 21), chargeName="Set-up")
body = PostInvoiceType(accountNumber="A00000001", invoiceDate=date(2026, 11, 21), invoiceItems=[item])
assert Client(base_url=url, bearer="token").invoices.create_standalone_invoice(body=body).root.id
"""
FIRST_OPENAPI_PYTHON_CLIENT = """
from datetime import date
from bench_opc import AuthenticatedClient
from bench_opc.api.invoices import create_standalone_invoice
from bench_opc.models import PostInvoiceItemType, PostInvoiceType
item = PostInvoiceItemType(amount=100.1, service_start_date=date(2026, 11, 21), charge_name="Set-up")
body = PostInvoiceType(account_number="A00000001", invoice_date=date(2026, 11, 21), invoice_items=[item])
client = AuthenticatedClient(base_url=url, token="token")
assert create_standalone_invoice.sync(client=client, body=body).id
"""


HELD_OURS = """
from datetime import date
from decimal import Decimal
from zuora_invoices.models import PostInvoiceItemType as Item, PostInvoiceType as Invoice
held = [
    Invoice(
        account_number=f"A{number:08}",
        invoice_date=date(2026, 11, 21),
        invoice_items=[Item(amount=Decimal(number), service_start_date=date(2026, 11, 21), charge_name="Set-up")],
    )
    for number in range(100_000)
]
"""
HELD_DATAMODEL_CODEGEN = """
from datetime import date
from bench_dmcg_models import PostInvoiceItemType as Item, PostInvoiceType as Invoice
held = [
    Invoice(
        accountNumber=f"A{number:08}",
        invoiceDate=date(2026, 11, 21),
        invoiceItems=[Item(amount=float(number), serviceStartDate=date(2026, 11, 21), chargeName="Set-up")],
    )
    for number in range(100_000)
]
"""


class Spent(NamedTuple):
    """What a fresh interpreter took."""

    seconds: float
    """Without its start."""
    processor: float
    """Seconds of the processor, its start included."""
    peak: float
    """Of its memory, in MiB."""


def run(code: str, environment: Environment, url: str = "") -> Spent:
    """What the code takes in a fresh interpreter.

    Raises:
        NotMeasuredError: it fails.
    """
    done = subprocess.run(
        [environment.python, "-c", PROBE, code, url],
        cwd=ROOT,
        env=environment.variables(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    try:
        return Spent(*json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, TypeError, ValueError):
        raise NotMeasuredError(done.stderr.strip().rpartition("\n")[2] or "it failed") from None
