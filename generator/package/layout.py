"""Which model stands in which file: one file for all of a small API; of a large one, what is needed together.

What the operations of one resource alone need stands together, and so does a schema with what it alone consists of.
Files name each other one way only: schemas that consist of each other stand together too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Final

from generator.api.model import module_name
from generator.document.graph import strongly_connected
from generator.document.tree import Array, Object
from generator.python import naming

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from generator.api.model import Api, Operation, Schema
    from generator.document.tree import Json

_ONE_FILE: Final = 100
"""So many models stand in one file: it is loaded in a twentieth of a second, and is easier to read than many."""
_DEEPEST: Final = 50
"""So many files may load each other in a row: Python's limit of calls within calls is near 150 of them."""
_NAMED = re.compile(r"\bmodels\.(\w+)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Module:
    """A file of `models/`."""

    name: str
    about: str
    """What its docstring says that it has."""
    models: tuple[str, ...]
    imported: Mapping[str, tuple[str, ...]]
    """File -> the models that those of this one name, of those in other files."""
    quoted: Mapping[str, tuple[str, ...]]
    """The same for models whose names stand in quotes alone."""


def layout(api: Api) -> tuple[Module, ...]:
    """The files of the models, in order; none where one file has them all."""
    known = {schema.name for schema in api.schemas}
    if len(known) <= _ONE_FILE:
        return ()
    plain = {schema.name: known.intersection(_referred(schema)) for schema in api.schemas}
    quoted = {schema.name: known.intersection(_quoted(schema)) for schema in api.schemas}
    parts = {name: plain[name] | quoted[name] for name in sorted(known)}
    owned = Counter(_owners(api, parts, ()).values())
    # What one resource alone needs stands together, or is told apart by operation where it is much.
    large = {one.name for one in api.resources if owned[f"{_CALL}{one.name}"] > _ONE_FILE}
    owners = _owners(api, parts, large)
    files = _names(owners.values(), known)
    homes = {model: files[owner] for model, owner in owners.items()}
    inside: dict[str, list[str]] = defaultdict(list)
    for model in parts:
        inside[homes[model]].append(model)
    made = []
    for owner, name in sorted(files.items(), key=lambda one: one[1]):
        imported = {one for model in inside[name] for one in plain[model] if homes[one] != name}
        others = {one for model in inside[name] for one in quoted[model] if homes[one] != name} - imported
        made.append(
            Module(name, _about(owner), tuple(inside[name]), _by_file(imported, homes), _by_file(others, homes))
        )
    return tuple(made) if _depth(made) <= _DEEPEST else ()


def _names(owners: Iterable[str], known: Container[str]) -> dict[str, str]:
    """The name of the file of each owner. Those of schemas come first, as readers look for these above all."""
    names: dict[str, str] = {}
    taken = {"_base"}
    for owner in sorted({*owners}, key=lambda one: (one not in known, one)):
        called = owner.removeprefix(_CALL).rpartition(".")[2]
        names[owner] = naming.unique(f"_{module_name(naming.snake(called), 'of')}", taken)
        taken.add(names[owner])
    return names


def _about(owner: str) -> str:
    called = owner.removeprefix(_CALL)
    return f"What `{called}` alone takes and brings" if called != owner else f"`{owner}`, and what it alone has"


def _depth(modules: Iterable[Module]) -> int:
    """How many files load each other in a row, at most."""
    named = {one.name: {*one.imported, *one.quoted} for one in modules}
    depths: dict[str, int] = {}
    for name in TopologicalSorter(named).static_order():
        depths[name] = 1 + max((depths[one] for one in named[name]), default=0)
    return max(depths.values(), default=0)


def _by_file(models: Iterable[str], homes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in sorted(models):
        found[homes[one]].append(one)
    return {home: tuple(found[home]) for home in sorted(found)}


def _referred(schema: Schema) -> Iterator[str]:
    """The names in the annotations of a class."""
    yield from references(schema.definition)
    for group in schema.groups:
        yield from _WORD.findall(group.type.checked)


def _quoted(schema: Schema) -> Iterator[str]:
    """The names that stand in quotes."""
    if schema.batch is not None:
        yield from _WORD.findall(f"{schema.batch.given} {schema.batch.made} {schema.batch.failed}")


def references(value: Json) -> Iterator[str]:
    """The names of the schemas that one refers to."""
    if isinstance(value, Object):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
    if isinstance(value, Object | Array):
        for member in value.values() if isinstance(value, Object) else value:
            yield from references(member)


_CALL: Final = "client."
"""Before the name of a resource or an operation: no schema has such a name."""


def _owners(api: Api, parts: Mapping[str, set[str]], apart: Container[str]) -> dict[str, str]:
    """Model -> the schema or the resource without which nobody needs it; itself, where there is no such.

    In place of resources that are to be told `apart` their operations count. Of schemas that consist of each other the
    one counts that most others name.
    """
    users: dict[str, set[str]] = defaultdict(set)
    for resource in api.resources:
        for operation in resource.operations:
            caller = f"{_CALL}{resource.name}" + f".{operation.name}" * (resource.name in apart)
            for name in _used_by(operation):
                users[name].add(caller)
    for name, others in parts.items():
        for other in others:
            users[other].add(name)
    owners: dict[str, str] = {}
    edges = {name: sorted(others) for name, others in parts.items()}
    for group in reversed([*strongly_connected(edges)]):  # users come before what they use
        inside = {*group}
        above = {owners.get(user, user) for name in group for user in users[name] - inside}
        head = min(group, key=lambda name: (-len(users[name]), name))
        owners.update(dict.fromkeys(group, above.pop() if len(above) == 1 else head))
    return owners


def _used_by(operation: Operation) -> Iterator[str]:
    types = [
        *(one.type for one in operation.parameters),
        *(one.type for one in (operation.body, *operation.bodies) if one is not None),
        *(one.type for one in operation.responses if one.type is not None),
    ]
    for one in types:
        yield from _NAMED.findall(one.checked)
