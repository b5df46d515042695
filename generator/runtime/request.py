"""From an operation and the caller's arguments to the request that goes out, with everything checked on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from .address import quoted
from .bodies import body_of, media_types
from .codec import NotJsonError, as_text, encode, encode_checked
from .compression import compressed
from .errors import ConfigurationError, RequestValidationError
from .http import Request
from .keys import fingerprint
from .operation import ACCEPT
from .options import fresh_key, takes_body
from .origins import Origins
from .quick import sent
from .sending import revalidated
from .style import ambiguous, form_pairs, header_text, path_segment, query_pairs, whole_query
from .violations import Violation, found_under

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .address import Address
    from .operation import Body, Operation, Parameter
    from .options import Settings
    from .signature import Signature


_FORM = "application/x-www-form-urlencoded"


class Draft(Struct, frozen=True):
    """A call that was checked and written down, but for its credentials and its idempotency key."""

    method: str
    target: str
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    content: bytes | None
    body: object
    """What `content` says, as objects of its own that nobody else can change: models, or what is written of them."""
    origins: Origins
    """Of which models of the caller's those were made."""
    what: bytes
    """A fingerprint of what is asked for: the operation, where it goes, and the body before it was compressed.

    It is empty where nobody has to remember it: of random keys, and of keys whose lifetime nobody says.
    """
    idempotency_key: str | None
    track_id: str | None
    track_header: str
    """The header in which an answer carries `track_id` back, in lower case; empty if it was not sent."""

    def __repr__(self) -> str:
        return f"Draft({self.method!r})"

    def signed(self, address: Address, signature: Signature, key: tuple[str, str] | None) -> Request:
        """The request; `key` is the name of the header for the idempotency key, and the key of this attempt."""
        headers = {**self.headers, **signature.headers}
        if key is not None:
            headers[key[0]] = key[1]
        if self.cookies:
            headers["Cookie"] = "; ".join(filter(None, [*self.cookies, signature.headers.get("Cookie", "")]))
        target = _with_query(self.target, urlencode(signature.query))
        return Request(self.method, address, address.path + target, headers, self.content)


def draft(operation: Operation[object], arguments: Mapping[str, object], body: object, settings: Settings) -> Draft:
    """Check the arguments and write them down.

    Raises:
        RequestValidationError: something breaks the description; names everything that does.
    """
    violations: list[Violation] = []
    values = _checked_parameters(operation, arguments, settings, violations)
    checked: object = None
    content: bytes | None = None
    media_type = ""
    origins = Origins()
    described = body_of(operation, body, arguments)
    if described is None and operation.body is not None:
        violations.append(Violation("Content-Type", f"must be one of {media_types(operation)}", "enum"))
    elif described is not None:
        named = {one.wire_name: str(value) for one, value in values if one.where == "header"}
        checked, media_type, content = _checked_body(described, body, named, origins, violations)
    if operation.accepts and arguments.get(ACCEPT) not in (None, *operation.accepts):
        violations.append(Violation("Accept", f"must be one of {', '.join(operation.accepts)}", "enum"))
    header = operation.idempotency_key
    given = header is not None and arguments.get(header.name) is not None
    if header is not None and not given and takes_body(settings.make_key) and not violations:
        values += _checked_value(header, _made_key(operation, settings, content or b""), violations)
    if violations:
        error = RequestValidationError(operation.id, violations)
        for parameter, value in values:
            if parameter.idempotency_key and given:
                error.idempotency_key = str(value)
            elif parameter.correlation_id:
                error.track_id = str(value)
        raise error

    path = operation.path
    query: list[str] = []
    cookies: list[str] = []
    headers = {"User-Agent": settings.user_agent, "Accept": operation.accepted, "Accept-Encoding": "gzip"}
    headers |= settings.headers
    key = track_id = None
    track_header = ""
    for parameter, value in values:
        plain = encode(value).decode() if parameter.json else value
        if parameter.where == "header":
            if settings.headers:
                headers.pop(_name_in(settings.headers, parameter), None)
            headers[parameter.wire_name] = text = header_text(plain, parameter.explode)
            if parameter.idempotency_key:
                key = text
            elif parameter.correlation_id:
                track_id, track_header = text, parameter.wire_name.lower()
        elif parameter.where == "path":
            path = path.replace(f"{{{parameter.wire_name}}}", _segment(parameter, plain))
        elif parameter.where == "querystring":
            query.extend(whole_query(plain))
        else:
            pairs = query_pairs(parameter.wire_name, plain, parameter.style, parameter.explode, parameter.reserved)
            (query if parameter.where == "query" else cookies).extend(pairs)
    target = _with_query(quoted(path), "&".join(query))
    remembered = header is not None and header.lifetime is not None and (given or settings.make_key is not fresh_key)
    what = fingerprint(operation.method.encode(), target.encode(), content or b"") if remembered else b""
    if described is not None and content is not None:
        headers["Content-Type"] = described.written or media_type
        if described.gzip and settings.compress_above is not None and len(content) > settings.compress_above:
            headers["Content-Encoding"] = "gzip"
            content = compressed(content)
    return Draft(
        method=operation.method,
        target=target,
        headers=headers,
        cookies=tuple(cookies),
        content=content,
        body=checked,
        origins=origins,
        what=what,
        idempotency_key=key,
        track_id=track_id,
        track_header=track_header,
    )


