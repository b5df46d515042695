"""Text of a description never becomes code, wherever it stands and whatever the client makes of what is around it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from generator import pipeline
from tests.generator.sources import written

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES: Final = Path(__file__).parents[2] / "cases" / "generate"
_CALL: Final = "breakout"
PAYLOADS: Final = (
    *(f'"""\n{_CALL}()\n"""', f"'''\n{_CALL}()\n'''", f'"; {_CALL}() #', f"'; {_CALL}() #", f"\\\n{_CALL}()\n\\"),
    *(f"{{{{ {_CALL}() }}}}", f"{{% for x in {_CALL}() %}}", f"x]; {_CALL}(); y: Literal['z'", f"a | {_CALL}() | b"),
    *(f'"""\r{_CALL}()\r"""', f"x\u2028{_CALL}()\u2029", f"x\x0c{_CALL}()\x85", f"{{{_CALL}()}}", f"%s {_CALL}()"),
)
_DESCRIBED: Final = ("forms", "hostile", "rules", "shapes")
_NAMED: Final = ("properties", "schemas", "patternProperties", "headers", "paths", "mapping", "scopes", "variables")
_KEPT: Final = ("$ref", "type", "in", "style", "openapi", "required")


def poisoned(value: Any, payload: str, key: str = "", named: str = "") -> Any:
    """The value with the payload behind every text and name that is its author's to choose."""
    if isinstance(value, dict):
        names = key in _NAMED and key != "schemas"
        return {
            (f"{name}{payload}" if names and not name.startswith("x-") else name): poisoned(
                member, payload, "" if names else name, name if names else ""
            )
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [poisoned(one, payload, key, named) for one in value]
    return f"{value}{payload}" if isinstance(value, str) and (named or key not in _KEPT) else value


def breakouts(tree: ast.AST) -> Iterator[str]:
    """What a payload could have become: a call of it, or anything but a declaration."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == _CALL:
            yield ast.unparse(node)
        if isinstance(node, ast.For | ast.While | ast.Try | ast.With | ast.Delete | ast.Global | ast.JoinedStr):
            yield ast.unparse(node)


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_text_wherever_it_stands(payload: str, tmp_path: Path) -> None:
    made = 0
    for name in _DESCRIBED:
        document = json.loads(json.dumps(yaml.safe_load((CASES / name / "openapi.yaml").read_bytes()), default=str))
        output = pipeline.generate(written(poisoned(document, payload), tmp_path), "texts")
        made += bool(output.files)
        for path, text in output.files.items():
            if path.endswith(".py") and not path.startswith("_runtime/"):
                assert list(breakouts(ast.parse(text))) == [], (name, path)
    assert made == len(_DESCRIBED)


def test_a_breakout_is_seen() -> None:
    assert list(breakouts(ast.parse(f"a: int\n{_CALL}()\n")))
    assert not list(breakouts(ast.parse(f"class Breakout:\n    '{_CALL}()'\n    {_CALL}_text: int\n")))
