"""Who imports whom, read from the sources: for the tests that hold a folder to the order of its floors."""

from __future__ import annotations

import ast
import functools
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path


def sources(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@functools.cache
def imports(file: Path) -> frozenset[str]:
    """The dotted names that a file imports, for types alone or inside functions too; relative ones begin with dots."""
    found: set[str] = set()
    for node in _imports(file):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        else:
            base = "." * node.level + (node.module or "")
            found.add(base)
            found |= {f"{base}{'' if base.endswith('.') else '.'}{one.name}" for one in node.names}
    return frozenset(found)


@functools.cache
def _imports(file: Path) -> list[ast.Import | ast.ImportFrom]:
    """The statements that import, however deep they stand."""
    found: list[ast.Import | ast.ImportFrom] = []
    waiting: list[ast.AST] = [tree(file)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
        elif not isinstance(node, ast.expr):  # which hold none, and are most of a tree
            waiting += ast.iter_child_nodes(node)
    return found


@functools.cache
def graph(package: Path) -> Mapping[str, set[str]]:
    """Module of a package -> the others of it that it imports, by their names below the package.

    A folder stands for its `__init__`, and "" for that of the package. To read all sources takes a second, so tests
    ask for it when they run, and not when they are found.
    """
    files = {".".join(file.relative_to(package).with_suffix("").parts): file for file in sources(package)}
    modules = {name.removesuffix("__init__").rstrip("."): file for name, file in files.items()}
    found: dict[str, set[str]] = {}
    for name, file in modules.items():
        here = [*file.relative_to(package.parent).parent.parts]
        needed = {one for node in _imports(file) for one in _named(node, here)}
        below = {one.removeprefix(f"{package.name}.") for one in needed if one.startswith(f"{package.name}.")}
        # `from a import b` names both `a.b` and `a`: the former counts where it is a module, else the latter.
        found[name] = {one if one in modules else one.rpartition(".")[0] for one in below} - {name}
        assert found[name] <= set(modules), (name, found[name] - set(modules))
    return found


def _named(node: ast.Import | ast.ImportFrom, here: Sequence[str]) -> set[str]:
    """What one import names, by the whole dotted name; `here` are the names of the folder that the file is in."""
    if isinstance(node, ast.Import):
        return {one.name for one in node.names}
    base = [*here[: len(here) - node.level + 1]] if node.level else []
    return {".".join([*base, *filter(None, [node.module]), one.name]) for one in node.names}


def upward(found: Mapping[str, set[str]], floors: Sequence[Collection[str]]) -> list[str]:
    """The imports that do not go down, from a list of floors with the top one first; a room may import itself.

    A room is a module or a folder by its first name. Rooms on one floor do not import each other.
    """
    floor = {room: number for number, rooms in enumerate(floors) for room in rooms}
    pairs = [(one, other) for one, needed in found.items() for other in needed]
    return [
        f"{one} imports {other}"
        for one, other in sorted(pairs)
        if room(one) != room(other) and floor[room(one)] >= floor[room(other)]
    ]


def room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def circle(found: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle, if any do."""
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
