"""The operations of an API as the source of `_operations/`: what several of them share is named once, where all see it.

Models are named in functions only, so that they are loaded when a call first needs them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from generator.package import choices
from generator.python import naming
from generator.python.source import literal, quoted, row
from generator.python.typeref import annotated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.api.model import (
        Api,
        Category,
        Element,
        Encoding,
        FailureBody,
        LimitHeaders,
        Operation,
        Parameter,
        RequestBody,
        Response,
        SecurityScheme,
    )
    from generator.python.typeref import TypeRef

SHARED: Final = "_shared"
"""The file of what operations of several resources share."""
_LONGEST: Final = 40  # name that tells what a response brings


class _Part(msgspec.Struct, frozen=True):
    """An expression that several operations can have, and the name that it has then, if that is free."""

    source: str
    name: str


_Arguments = dict[str, list[_Part] | str]
"""Argument of `Operation` -> its parts, those of parameters and responses in a tuple; or what is of this one alone."""


class File(msgspec.Struct, frozen=True):
    """A file of `_operations/`."""

    about: str
    """What its docstring says that it has."""
    imported: tuple[str, ...]
    """Names of the file that is shared."""
    shared: tuple[tuple[str, str], ...]
    """Names, and the expressions that they stand for."""
    operations: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    """Constant, type of the result, and the arguments of each operation."""


def operation_files(api: Api) -> dict[str, File]:
    """Module -> what is in it: one for each resource, and one for what several share, where there is such."""
    made = {resource.module: [(one, _arguments(one, api)) for one in resource.operations] for resource in api.resources}
    uses: dict[_Part, Counter[str]] = defaultdict(Counter)
    for module, operations in made.items():
        for _, arguments in operations:
            for part in _parts(arguments):
                uses[part][module] += 1
    homes: dict[str, list[_Part]] = defaultdict(list)
    for part in sorted(uses, key=lambda one: (-uses[one].total(), one.source)):
        if uses[part].total() > 1:
            homes[SHARED if len(uses[part]) > 1 else next(iter(uses[part]))].append(part)
    taken = {one.constant for resource in api.resources for one in resource.operations}
    everywhere = _named(homes[SHARED], taken)
    files = {SHARED: _file("What operations of several resources have", {}, everywhere, [])} if everywhere else {}
    for resource in api.resources:
        names = _named(homes[resource.module], taken.union(everywhere.values()))
        operations = made[resource.module]
        files[resource.module] = _file(f"The operations on {resource.name}", everywhere, names, operations)
    return files


def _named(parts: list[_Part], taken: set[str]) -> dict[_Part, str]:
    """A name for each part: of several that would have one, the first, which most operations have, keeps it."""
    names: dict[_Part, str] = {}
    used = {*taken}
    for part in parts:
        names[part] = naming.unique(part.name, used)
        used.add(names[part])
    return names


def _file(
    about: str,
    everywhere: Mapping[_Part, str],
    names: Mapping[_Part, str],
    operations: list[tuple[Operation, _Arguments]],
) -> File:
    known = {**everywhere, **names}
    used = {part for _, arguments in operations for part in _parts(arguments)}
    return File(
        about=about,
        imported=tuple(sorted(name for part, name in everywhere.items() if part in used)),
        shared=tuple(sorted((name, part.source) for part, name in names.items())),
        operations=tuple(
            (one.constant, choices.in_all(one), tuple(_spelled(arguments, known))) for one, arguments in operations
        ),
    )


def _spelled(arguments: _Arguments, names: Mapping[_Part, str]) -> Iterator[tuple[str, str]]:
    for argument, value in arguments.items():
        if isinstance(value, str):
            yield argument, value
        else:
            parts = [names.get(part, part.source) for part in value]
            yield argument, row(parts) if argument in _LISTS else parts[0]


def _parts(arguments: _Arguments) -> Iterator[_Part]:
    for value in arguments.values():
        if not isinstance(value, str):
            yield from value


_LISTS: Final = ("parameters", "responses", "others")


def _arguments(one: Operation, api: Api) -> _Arguments:
    """What makes an operation, without what is as by default."""
    made: _Arguments = {"id": quoted(one.id), "method": quoted(one.method), "path": quoted(one.path)}
    if one.parameters:
        made["parameters"] = [_parameter(each) for each in one.parameters]
    if one.body is not None:
        made["body"] = _request_body(one.body)
    if one.bodies:
        made["bodies"] = row(map(_request_body, one.bodies))
    made["responses"] = [_response(each) for each in one.responses]
    if one.accepts:
        made["accepts"] = row(map(quoted, one.accepts))
    if one.others:
        made["others"] = [_response(each) for each in one.others]
    if one.security:
        made["security"] = [_Part(row(row(map(_security_scheme, way)) for way in one.security), "SECURITY")]
    if api.failure is not None:
        made["failure"] = [_Part(_failure_body(api.failure), "FAILURE")]
    if one.retry_statuses is not None:
        made["retry_statuses"] = [_Part(row(map(str, one.retry_statuses)), "RETRY_STATUSES")]
    if one.servers:
        made["servers"] = [_Part(row(map(quoted, one.servers)), "SERVERS")]
    if one.bulk and api.limit_headers is not None:
        made["limit_headers"] = [_Part(_limit_headers(api.limit_headers), "LIMIT_HEADERS")]
    return made


def _form(type_: TypeRef) -> str:
    source = annotated(type_)
    return f"lambda: {source}" if "models." in source else source


def _parameter(one: Parameter) -> _Part:
    parts = [quoted(one.wire_name), quoted(one.name), quoted(one.where), _form(one.type)]
    for name, value, default in (
        ("required", one.required, False),
        ("style", one.style, "simple"),
        ("explode", one.explode, False),
        ("reserved", one.reserved, False),
        ("json", one.json, False),
        ("idempotency_key", one.idempotency_key, False),
        ("max_length", one.max_length, None),
        ("lifetime", one.lifetime, None),
        ("correlation_id", one.correlation_id, False),
    ):
        if value != default:
            parts.append(f"{name}={literal(value)}")
    return _Part(f"Parameter({', '.join(parts)})", naming.constant(one.name))


def _request_body(one: RequestBody) -> str:
    parts = [quoted(one.media_type), _form(one.type), f"required={one.required}", *["gzip=True"] * one.gzip]
    if one.encoding:
        parts.append(f"encoding={row(map(_encoding, one.encoding))}")
    if one.written:
        parts.append(f"written={quoted(one.written)}")
    return f"Body({', '.join(parts)})"


def _encoding(one: Encoding) -> str:
    named = {"media_type": one.media_type, "style": one.style, "explode": one.explode, "reserved": one.reserved}
    parts = [f"{name}={literal(value)}" for name, value in named.items() if value]
    return f"Encoding({', '.join([quoted(one.name), *parts])})"


def _response(one: Response) -> _Part:
    parts, brought, status = [quoted(one.status)], "EMPTY", one.status.upper()
    if one.media_type is not None and one.type is not None:
        parts += [quoted(one.media_type), _form(one.type)]
        brought = naming.constant(one.type.plain.replace("models.", ""))
    elif one.media_type is not None:
        parts += [quoted(one.media_type), f"elements={row(map(_element, one.elements))}"]
        brought = "STREAM"
    if one.written:
        parts.append(f"written={quoted(one.written)}")
    words = [brought if len(brought) <= _LONGEST else "RESPONSE", *([status] if f"_{status}".isidentifier() else [])]
    return _Part(f"Response({', '.join(parts)})", "_".join(words))


def _element(one: Element) -> str:
    parts = [_form(one.type), *([f"event={quoted(one.event)}"] if one.event else []), *(["is_text=True"] * one.is_text)]
    return f"Element({', '.join(parts)})"


def _security_scheme(one: SecurityScheme) -> str:
    parts = [quoted(one.kind), quoted(one.argument), quoted(one.wire_name)]
    if one.token_url is not None:
        parts.append(f"token_url={quoted(one.token_url)}")
    if one.scopes:
        parts.append(f"scopes={row(map(quoted, one.scopes))}")
    return f"SecurityScheme({', '.join(parts)})"


def _failure_body(one: FailureBody) -> str:
    names = {"reasons": one.reasons, "code": one.code, "message": one.message, "process_id": one.process_id}
    parts = [f"{name}={quoted(value)}" for name, value in names.items() if value is not None]
    if one.categories:
        parts += [f"modulo={one.modulo}", f"categories={row(map(_category, one.categories))}"]
    return f"FailureBody({', '.join(parts)})"


def _category(one: Category) -> str:
    marks = "".join(f", {name}=True" for name in ("transient", "early") if getattr(one, name))
    return f"Category({one.number}, {quoted(one.title)}{marks})"


def _limit_headers(one: LimitHeaders) -> str:
    names = {name: getattr(one, name) for name in ("remaining", "reset", "concurrency_limit", "concurrency_remaining")}
    return f"LimitHeaders({', '.join(f'{name}={quoted(value)}' for name, value in names.items() if value is not None)})"
