"""Descriptions and copies of them with changes in them, for reviews to find: the same changes each time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from generator.document.parser import parse
from tests.bench.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NUMBERS = msgspec.json.Encoder(decimal_format="number")


class _Dumper(yaml.CSafeDumper):
    """Writes exact numbers as numbers."""


_Dumper.add_representer(Decimal, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", str(number)))

EACH = 5
"""How often each kind of change is made, where there are so many places for it."""


@dataclass(frozen=True)
class Pair:
    """Two files."""

    base: Path
    head: Path


def of_ours(folder: Path) -> Pair:
    """Our description and a copy in which it asks for more, and lost a property, a value and some length.

    The copy is sound, examples and all: so the review makes Python of both, which is most of its work.
    """
    shutil.copytree(ROOT / "spec", folder / "ours")
    head = folder / "ours" / "openapi.yaml"
    document = _read(head)
    schemas = document["components"]["schemas"]
    invoice = schemas["PostInvoiceType"]
    del invoice["properties"]["IntegrationStatus__NS"]
    invoice["properties"]["transferredToAccounting"]["enum"].remove("Ignore")
    invoice["properties"]["comments"]["maxLength"] = 200
    invoice["properties"]["costCenter"] = {"type": "string", "description": "New."}
    schemas["Contact"].setdefault("required", []).append("city")
    _write(document, head)
    return Pair(ROOT / "spec" / "openapi.yaml", head)


def of_public(file: Path, folder: Path) -> Pair:
    """A description and a copy: properties became required, others and values of enumerations are gone."""
    document = _read(file)
    holders = list(_holders(document))
    for schema in _spread([one for one in holders if _optional(one)]):
        schema["required"] = [*schema.get("required", []), _optional(schema)[0]]
    for schema in _spread([one for one in holders if len(_optional(one)) > 1]):
        del schema["properties"][_optional(schema)[-1]]
    values = [one for schema in holders for one in schema["properties"].values() if len(one.get("enum", [])) > 1]
    for schema in _spread(values):
        schema["enum"] = schema["enum"][:-1]
    head = folder / file.name
    _write(document, head)
    return Pair(file, head)


def _holders(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The components that have properties, and the parts of them that do."""
    for schema in document.get("components", {}).get("schemas", {}).values():
        for one in [schema, *schema.get("allOf", [])]:
            if one.get("properties"):
                yield one


def _optional(schema: dict[str, Any]) -> list[str]:
    return [name for name in schema["properties"] if name not in schema.get("required", [])]


def _spread(places: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """So many of them, from the first on, at even distances."""
    return places[:: max(1, len(places) // EACH)][:EACH]


def _read(file: Path) -> dict[str, Any]:
    value, _ = parse(file.read_text("utf-8"), file.name)
    document = _plain(value)
    assert isinstance(document, dict)
    return document


def _plain(value: Any) -> Any:  # any JSON value, and the same without places
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    return [_plain(element) for element in value] if isinstance(value, list) else value


def _write(document: dict[str, Any], file: Path) -> None:
    """In the form that the name of the file says, laid out as people have it."""
    if file.suffix == ".json":
        file.write_bytes(msgspec.json.format(_NUMBERS.encode(document), indent=2))
    else:
        file.write_text(yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120), "utf-8")
