"""Api -> models, through datamodel-code-generator and our template (`library.py`).

The library gets schemas that are already flat, named and told apart by side, and decides types, unions, optionality
and order. What it would print lossily or not at all (bounds, names, rules, descriptions) the template takes from here,
and so the types of fields that have plain ones: they are most, no order depends on them, and parameters have theirs
from the same place.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

import msgspec
from pydantic.alias_generators import to_camel

from generator import aside
from generator.api.model import Condition
from generator.document.graph import strongly_connected
from generator.document.tree import Array, Object
from generator.package.layout import references
from generator.python.source import annotation, arguments, docstring, literal, quoted, row
from generator.python.typeref import annotated, scalar, type_ref, values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.api.model import Api, Echo, Property, Schema, Sum
    from generator.document.grammar import Side
    from generator.document.tree import Json

_KEPT: Final = ("$ref", "type", "enum", "const", "anyOf", "items", "additionalProperties")
"""The keywords that make a type, which are all that the library is told."""


class Models(msgspec.Struct, frozen=True):
    """The classes, and what they need above them."""

    sources: Mapping[str, str]
    """By name, each after those that it builds on."""
    camel: bool
    """Whether most wire names are camel case, so that a base class can give the aliases."""


def begin_models(api: Api) -> Callable[[], Models]:
    """What gives the models of an API as source, without the heads of files; they may be made meanwhile."""
    camel = _is_camel(api)
    timestamps = {form: name for name, form in api.timestamps}
    circular = _circular(api)
    schemas = {
        schema.name: _for_library(schema, timestamps, circular=schema.name in circular) for schema in api.schemas
    }
    if not schemas:
        return lambda: Models({}, camel)
    sides = {schema.name: schema.side for schema in api.schemas}
    printed = {schema.name: _for_template(schema, camel, timestamps) for schema in api.schemas}
    made = aside.ask(aside.CLASSES, schemas, sides, printed)
    return lambda: Models(_sources(made()), camel)


def _is_camel(api: Api) -> bool:
    properties = [one for schema in api.schemas for one in schema.properties]
    camel = sum(to_camel(one.name) == one.wire_name for one in properties)
    return camel > sum(one.name == one.wire_name for one in properties)


def _sources(source: str) -> dict[str, str]:
    """The classes alone, by name: our templates write the imports, and models resolve each other at first use."""
    lines = source.splitlines(keepends=True)
    found: dict[str, str] = {}
    name = ""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_rebuild(node):
            continue
        text = "".join(lines[node.lineno - 1 : node.end_lineno])
        if isinstance(node, ast.Expr):  # the docstring of an alias
            found[name] += text
            continue
        name = node.name if isinstance(node, ast.ClassDef) else ast.unparse(node).partition(" ")[0]
        found[name] = text
    return found


def _is_rebuild(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "model_rebuild"
    )


def _circular(api: Api) -> set[str]:
    """The names of the schemas that lead back to themselves."""
    edges = {schema.name: list(references(schema.definition)) for schema in api.schemas}
    groups = strongly_connected(edges)
    return {name for group in groups for name in group if len(group) > 1 or name in edges.get(name, ())}


def _for_library(schema: Schema, timestamps: Mapping[str, str], *, circular: bool) -> dict[str, Any]:
    """The schema as the library gets it (`Any`: JSON for a library that takes any).

    A choice with null takes it long, so what may be missing is told without: it may be `None` anyhow. In a class that
    leads back to itself, and so has types in quotes, the library would write `Optional` for that.
    """
    if not schema.properties and not _is_class(schema):
        return _plain(schema.definition, schema.side, timestamps)
    members = _members(schema)
    made: dict[str, Any] = {}
    required: list[str] = []
    for one in schema.properties:
        if _is_plain(members[one.wire_name]):
            continue
        type_ = _plain(members[one.wire_name], schema.side, timestamps)
        of_null = None if circular else _beside_null(type_)
        if one.default is not None:
            type_["default"] = "-"  # any value: it makes the type one without None
        elif of_null is not None:
            type_ = of_null
        elif one.required:
            required.append(one.name)
        made[one.name] = type_
    return {"type": "object", "properties": made, "required": required, "additionalProperties": False}


def _beside_null(type_: dict[str, Any]) -> dict[str, Any] | None:
    """The rest of a choice with null, or `None` (`Any` as above)."""
    options = type_.get("anyOf", [])
    others = [one for one in options if one != {"type": "null"}]
    if not others or len(others) == len(options):
        return None
    return others[0] if len(others) == 1 else {**type_, "anyOf": others}


def _members(schema: Schema) -> Mapping[str, Json]:
    properties = schema.definition.get("properties")
    return properties if isinstance(properties, Object) else {}


def _is_plain(value: Json) -> bool:
    """Whether a type is made of those that Python has, and of ours, by what the schema says itself."""
    if not isinstance(value, Object):
        return True
    if "$ref" in value or ("items" in value and value.get("type") != "array"):
        return False
    if not all(str(one).isascii() for one in values(value)):
        return False  # the library writes them as they are, and not as escapes
    options = value.get("anyOf")
    inner = [value.get("items"), value.get("additionalProperties"), *(options if isinstance(options, Array) else ())]
    return all(map(_is_plain, inner))


def _is_class(schema: Schema) -> bool:
    return "properties" in schema.definition


def _plain(value: Json, side: Side, timestamps: Mapping[str, str]) -> dict[str, Any]:
    """A schema of types alone, every type of our own given by its path."""
    if not isinstance(value, Object) or not any(key in _KEPT for key in value):
        return {"customTypePath": "runtime.AnyJson" if side == "request" else "typing.Any"}
    special = scalar(value, side, timestamps)
    if special is not None:
        return {"customTypePath": f"runtime.{special.checked}"}
    made: dict[str, Any] = {}
    if value.get("type") == "object" and "additionalProperties" not in value:
        made["additionalProperties"] = _plain(None, side, timestamps)
    if value.get("type") == "array" and "items" not in value:
        made["items"] = _plain(None, side, timestamps)
    for key, member in value.items():
        if key not in _KEPT:
            continue
        if key in ("items", "additionalProperties"):
            made[key] = _plain(member, side, timestamps)
        elif key == "anyOf" and isinstance(member, Array):
            made[key] = [_plain(option, side, timestamps) for option in member]
        else:
            # Without places: another process would have to load what knows of them.
            made[key] = list(member) if isinstance(member, Array) else member
    return made


def _for_template(schema: Schema, camel: bool, timestamps: Mapping[str, str]) -> dict[str, Any]:
    """What the template prints for one schema; every string is ready-made source."""
    members = _members(schema)
    lines: list[str] = []
    for group in schema.groups:
        type_ = "" if annotated(group.type) == "AnyJson" else f", {'lambda: ' * group.lazy}{annotated(group.type)}"
        besides = f", besides=({', '.join(map(quoted, group.besides))},)" if group.besides else ""
        made = f"PropertyGroup({quoted(group.pattern)}{type_}{besides})"
        plain = f"PropertyGroup[{group.type.plain}]"
        lines.append(f"{group.name}: ClassVar[{quoted(plain) if group.lazy else plain}] = {made}")
    bases: list[str] = []
    if schema.batch is not None:
        one = schema.batch
        # Types in quotes: the classes may come later, and only type checkers look.
        bases.append(f"_batch.BatchResult[{', '.join(map(quoted, (one.given, one.made, one.failed)))}]")
        named = [("requests", one.requests), ("results", one.results), ("index", one.index)]
        lines.append(f"batch: ClassVar[_batch.Batch] = _batch.Batch({arguments(named)})")
    if schema.echo is not None:
        lines.append(f"echo: ClassVar[_echo.Echo | None] = {_echo(schema.echo)}")
    others = [
        f"{quoted(other)}: {quoted(one.wire_name)}" for one in schema.properties for other in one.alternative_names
    ]
    if others:
        bases.append("_spelling.Respelled")
        lines.append(f"alternative_names: ClassVar[Mapping[str, str]] = {{{', '.join(others)}}}")
    if schema.failure:
        lines.append("failure: ClassVar[bool] = True")
    nullable = sorted(one.wire_name for one in schema.properties if one.nullable)
    if schema.side == "request" and nullable:
        lines.append(f"nullable: ClassVar[frozenset[str]] = frozenset({{{', '.join(map(quoted, nullable))}}})")
    newer = [(one.wire_name, *one.minimum_version) for one in schema.properties if one.minimum_version is not None]
    if newer:
        versions = [
            f"{quoted(wire)}: MinimumVersion({quoted(header)}, {quoted(least)})" for wire, header, least in newer
        ]
        lines.append(f"minimum_versions: ClassVar[Mapping[str, MinimumVersion]] = {{{', '.join(versions)}}}")
    if schema.constraints:
        rules = "".join(f"{call(one)}," for one in schema.constraints)
        lines.append(f"constraints: ClassVar[tuple[Condition, ...]] = ({rules})")
    return {
        "doc": docstring(schema.description, 4) if schema.description else "",
        "bases": bases,
        "lines": lines,
        "fields": [
            _field(one, camel) | _types(one, members[one.wire_name], schema.side, timestamps)
            for one in schema.properties
        ],
        "bounds": annotation(schema.metadata),
    }


def _types(one: Property, definition: Json, side: Side, timestamps: Mapping[str, str]) -> dict[str, str]:
    """The type of a field, and as it is beside quoted ones; empty where the library decides it."""
    checked = type_ref(definition, side, timestamps, "").checked if _is_plain(definition) else ""
    if not checked or one.required or one.default is not None or checked.endswith("None"):
        return {"type": checked, "beside_quoted": checked}
    return {"type": f"{checked} | None", "beside_quoted": f"Optional[{checked}]"}


def _field(one: Property, camel: bool) -> dict[str, str]:
    given = list(one.metadata)
    if (to_camel(one.name) if camel else one.name) != one.wire_name:
        # `alias=` would make type checkers demand the wire name.
        given += [("validation_alias", one.wire_name), ("serialization_alias", one.wire_name)]
    if one.deprecated:
        given.append(("deprecated", True))
    return {
        "name": one.name,  # the library has names of its own for some
        "annotation": annotation(given),
        "default": "" if one.required else f" = {one.default or literal(None)}",
        "doc": docstring(one.description, 4) if one.description else "",
    }


def _echo(one: Echo) -> str:
    parts = [f"same={row(map(quoted, one.same))}"] * bool(one.same)
    if one.sums:
        parts.append(f"sums={row(map(_sum, one.sums))}")
    return f"_echo.Echo({', '.join(parts)})"


def _sum(one: Sum) -> str:
    parts = [quoted(one.total), row(map(quoted, one.of))]
    if one.unless:
        members = [
            f"{quoted(path)}: {True if values is None else row(map(literal, values))}" for path, values in one.unless
        ]
        parts.append(f"unless={{{', '.join(members)}}}")
    return f"_echo.Sum({', '.join([*parts, *['rounded=True'] * one.rounded])})"


def call(condition: Condition) -> str:
    """A condition as the expression that makes it."""
    parts = [call(one) if isinstance(one, Condition) else literal(one) for one in condition.arguments]
    return f"{condition.kind}({', '.join(parts)})"
