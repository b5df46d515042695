"""The fixtures for pytest, in runs of their own: as in a project that has installed the package."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
ORDER = """
from datetime import date
from decimal import Decimal

import pytest

DAY = date(2026, 11, 21)

def order(account):
    from zuora_invoices import models

    item = models.PostInvoiceItemType(amount=Decimal("19.99"), service_start_date=DAY, charge_name="Set-up")
    return models.PostInvoiceType(account_number=account, invoice_date=DAY, invoice_items=[item])

"""
WITHOUT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"starlette", "uvicorn", "sqlalchemy", "psycopg", "yaml", "pycountry"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project that has installed the package: its runs know the fixtures by the entry point."""
    pytester.makeini("[pytest]\naddopts = --strict-markers\nfilterwarnings = error\n")
    return pytester


@pytest.mark.slow
def test_a_client_bills_in_a_sandbox_of_its_own(project: pytest.Pytester) -> None:
    project.makepyfile(
        ORDER
        + """
def one(zuora_sandbox, zuora_client):
    account = zuora_sandbox.tenant.accounts[0].number
    made = zuora_client.invoices.create_standalone_invoice(order(account))
    assert [invoice.id for invoice in zuora_sandbox.invoices] == [made.id]
    assert zuora_sandbox.invoices[0].amount == Decimal("19.99")
    return made.id

ids = []

def test_first(zuora_sandbox, zuora_client):
    ids.append(one(zuora_sandbox, zuora_client))

def test_second(zuora_sandbox, zuora_client):
    ids.append(one(zuora_sandbox, zuora_client))
    assert ids[0] == ids[1]  # the same seed: the same ids

@pytest.mark.zuora_sandbox(seed=7)
def test_third(zuora_sandbox, zuora_client):
    assert one(zuora_sandbox, zuora_client) not in ids

def test_async(zuora_sandbox, zuora_async_client):
    import asyncio

    account = zuora_sandbox.tenant.accounts[0].number
    made = asyncio.run(zuora_async_client.invoices.create_standalone_invoice(order(account)))
    assert [invoice.id for invoice in zuora_sandbox.invoices] == [made.id]
"""
    )
    project.runpytest_subprocess().assert_outcomes(passed=4)


@pytest.mark.slow
def test_the_marker_makes_it_go_wrong(project: pytest.Pytester) -> None:
    project.makepyfile(
        ORDER
        + """
from zuora_invoices_sandbox import Fault, FaultPolicy

pytestmark = pytest.mark.zuora_sandbox(faults=FaultPolicy(1, [Fault.UNAVAILABLE]))

def test_it(zuora_sandbox, zuora_client):
    import zuora_invoices

    with pytest.raises(zuora_invoices.ServerError):
        zuora_client.with_options(max_retries=0).invoices.create_standalone_invoice(order("any"))

@pytest.mark.zuora_sandbox(faults=None)
def test_the_nearest_marker_wins(zuora_sandbox):
    assert zuora_sandbox.faults.policy is None
"""
    )
    project.runpytest_subprocess().assert_outcomes(passed=2)


@pytest.mark.slow
def test_a_project_says_its_tenant_and_seed(project: pytest.Pytester) -> None:
    from zuora_invoices_sandbox.tenant.source import default

    text = (ROOT / "sandbox/zuora_invoices_sandbox/tenant/default.yaml").read_text("utf-8")
    own = text.replace(f"name: {default().name}", "name: Own & Co.", 1)
    project.path.joinpath("own.yaml").write_text(own, "utf-8")
    project.makeini("[pytest]\nzuora_sandbox_tenant = own.yaml\nzuora_sandbox_seed = 5\n")
    project.makepyfile("def test_it(zuora_sandbox):\n    assert zuora_sandbox.tenant.name == 'Own & Co.'\n")
    project.runpytest_subprocess().assert_outcomes(passed=1)
    project.makeini("[pytest]\nzuora_sandbox_seed = many\n")
    project.runpytest_subprocess().stdout.fnmatch_lines(["*zuora_sandbox_seed is a number, not 'many'*"])


@pytest.mark.slow
def test_without_the_extra_the_fixtures_say_what_is_missing(project: pytest.Pytester) -> None:
    project.makeconftest(WITHOUT)
    project.makepyfile(
        """
def test_without():
    pass

def test_with(zuora_client):
    pass
"""
    )
    result = project.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=1)
    sentence = "the fixtures of zuora-invoices need its extra: pip install 'zuora-invoices[[]sandbox]' (* is missing)"
    result.stdout.fnmatch_lines([sentence])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py:*")


@pytest.mark.slow
def test_a_run_that_asks_for_nothing_loads_nothing(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
import sys

HEAVY = {"starlette", "uvicorn", "sqlalchemy", "psycopg", "yaml", "pycountry", "pydantic", "httpx2", "msgspec"}

def pytest_unconfigure(config):
    print("loaded:", sorted(HEAVY.intersection(sys.modules)))
"""
    )
    project.makepyfile("def test_nothing():\n    pass\n")
    result = project.runpytest_subprocess("-p", "no:hypothesispytest")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["loaded: [[]]"])


@pytest.mark.slow
def test_pytest_starts_without_the_extra(project: pytest.Pytester) -> None:
    project.makeconftest(WITHOUT)
    result = project.runpytest_subprocess("--version")
    assert (result.ret, result.stdout.str()) == (0, f"pytest {pytest.__version__}\n".rstrip("\n"))
    markers = project.runpytest_subprocess("--markers")
    markers.stdout.fnmatch_lines(["@pytest.mark.zuora_sandbox(tenant=None, seed=0, faults=None, frozen_time=None): *"])