def _with_query(target: str, query: str) -> str:
    """The target with more of a query; it may have some, as the path of an operation can."""
    return f"{target}{'&' if '?' in target else '?'}{query}" if query else target


def _name_in(headers: Mapping[str, str], parameter: Parameter) -> str:
    """The name under which some headers have a parameter, if any; names of headers have no case."""
    wanted = parameter.wire_name.lower()
    return next((name for name in headers if name.lower() == wanted), "")


def _checked_parameters(
    operation: Operation[object], arguments: Mapping[str, object], settings: Settings, violations: list[Violation]
) -> list[tuple[Parameter, object]]:
    """The parameters to send with their wire values: those given, and a fresh idempotency key where one is wanted."""
    values: list[tuple[Parameter, object]] = []
    for parameter in operation.parameters:
        value = arguments.get(parameter.name)
        if parameter.where == "header" and settings.headers and (name := _name_in(settings.headers, parameter)):
            if parameter.idempotency_key:
                raise ConfigurationError(
                    operation.id, f"headers= must not hold {name}: each call needs a key of its own"
                )
            value = settings.headers[name] if value is None else value
        if value is None and parameter.idempotency_key:
            if takes_body(settings.make_key):
                continue  # it is made once the body is known
            value = _made_key(operation, settings, b"")
        if value is None:
            if parameter.required:
                message = f"this {parameter.where} parameter is required"
                violations.append(Violation(parameter.wire_name, message, "required"))
            continue
        values += _checked_value(parameter, value, violations)
    return values


def _checked_value(parameter: Parameter, value: object, violations: list[Violation]) -> list[tuple[Parameter, object]]:
    """A parameter with its wire value, if that is fit."""
    try:
        checked = revalidated(parameter.adapter, value, {}, strict=True)
    except ValidationError as error:
        violations += found_under(parameter.wire_name, error)
        return []
    # A string is on the wire what it is in Python, and most parameters are strings.
    plain = type(checked) is str
    wire = checked if plain else parameter.adapter.dump_python(checked, by_alias=True, exclude_unset=True)
    if parameter.where in ("header", "cookie") and (fault := _header_fault(wire, parameter)):
        violations.append(Violation(parameter.wire_name, fault, "format"))
    elif not parameter.json and (
        mark := ambiguous(wire, parameter.style, parameter.explode, parameter.reserved or parameter.where == "header")
    ):
        violations.append(_holding(mark, parameter.wire_name))
    elif parameter.where == "path" and _segment(parameter, wire) in ("", ".", ".."):
        violations.append(Violation(parameter.wire_name, f"{wire!r} would lead to another path", "format"))
    else:
        return [(parameter, wire)]
    return []


