"""From an operation and the caller's arguments to the request that goes out, with everything checked on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from .codec import NotJsonError, as_text, encode
from .errors import RequestValidationError, Violation
from .style import header_text, path_segment, query_pairs

_SHOULD: Final = re.compile(r"^(Input|String|List|Dictionary|Value) should ")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .auth import Signature
    from .operation import Body, Operation, Parameter


class Request(Struct, frozen=True):
    """What goes over the wire. Headers and URL may hold secrets and are not shown."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None
    idempotency_key: str | None = None

    def __repr__(self) -> str:
        return f"Request({self.method!r})"

    def __reduce__(self) -> str:
        raise TypeError("a request is not pickled: it holds secrets")


def build(
    operation: Operation[object], base_url: str, arguments: Mapping[str, object], body: object, signature: Signature
) -> Request:
    """Check the arguments and write the request.

    Raises:
        RequestValidationError: something breaks the description; names everything that does.
    """
    violations: list[Violation] = []
    values = _checked_parameters(operation, arguments, violations)
    content = _checked_body(operation.body, body, violations) if operation.body is not None else None
    if violations:
        raise RequestValidationError(operation.id, violations)

    path = operation.path
    query: list[str] = [] if not signature.query else [urlencode(signature.query)]
    cookies: list[str] = []
    headers = {"Accept": _accepted(operation)}
    if operation.body is not None and content is not None:
        headers["Content-Type"] = operation.body.media_type
    for parameter, value in values:
        plain = encode(value).decode() if parameter.json else value
        match parameter.where:
            case "path":
                path = path.replace(f"{{{parameter.wire_name}}}", _segment(parameter, plain))
            case "query":
                query += query_pairs(parameter.wire_name, plain, parameter.style, parameter.explode)
            case "cookie":
                cookies += query_pairs(parameter.wire_name, plain, parameter.style, parameter.explode)
            case "header":
                headers[parameter.wire_name] = header_text(plain, parameter.explode)
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    for name, secret in signature.headers.items():
        headers[name] = f"{headers[name]}; {secret}" if name == "Cookie" and name in headers else secret
    url = base_url.rstrip("/") + path + ("?" + "&".join(query) if query else "")
    keys = (str(value) for parameter, value in values if parameter.idempotency_key)
    return Request(operation.method, url, headers, content, next(keys, None))


def _checked_parameters(
    operation: Operation[object], arguments: Mapping[str, object], violations: list[Violation]
) -> list[tuple[Parameter, object]]:
    """The parameters to send with their wire values: those given, and a fresh idempotency key where one is wanted."""
    values: list[tuple[Parameter, object]] = []
    for parameter in operation.parameters:
        value = arguments.get(parameter.name)
        if value is None and parameter.idempotency_key:
            value = _fresh_key()
        if value is None:
            if parameter.required:
                violations.append(Violation(parameter.wire_name, f"this {parameter.where} parameter is required"))
            continue
        try:
            checked = parameter.adapter.validate_python(value, strict=True)
            wire = parameter.adapter.dump_python(checked, by_alias=True, exclude_unset=True)
        except ValidationError as error:
            violations += _violations(error, parameter.wire_name)
            continue
        if parameter.where in ("header", "cookie") and (fault := _header_fault(wire, parameter)):
            violations.append(Violation(parameter.wire_name, fault))
        elif parameter.where == "path" and _segment(parameter, wire) in ("", ".", ".."):
            violations.append(Violation(parameter.wire_name, f"{wire!r} would lead to another path"))
        else:
            values.append((parameter, wire))
    return values


def _segment(parameter: Parameter, value: object) -> str:
    return path_segment(parameter.wire_name, value, parameter.style, parameter.explode)


def _fresh_key() -> str:
    from uuid import uuid4  # here, as it is needed at the first call and not at import

    return str(uuid4())


def _header_fault(value: object, parameter: Parameter) -> str | None:
    """What a header cannot carry; above all line breaks, which would begin a header of their own."""
    text = header_text(value, parameter.explode) if parameter.where == "header" else as_text(value)
    if not text.isascii() or not text.isprintable():
        return "must be printable US-ASCII, as it goes into a header"
    return "must not begin or end with a space" if text != text.strip() else None


def _checked_body(body: Body, value: object, violations: list[Violation]) -> bytes | None:
    if value is None:
        if body.required:
            violations.append(Violation("", "a body is required"))
        return None
    if isinstance(value, bytes | bytearray):
        if body.type is bytes:
            return bytes(value)
        violations.append(Violation("", "the body must be an object of the described type, not bytes"))
        return None
    try:
        # Checked again although it was when made: a model may have been changed since, and plain dicts are welcome.
        # As what it is, not as what was declared, so that nothing a subclass adds gets lost without a word.
        given = body.adapter.dump_python(
            value, by_alias=True, exclude_unset=True, warnings=False, serialize_as_any=True
        )
        checked = body.adapter.validate_python(given)
        wire = body.adapter.dump_python(checked, by_alias=True, exclude_unset=True)
        return _written(wire, body.media_type)
    except ValidationError as error:
        violations += _violations(error)
    except (NotJsonError, PydanticSerializationError, RecursionError) as error:
        violations.append(Violation("", f"the body cannot be written: {error}"))
    return None


def _written(wire: object, media_type: str) -> bytes:
    if media_type == "application/x-www-form-urlencoded" and isinstance(wire, Mapping):
        pairs = [pair for name, value in wire.items() for pair in query_pairs(str(name), value, "form", explode=True)]
        return "&".join(pairs).encode()
    return as_text(wire).encode() if media_type.startswith("text/") else encode(wire)


def _accepted(operation: Operation[object]) -> str:
    kinds = dict.fromkeys(one.media_type for one in operation.responses if one.media_type)
    return ", ".join(kinds) or "*/*"


def _violations(error: ValidationError, prefix: str = "") -> Iterator[Violation]:
    for found in error.errors(include_url=False, include_context=False, include_input=False):
        message = _SHOULD.sub("must ", found["msg"])
        yield Violation(wire_path(found["loc"], prefix), "is required" if found["type"] == "missing" else message)


def wire_path(steps: tuple[int | str, ...], prefix: str = "") -> str:
    """Steps as people write them: `("lines", 3, "name")` is `lines[3].name`."""
    path = prefix
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path
