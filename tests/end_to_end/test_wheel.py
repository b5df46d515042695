"""What is released: a wheel with the generated package and the sandbox, which works where nothing else is installed.

Of an sdist with the same. They are made here; `DIST=dist` takes those of a folder, as `make try` does.
"""

from __future__ import annotations

import os
import re
import subprocess
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.loopback import Answer, serving
from tests.release import build, contents, faults, only

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
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sdist and the wheel that was made of it."""
    given = os.environ.get("DIST")
    return ROOT / given if given else build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    return only(dist, "*.whl")


@pytest.fixture(scope="module")
def sdist(dist: Path) -> Path:
    return only(dist, "*.tar.gz")


def files_of(*packages: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for package in packages
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


PACKAGES = files_of("generated/zuora_invoices", "sandbox/zuora_invoices_sandbox")


def test_nothing_is_wrong_with_what_is_made(dist: Path) -> None:
    assert list(faults(dist)) == []


def test_the_sdist_holds_what_the_wheel_is_made_of(sdist: Path) -> None:
    about = {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "CHANGELOG.md"}
    assert set(contents(sdist)) == PACKAGES | about | {"PKG-INFO", ".gitignore"}


def test_it_holds_two_packages_alone(wheel: Path) -> None:
    files = contents(wheel)
    names = {name for name in files if ".dist-info/" not in name}
    metadata = files[next(name for name in files if name.endswith("METADATA"))].decode()
    assert names == {name.partition("/")[2] for name in PACKAGES}
    needed = [
        line.partition(": ")[2]
        for line in metadata.splitlines()
        if line.startswith("Requires-Dist: ") and "extra ==" not in line
    ]
    assert sorted(one.partition("<")[0].partition(">")[0] for one in needed) == ["httpx2", "msgspec", "pydantic"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_it_runs_where_nothing_else_is_installed(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    made: Path = request.getfixturevalue(kind)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", _pins(tmp_path), made)
    missing = subprocess.run([tmp_path / "venv" / "bin" / "zuora-invoices-sandbox"], capture_output=True, check=False)
    assert missing.returncode == 1
    assert b'pip install "zuora-invoices[sandbox]"' in missing.stderr
    assert b"Traceback" not in missing.stderr
    missing = subprocess.run([tmp_path / "venv" / "bin" / "zuora-invoices"], capture_output=True, check=False)
    assert missing.returncode == 2
    assert missing.stderr == b'zuora-invoices: click is not installed: pip install "zuora-invoices[cli]"\n'
    script = tmp_path / "example.py"
    script.write_text(EXAMPLE, encoding="utf-8")
    with serving(lambda _: Answer(body=b'{"success": true, "id": "1", "amount": 19.99}')) as server:
        assert run(python, "-I", script, server.url, cwd=tmp_path) == "19.99\n"
    assert server.last.target == "/v1/invoices"
    assert b'"amount":19.99' in server.last.body


SERVED = """
import sys
from zuora_invoices import Client, models

with Client(base_url=sys.argv[1], client_id=sys.argv[2], client_secret=sys.argv[3]) as client:
    order = models.PostInvoiceType.model_validate({
        "accountNumber": "A00000001",
        "invoiceDate": "2026-11-21",
        "invoiceItems": [{"amount": 5, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}],
    })
    print(client.invoices.create_standalone_invoice(order).amount)
"""


@pytest.mark.slow
def test_the_sandbox_runs_with_its_extra_alone(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    tools = tmp_path / "venv" / "bin"
    pip = (tools / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--constraint", _pins(tmp_path), f"{wheel}[sandbox]")
    command = [str(tools / "zuora-invoices-sandbox"), "--port", "0", "--database", ":memory:"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            said = ""
            while "secret" not in said.lower():
                line = server.stdout.readline()
                assert line, said
                said += line
            url, client_id, secret = _told(said)
            made = run(tools / "python", "-I", "-c", SERVED, url, client_id, secret, cwd=tmp_path)
        finally:
            server.terminate()
    assert made == "5\n"


def _told(said: str) -> tuple[str, str, str]:
    """Base URL, client id and secret, from what the command prints."""
    found = re.search(r"(http://127\.0\.0\.1:\d+).*?(\S{36})$.*?secret\W+(\S+)", said, re.DOTALL | re.MULTILINE)
    assert found, said
    return found[1], found[2], found[3]


def _pins(folder: Path) -> Path:
    """The versions of the lock, without its hashes, which pip takes for all requirements or for none."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = folder / "constraints.txt"
    pins.write_text(
        "\n".join(line.rstrip(" \\") for line in lines if line and not line.startswith(" ")), encoding="utf-8"
    )
    return pins
