"""The wheel holds the generated package alone, and works in an environment with nothing else in it."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.loopback import Answer, serving

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
EXAMPLE = """
import sys
from datetime import date
from decimal import Decimal
from zuora_invoices import AsyncClient, Client, models

with Client(base_url=sys.argv[1], token="t") as client:
    item = models.PostInvoiceItemType(
        amount=Decimal("19.99"), service_start_date=date(2026, 11, 21), charge_name="Set-up"
    )
    order = models.PostInvoiceType(
        account_number="A00000001", invoice_date=date(2026, 11, 21), invoice_items=[item]
    )
    invoice = client.invoices.create_standalone_invoice(order, idempotency_key="order-4711")
    assert type(invoice) is models.Invoice
    print(invoice.amount)
"""


def run(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder)
    (made,) = folder.glob("*.whl")
    return made


def test_it_holds_the_generated_package_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    package = ROOT / "generated" / "zuora_invoices"
    expected = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    needed = [line.partition(": ")[2] for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    assert sorted(one.partition("<")[0].partition(">")[0] for one in needed) == ["httpx2", "msgspec", "pydantic"]


@pytest.mark.slow
def test_it_runs_where_nothing_else_is_installed(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", _pins(tmp_path), wheel
    )
    script = tmp_path / "example.py"
    script.write_text(EXAMPLE, encoding="utf-8")
    with serving(lambda _: Answer(body=b'{"success": true, "id": "1", "amount": 19.99}')) as server:
        assert run(python, "-I", script, server.url, cwd=tmp_path) == "19.99\n"
    assert server.last.target == "/v1/invoices"
    assert b'"amount":19.99' in server.last.body


def _pins(folder: Path) -> Path:
    """The versions of the lock, without its hashes, which pip takes for all requirements or for none."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = folder / "constraints.txt"
    pins.write_text(
        "\n".join(line.rstrip(" \\") for line in lines if line and not line.startswith(" ")), encoding="utf-8"
    )
    return pins
