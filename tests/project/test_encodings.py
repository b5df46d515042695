"""Text that is read, written or piped says its encoding, as it is that of the locale where nothing is said."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("generator", "generated", "sandbox", "tests")
POSITION = {"read_text": 0, "write_text": 1}
"""Where the encoding stands, if it is not named."""
TEXTUAL = ("text", "universal_newlines")


def silent(call: ast.Call) -> bool:
    """Whether text passes there in an encoding that nobody said."""
    named = {each.arg: each.value for each in call.keywords}
    if "encoding" in named:
        return False
    flags = [one for key, one in named.items() if key in TEXTUAL]
    if any(isinstance(one, ast.Constant) and one.value is True for one in flags):
        return True
    match call.func:
        case ast.Attribute(value=ast.Name(id="gzip" | "os" | "tarfile"), attr="open"):  # of bytes
            return False
        case ast.Name(id=name) | ast.Attribute(attr=name):
            if name in ("open", "fdopen"):
                modes = [*call.args, named.get("mode")]
                return not any(isinstance(one, ast.Constant) and "b" in str(one.value) for one in modes)
            return name in POSITION and len(call.args) <= POSITION[name]
    return False


def places(text: str) -> list[int]:
    return [each.lineno for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call) and silent(each)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_text_says_its_encoding(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    found = [
        f"{file.relative_to(ROOT)}:{line}: say encoding="
        for file in files
        for line in places(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "path.read_text()",
        "path.read_text(errors='replace')",
        "path.write_text(text)",
        "path.open('w')",
        "open(name)",
        "os.fdopen(1, mode='w')",
        "subprocess.run(command, text=True)",
    ],
)
def test_one_that_does_not_is_found(text: str) -> None:
    assert places(text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "path.read_text('utf-8')",
        "path.write_text(text, 'utf-8')",
        "path.open('w', encoding='utf-8')",
        "path.open('rb')",
        "open(name, mode='wb')",
        "os.open(name, flags)",
        "tarfile.open(name)",
        "subprocess.run(command, encoding='utf-8')",
        "subprocess.run(command)",
    ],
)
def test_one_that_does_is_not(text: str) -> None:
    assert places(text) == []
