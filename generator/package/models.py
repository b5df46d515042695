"""Api -> models: the classes and aliases of its schemas as source, each after those that it is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
from pydantic.alias_generators import to_camel

from generator.api.model import Condition
from generator.document.graph import strongly_connected
from generator.document.tree import Array, Object
from generator.python.source import annotation, arguments, docstring, literal, quoted, readable, row
from generator.python.typeref import Writing, annotated, named_in, type_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import jinja2

    from generator.api.model import Api, Echo, Property, Schema, Sum
    from generator.document.grammar import Side
    from generator.document.tree import Json

_INNER: Final = ("items", "additionalProperties", "anyOf")
"""Where the parts of a type stand."""


class Models(msgspec.Struct, frozen=True):
    """The classes, and what they need above them."""

    sources: Mapping[str, str]
    """By name, each after those that it builds on."""
    camel: bool
    """Whether most wire names are camel case, so that a base class can give the aliases."""


def render_models(api: Api, template: jinja2.Template) -> Models:
    """The models of an API as source, each by the template, without the heads of files."""
    camel = _is_camel(api)
    timestamps = {form: name for name, form in api.timestamps}
    ordered = _ordered(api.schemas)
    circles = _circles(ordered)
    sources: dict[str, str] = {}
    later = {schema.name for schema in ordered}
    for schema in ordered:
        writing = Writing("", later, circles.get(schema.name, ()), readable)
        type_of = partial(_checked, schema.side, timestamps, writing)
        is_quoted = any(map(writing.has_quoted, _definitions(schema).values()))
        sources[schema.name] = template.render(_for_template(schema, camel, type_of, is_quoted=is_quoted))
        later.discard(schema.name)
    return Models(sources, camel)


def _checked(side: Side, timestamps: Mapping[str, str], writing: Writing, definition: Json) -> str:
    return type_ref(definition, side, timestamps, writing).checked


def _is_camel(api: Api) -> bool:
    properties = [one for schema in api.schemas for one in schema.properties]
    camel = sum(to_camel(one.name) == one.wire_name for one in properties)
    return camel > sum(one.name == one.wire_name for one in properties)


def _ordered(schemas: Iterable[Schema]) -> Sequence[Schema]:
    """Each after those that it is made of, else as they come; in the end those that are made of each other."""
    waiting = list(schemas)
    known = {schema.name for schema in waiting}
    needed = {schema.name: known.intersection(_named(schema)) - {schema.name} for schema in waiting}
    ordered: list[Schema] = []
    done: set[str] = set()
    while waiting:
        left = []
        for schema in waiting:
            if needed[schema.name] <= done:
                ordered.append(schema)
                done.add(schema.name)
            else:
                left.append(schema)
        if len(left) == len(waiting):
            return [*ordered, *left]
        waiting = left
    return ordered


def _circles(ordered: Sequence[Schema]) -> Mapping[str, frozenset[str]]:
    """Aliases whose lists and maps stand in quotes as a whole, with those that they are made of and that of them.

    A type checker resolves aliases that are made of each other so; but not where a list or a map in them names one that
    comes before it as well as one that comes later.
    """
    aliases = {name: one for schema in ordered if not _is_class(schema) for name, one in _definitions(schema).items()}
    edges = {name: sorted(aliases.keys() & set(named_in(definition))) for name, definition in aliases.items()}
    places = {name: place for place, name in enumerate(aliases)}
    found: dict[str, frozenset[str]] = {}
    for group in strongly_connected(edges):
        circle = frozenset(group)
        sides = [
            {places[other] < places[name] for other in circle.intersection(named_in(container))}
            for name in group
            for container in _containers(aliases[name])
        ]
        if all(len(one) < 2 for one in sides):
            found.update(dict.fromkeys(group, circle))
    return found


def _containers(definition: Json) -> Iterator[Json]:
    """The lists and maps in a schema that are in no other."""
    if isinstance(definition, Object):
        options = definition.get("anyOf")
        if isinstance(options, Array):
            for option in options:
                yield from _containers(option)
        elif "$ref" not in definition:
            yield definition


def _named(schema: Schema) -> Iterator[str]:
    """The models in the types of a schema."""
    for definition in _definitions(schema).values():
        yield from named_in(definition)


def _is_class(schema: Schema) -> bool:
    return "properties" in schema.definition


def _definitions(schema: Schema) -> Mapping[str, Json]:
    """The schemas of the fields, by wire name; of an alias, the one that it stands for."""
    own = schema.definition
    properties = own.get("properties")
    if isinstance(properties, Object):
        return {one.wire_name: _typed(properties[one.wire_name]) for one in schema.properties}
    return {schema.name: Object({}, own.location) if _is_untyped_map(own) else _typed(own)}


def _typed(definition: Json) -> Json:
    """A schema with a type where it says none: with `items` a list, with models in `additionalProperties` anything."""
    if isinstance(definition, Array):
        return Array(map(_typed, definition), definition.location)
    if not isinstance(definition, Object):
        return definition
    if _is_untyped_map(definition) and any(named_in(definition)):
        return Object({}, definition.location)
    changes = {word: _typed(definition[word]) for word in _INNER if word in definition}
    if "items" in definition and "type" not in definition:
        changes["type"] = "array"
    return definition.changed(changes) if changes else definition


def _is_untyped_map(definition: Object) -> bool:
    return "additionalProperties" in definition and "type" not in definition


def _for_template(schema: Schema, camel: bool, type_of: Callable[[Json], str], *, is_quoted: bool) -> dict[str, Any]:
    """What the template prints for one schema; every string is ready-made source.

    `is_quoted` says that a name in its types stands in quotes.
    """
    definitions = _definitions(schema)
    if not _is_class(schema):
        type_ = type_of(definitions[schema.name])
        bounds = annotation(schema.metadata)
        return {
            "name": schema.name,
            "alias": f"Annotated[{type_}, {bounds}]" if bounds else type_,
            "doc": docstring(schema.description, 4) if schema.description else "",
        }
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
    fields: list[dict[str, str]] = []
    for field in schema.properties:
        type_ = type_of(definitions[field.wire_name])
        if not (field.required or field.default or type_.endswith("None") or type_.startswith("Optional[")):
            # `|` takes no name in quotes, so a class with one in its fields has none of its own.
            type_ = f"Optional[{type_}]" if is_quoted else f"{type_} | None"
        fields.append(_field(field, camel, type_))
    return {
        "name": schema.name,
        "alias": "",
        "bases": [f"{schema.side.capitalize()}Model", *bases],
        "doc": docstring(schema.description, 4) if schema.description else "",
        "lines": lines,
        "fields": fields,
    }


def _field(one: Property, camel: bool, type_: str) -> dict[str, str]:
    given = list(one.metadata)
    if (to_camel(one.name) if camel else one.name) != one.wire_name:
        # `alias=` would make type checkers demand the wire name.
        given += [("validation_alias", one.wire_name), ("serialization_alias", one.wire_name)]
    if one.deprecated:
        given.append(("deprecated", True))
    return {
        "name": one.name,
        "type": f"Annotated[{type_}, {annotation(given)}]" if given else type_,
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
