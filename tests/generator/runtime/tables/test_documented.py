"""What the generator's README says of tables is so."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

from generator.runtime import tables
from generator.runtime.tables.mapping_file import KEYS
from tests.generator.runtime.tables.orders import Order

README = (Path(__file__).parents[4] / "generator" / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("## Tables") : README.index("## What it supports")]
LINES = """Order;Customer;Day;Amount;Discount;Paid;Region;Remark
1;007;05.11.2026;1.234,50;-1.5;Yes;EMEA;
2;008;05.11.2026;5,0O;;;;
1;;;0,01;;;;Größe
"""


def test_the_example(tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
    [mapping] = re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)
    (tmp_path / "map.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "november.csv").write_text(LINES, encoding="cp1252")
    found: list[tables.Element[Order]] = []
    code = re.sub(r'"((?:map|november)[.\w]*)"', lambda name: repr(str(tmp_path / name[1])), code)
    code = code.replace("...  #", "found.append(element)  #")
    exec(code, {**vars(tables), "models": SimpleNamespace(Order=Order), "found": found})  # noqa: S102 - our own
    assert [(one.reference, one.lines) for one in found] == [("1", (2, 4))]
    assert found[0].request is not None
    failed = (tmp_path / "november.failed.csv").read_text(encoding="cp1252").splitlines()
    [message] = re.findall(r'`november\.csv:17, column "Amount": ([^`]*)`', SECTION)
    told = " ".join(message.split()).replace("1234.56", "1.234,56").replace('"', '""')
    assert failed[1:] == [f'2;008;05.11.2026;5,0O;;;;;3;"Amount: {told}"']


def test_every_key_is_told() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", SECTION, re.MULTILINE)
    assert {"file", *rows} - {"values"} == set(KEYS)
