"""What the sandbox's README shows is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.sandbox.test_architecture import FLOORS
from zuora_invoices_sandbox import Fault, Sandbox
from zuora_invoices_sandbox.__main__ import _parser

ROOT = Path(__file__).parents[2]
README = (ROOT / "sandbox" / "README.md").read_text(encoding="utf-8")


def test_its_example_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}  # what the example defines
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102 - our own README
    with (
        Sandbox() as sandbox,
        sandbox.client() as client,
    ):
        names["test_a_lost_answer_is_not_billed_twice"](sandbox, client)


def test_it_names_every_option_and_every_fault() -> None:
    options = {one for action in _parser()._actions for one in action.option_strings if one.startswith("--")}
    assert {one for one in options - {"--help", "--version"} if f"`{one}" not in README} == set()
    assert {fault for fault in Fault if f"`{fault}`" not in README} == set()


def test_what_it_prints_is_what_the_command_prints() -> None:
    with Sandbox() as sandbox:
        assert f"client id      {sandbox.client_id}\n" in README
        assert f"client secret  {sandbox.client_secret}\n" in README


def test_the_house_has_the_floors_that_are_held() -> None:
    house = README.partition("## The house")[2]
    rows = re.findall(r"^\| (`.*?) \|", house, re.MULTILINE)
    named = [[name.rstrip("/") for name in re.findall(r"`([^`]+)`", row)] for row in rows]
    assert named == [[name or "__init__" for name in floor] for floor in FLOORS]
