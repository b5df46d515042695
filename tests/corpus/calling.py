"""Call every operation of a generated package, each against a server in memory that knows the description alone.

    python -m tests.corpus.calling FOLDER PACKAGE DESCRIPTION

A fresh interpreter of its own: what it prints, a line of JSON each, is whether the package imports and what it takes to
open it, and then what became of each operation, so that what was not reached in time is known too; with some of them,
what a first call takes.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from tests.corpus.importing import imported
from tests.corpus.opening import BASE, Answer, FirstCall, Opened, client_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    import httpx2

    from generator.document.index import Operation
    from tests.corpus.requests import Call, Caller, Payload

_FIRST: Final = 10
"""Of so many operations of a description, more or less, it is known what they cost where they are the first."""


@dataclass(frozen=True)
class Method:
    """A method of a client: how to reach it, and the operation as the package has it."""

    resource: str
    name: str
    operation: Any


def _call_all(module: ModuleType, description: Path, opened: Opened) -> None:
    # These import the generator, which must not help a package to be imported.
    from generator.document import load, upgrade
    from generator.document.index import of
    from tests.corpus.requests import Caller

    document = upgrade(load(description))
    # Several may have one path, told apart by a fragment that is not sent; not all have an id of their author's.
    # What calls an operation for many elements comes after the method that calls it once.
    methods = {key: one for one in reversed([*_methods(module)]) for key in _keys(one.operation)}
    caller = Caller(document)
    operations = of(document).operations
    for place, operation in enumerate(operations):
        item = document.node.at("paths", operation.path)
        if item is None or item.resolve().pointer != operation.item.pointer:
            continue  # a callback or a webhook
        known = (operation.method.upper(), operation.path.partition("#")[0])
        method = methods.get((*known, operation.node.text("operationId"))) or methods.get((*known, ""))
        if method is None:
            _say(operation=str(operation), fault="left out", why="")
            continue
        for full in (False, True):
            fault = _called(module, method, operation, caller, full=full)
            if fault is not None:
                break
        _say(operation=str(operation), fault=fault and fault[0], why=fault and fault[1][:300])
        if fault is None and place % max(len(operations) // _FIRST, 1) == 0:
            _say(first_call=opened.first(_first_call(module, method, caller.call(operation, full=False))))


def _readable(description: Path, folder: Path) -> Path:
    """The description; a copy without the patterns that no engine here knows, of which nobody can say anything."""
    from generator.python.pattern import rich
    from generator.runtime.codec import encode

    unknown: list[str] = []

    def known(members: dict[str, Any]) -> dict[str, Any]:
        pattern = members.get("pattern")
        if not isinstance(pattern, str) or rich(pattern) is not None:
            return members
        unknown.append(pattern)
        return {name: member for name, member in members.items() if name != "pattern"}

    if description.suffix != ".json":
        return description
    made = json.loads(description.read_bytes(), object_hook=known, parse_float=Decimal)
    if not unknown:
        return description
    copy = folder / "readable.json"
    copy.write_bytes(encode(made))
    return copy


def _keys(operation: Any) -> Iterator[tuple[str, str, str]]:
    for id_ in (operation.id, ""):
        yield operation.method, operation.path, id_


def _methods(module: ModuleType) -> Iterator[Method]:
    """The methods of the client: each names the operation that it calls."""
    for name, resource in _resources(module):
        operations = vars(sys.modules[resource.__module__.replace(".resources.", "._operations.")])
        for method, function in inspect.getmembers(resource, inspect.isfunction):
            constants = [one for one in function.__code__.co_names if one in operations and one.isupper()]
            if not method.startswith("_") and constants:
                yield Method(name, method, operations[constants[0]])


def _resources(module: ModuleType) -> Iterator[tuple[str, type]]:
    resources = sys.modules[f"{module.__name__}.resources"]
    for name, member in vars(module.Client).items():
        made = getattr(member, "func", None)
        if made is not None and made.__annotations__.get("return") in resources.__all__:
            yield name, getattr(resources, made.__annotations__["return"])


def _called(
    module: ModuleType, method: Method, operation: Operation, caller: Caller, *, full: bool
) -> tuple[str, str] | None:
    """What is wrong with a call, as its kind and in words; `None` where nothing is."""
    from tests.corpus.requests import faults
    from tests.corpus.values import NoValueError
    from tests.generator.law.judging import same

    try:
        call = caller.call(operation, full=full)
    except NoValueError as error:
        return (error.kind, str(error)) if not full else None
    except Exception as error:  # noqa: BLE001 - other operations are called all the same
        return "no call is made", f"{type(error).__name__}: {error}"
    server = _Server(_answer(call))
    try:
        with client_of(module, server) as client:
            function = getattr(getattr(client, method.resource), method.name)
            result = function(**_arguments(function, method.operation, call))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of this call
        kind = {"RequestValidationError": "refused", "UndecodableResponseError": "unreadable"}
        return kind.get(type(error).__name__, "raised"), f"{type(error).__name__}: {error}"
    if len(server.requests) != 1:
        return "wrong request", f"{len(server.requests)} requests"
    for fault in faults(call, operation, _path(operation), server.requests[0]):
        return "wrong request", fault
    if call.answer is not None and operation.method != "head":
        back = _plain(module, method.operation, call.status, result)
        if not same(back, call.answer.value):
            return "read otherwise", f"{str(back)[:140]}, not {str(call.answer.value)[:140]}"
    return None


def _arguments(function: Any, operation: Any, call: Call) -> dict[str, Any]:
    names: dict[tuple[str, str], str] = {_key(one.where, one.wire_name): one.name for one in operation.parameters}
    said = {_key(one.style.where, one.style.name): one.value for one in call.arguments}
    given = {names[key]: value for key, value in said.items() if key in names}
    if operation.body is not None and call.body is not None:
        others = {*names.values(), "options", *(["content_type"] if operation.bodies else [])}
        others |= {"accept"} if operation.accepts else set()
        (body,) = (name for name in inspect.signature(function).parameters if name not in others)
        given[body] = call.body.value
        if operation.bodies:
            from generator.api.media import essence, written_as

            given["content_type"] = written_as(essence(call.body.media_type))
    return given


def _key(where: str, name: str) -> tuple[str, str]:
    """What tells a parameter from others: names of headers have no case."""
    return where, name.lower() if where == "header" else name


def _path(operation: Operation) -> str:
    """The path of the server that is called: its own where that is relative, else that of the client."""
    servers = [*operation.node.elements_of("servers")] or [*operation.item.elements_of("servers")]
    if not servers:
        return urlsplit(BASE).path
    url = servers[0].text("url")
    for name, variable in servers[0].members_of("variables"):
        url = url.replace(f"{{{name}}}", variable.text("default"))
    return urlsplit(BASE if urlsplit(url).netloc else urljoin(f"{BASE}/", url)).path.rstrip("/")


def _first_call(module: ModuleType, method: Method, call: Call) -> FirstCall:
    with client_of(module, _answer(call)) as client:
        function = getattr(getattr(client, method.resource), method.name)
    return FirstCall(method.resource, method.name, _arguments(function, method.operation, call), _answer(call))


class _Server:
    def __init__(self, answer: Answer) -> None:
        self.requests: list[httpx2.Request] = []
        self._answer = answer

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return self._answer(request)


def _answer(call: Call) -> Answer:
    if call.answer is None:
        return Answer(call.status)
    media_type = call.answer.media_type.replace("*/*", "application/octet-stream").replace("*", "x")
    return Answer(call.status, _content(call.answer), media_type)


def _content(answer: Payload) -> bytes:
    from generator.api.media import essence, stream_of
    from generator.runtime.codec import encode

    if kind := stream_of(essence(answer.media_type)):
        texts = [one.encode() if isinstance(one, str) and kind == "events" else encode(one) for one in answer.value]
        marks = {"events": (f"event: {answer.event}\ndata: ".encode(), b"\n\n"), "sequence": (b"\x1e", b"\n")}
        before, after = marks.get(kind, (b"", b"\n"))
        return b"".join(before + text + after for text in texts)
    if isinstance(answer.value, bytes):
        return answer.value
    if isinstance(answer.value, str) and answer.media_type.startswith("text/"):
        return answer.value.encode()
    return encode(answer.value)


def _plain(module: ModuleType, operation: Any, status: int, result: Any) -> Any:
    codec = importlib.import_module(f"{module.__name__}._runtime.codec")
    if isinstance(result, bytes | str | None):
        return result
    for response in operation.responses_for(status):
        if response.elements:
            return [_element(codec, response, item) for item in result]
        if response.type is not None and response.type not in (bytes, str):
            dumped = response.adapter.dump_python(result, by_alias=True, exclude_unset=True, warnings=False)
            return codec.decode(codec.encode(dumped))
    return result


def _element(codec: ModuleType, response: Any, item: Any) -> Any:
    from pydantic import TypeAdapter

    event, data = (item.event, item.data) if hasattr(item, "retry") else ("", item)
    one = next((one for one in response.elements if one.event == event), response.elements[0])
    dumped = TypeAdapter(one.type).dump_python(data, by_alias=True, exclude_unset=True, warnings=False)
    return dumped if one.is_text else codec.decode(codec.encode(dumped))


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _folder, _package, _description = sys.argv[1:]
    _opened = Opened(_folder, _package)
    imported(_folder, _package)
    _say(opened=_opened.seconds)
    _call_all(sys.modules[_package], _readable(Path(_description), Path(_folder)), _opened)
    _opened.close()