def _holding(mark: str, path: str) -> Violation:
    return Violation(path, f"must not hold {mark!r} within a part, as that is what stands between the parts", "format")


def _made_key(operation: Operation[object], settings: Settings, body: bytes) -> str:
    try:
        make = cast("Callable[..., object]", settings.make_key)
        key = make(body) if takes_body(settings.make_key) else make()
    except Exception as error:
        raise ConfigurationError(operation.id, f"make_key= failed: {type(error).__name__}") from error
    if not isinstance(key, str):
        # Without a key the call could not be sent again, nor its outcome found out.
        raise ConfigurationError(operation.id, f"make_key= must return a string, not {type(key).__name__}")
    return key


def _segment(parameter: Parameter, value: object) -> str:
    return path_segment(parameter.wire_name, value, parameter.style, parameter.explode)


def _header_fault(value: object, parameter: Parameter) -> str | None:
    """What a header cannot carry; above all line breaks, which would begin a header of their own."""
    text = header_text(value, parameter.explode) if parameter.where == "header" else as_text(value)
    if not text.isascii() or not text.isprintable():
        return "must be printable US-ASCII, as it goes into a header"
    return "must not begin or end with a space" if text != text.strip() else None


def _checked_body(
    body: Body, value: object, headers: Mapping[str, str], origins: Origins, violations: list[Violation]
) -> tuple[object, str, bytes | None]:
    """The body as checked models, its media type, and as bytes; `origins` gets to know what the models were made of."""
    if value is None and not (body.required and body.takes_null):
        if body.required:
            violations.append(Violation("", "a body is required", "required"))
        return None, "", None
    if isinstance(value, bytes | bytearray):
        if body.type is bytes:
            return value, body.media_type, bytes(value)
        violations.append(Violation("", "the body must be an object of the described type, not bytes", "type"))
        return None, "", None
    if type(value) is body.type and body.media_type == "application/json":
        quickly = sent(value, headers, origins)
        if quickly is not None:
            try:
                return quickly, body.media_type, encode_checked(quickly)
            except (TypeError, ValueError, OverflowError, RecursionError):
                pass  # which is found below, and said in words
    try:
        # Checked again although it was when made: a model may have been changed since, and plain dicts are welcome.
        checked = revalidated(body.adapter, value, headers, strict=True, origins=origins)
        wire = body.adapter.dump_python(checked, by_alias=True, exclude_unset=True)
        found = [*_ambiguous_fields(wire, body)]
        violations += found
        return (None, "", None) if found else (checked, *_written(wire, body))
    except ValidationError as error:
        violations += found_under("", error)
    except (NotJsonError, PydanticSerializationError, RecursionError) as error:
        violations.append(Violation("", f"the body cannot be written: {error}", "type"))
    return None, "", None


def _ambiguous_fields(wire: object, body: Body) -> Iterator[Violation]:
    if not isinstance(wire, Mapping):
        return
    for one in body.encoding:
        reserved = one.reserved or body.media_type != _FORM  # within parts nothing is quoted
        if one.style is not None and (mark := ambiguous(wire.get(one.name), one.style, one.explode, reserved)):
            yield _holding(mark, one.name)


def _written(wire: object, body: Body) -> tuple[str, bytes]:
    media_type = body.media_type
    if isinstance(wire, Mapping) and media_type == _FORM:
        return media_type, "&".join(form_pairs(wire, {one.name: one for one in body.encoding})).encode()
    if isinstance(wire, Mapping) and media_type == "multipart/form-data":
        from .multipart import multipart  # here, as few bodies need it

        return multipart(wire, {one.name: one for one in body.encoding})
    is_text = media_type.startswith("text/") or (media_type == _FORM and isinstance(wire, str))
    return media_type, as_text(wire).encode() if is_text else encode(wire)
