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
    from collections.abc import Container, Iterator, Mapping

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
    parts = {schema.name: {*_referred(schema), *_quoted(schema)} & known for schema in api.schemas}
    owned = Counter(_owners(api, parts, ()).values())
    # What one resource alone needs stands together, or is told apart by operation where it is much.
    large = {one.name for one in api.resources if owned[f"{_CALL}{one.name}"] > _ONE_FILE}
    owners = _owners(api, parts, large)
    names: dict[str, str] = {}
    for owner in sorted(
        {*owners.values()}, key=lambda one: (one not in parts, one)
    ):  # readers look for schemas above all
        called = owner.removeprefix(_CALL).rpartition(".")[2]
        names[owner] = naming.unique(f"_{module_name(naming.snake(called), 'of')}", {"_base", *names.values()})
    homes = {model: names[owner] for model, owner in owners.items()}
    made = tuple(_module(api, owner, names[owner], homes) for owner in sorted(names, key=names.__getitem__))
    return made if _depth(made) <= _DEEPEST else ()


def _depth(modules: tuple[Module, ...]) -> int:
    """How many files load each other in a row, at most."""
    named = {one.name: {*one.imported, *one.quoted} for one in modules}
    depths: dict[str, int] = {}
    for name in TopologicalSorter(named).static_order():
        depths[name] = 1 + max((depths[one] for one in named[name]), default=0)
    return max(depths.values(), default=0)


def _module(api: Api, owner: str, name: str, homes: Mapping[str, str]) -> Module:
    inside = [schema for schema in api.schemas if homes[schema.name] == name]
    plain = {one for schema in inside for one in _referred(schema)}
    quoted = {one for schema in inside for one in _quoted(schema)} - plain
    called = owner.removeprefix(_CALL)
    return Module(
        name=name,
        about=f"What `{called}` alone takes and brings" if called != owner else f"`{owner}`, and what it alone has",
        models=tuple(sorted(schema.name for schema in inside)),
        imported=_by_file(plain, name, homes),
        quoted=_by_file(quoted, name, homes),
    )


def _by_file(models: set[str], besides: str, homes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in sorted(models & homes.keys()):
        if homes[one] != besides:
            found[homes[one]].append(one)
    return {home: tuple(found[home]) for home in sorted(found)}


def _referred(schema: Schema) -> Iterator[str]:
    """The names in the annotations of a class."""
    yield from _references(schema.definition)
    for group in schema.groups:
        yield from _WORD.findall(group.type.checked)


def _quoted(schema: Schema) -> Iterator[str]:
    """The names that stand in quotes."""
    if schema.batch is not None:
        yield from _WORD.findall(f"{schema.batch.given} {schema.batch.made} {schema.batch.failed}")


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, Object):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
    if isinstance(value, Object | Array):
        for member in value.values() if isinstance(value, Object) else value:
            yield from _references(member)


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
        above = {owners.get(user, user) for name in group for user in users[name] if user not in group}
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
