"""schemathesis, which knows nothing but the description, looks for faults of the sandbox, and finds none.

All of its checks run, and those of schemathesis_hooks.py. For each of the two operations it sends the examples, some
1,200 requests that go along the edges of the description (coverage), and `max-examples` random good and bad ones
(fuzzing). There are no links between the two operations, and so there is nothing stateful to try.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.description import BUNDLED, ROOT
from tests.sandbox.schemathesis_hooks import ENTITY, ORG
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running
from zuora_invoices_sandbox.tenant.model import Feature, Group
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox import Tenant

CONFIG = Path(__file__).with_name("schemathesis.toml")


def tenant() -> Tenant:
    """The default tenant with every feature, for which all headers mean something."""
    one = default()
    users = tuple(user.model_copy(update={"entities": (ENTITY,), "orgs": (ORG,)}) for user in one.users)
    return one.model_copy(
        update={
            "features": frozenset(Feature),
            "entities": (Group(id=ENTITY, name="The only one"),),
            "orgs": (Group(id=ORG, name="The only one"),),
            "users": users,
        }
    )


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(tenant()) as one:
        yield one


@pytest.fixture
def url(sandbox: Sandbox) -> Iterator[str]:
    with running(sandbox) as address:
        yield address


def token(sandbox: Sandbox, url: str) -> str:
    form = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "grant_type": "client_credentials",
    }
    return str(httpx2.post(f"{url}/oauth/token", data=form).json()["access_token"])


@pytest.mark.slow
@pytest.mark.parametrize("operation", ["createStandaloneInvoice", "createStandaloneInvoices"])
def test_schemathesis_finds_nothing(
    sandbox: Sandbox, url: str, operation: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "--no-color"]
    command += ["--config-file", str(CONFIG), "run", "--url", url, "--include-operation-id", operation]
    # The same requests in CI each time; a developer's runs go on looking for new ones.
    command += ["--seed", "1"] if os.environ.get("CI") else []
    done = subprocess.run(
        [*command, str(BUNDLED)],
        env={**os.environ, "SANDBOX_TOKEN": token(sandbox, url), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert caplog.records == []
    assert {call.status for call in sandbox.calls} <= {200, 400, 401, 403, 405, 415}
    assert len(sandbox.invoices) > 20, "hardly anything good was tried"


def test_no_check_is_left_out() -> None:
    configured = tomllib.loads(CONFIG.read_text("utf-8"))
    assert not any(one.get("enabled") is False for part in ("checks", "phases") for one in configured[part].values())


def test_whatever_a_caller_takes_is_answered(sandbox: Sandbox, url: str) -> None:
    """The check in the place of the one that schemathesis has of Accept-Encoding; its hooks say why."""
    headers = {"Authorization": f"Bearer {token(sandbox, url)}", "Content-Type": "application/json"}
    order = {
        "accountNumber": "A00000001",
        "invoiceDate": "2026-11-21",
        "invoiceItems": [{"amount": 1, "serviceStartDate": "2026-11-21", "chargeName": "Work"}],
    }
    for takes in ("", "identity", "br", "gzip;q=0", "*;q=0", "deflate, zstd", "gzip;q=x", ";;,,"):
        answer = httpx2.post(f"{url}/v1/invoices", json=order, headers={**headers, "Accept-Encoding": takes})
        assert answer.json()["success"] is True, takes
        assert "Content-Encoding" not in answer.headers, takes
    packed = httpx2.post(f"{url}/v1/invoices", json=order, headers={**headers, "Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
