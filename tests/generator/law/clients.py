"""The whole way of many cases at once: from a description to a client in memory that sends and reads."""

from __future__ import annotations

import gc
import importlib
import itertools
import pkgutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import httpx2
from pydantic import TypeAdapter, ValidationError

import generator.runtime
from generator import pipeline
from generator.runtime.codec import decode, encode
from generator.runtime.errors import RequestValidationError, UndecodableResponseError
from generator.runtime.groups import groups_of
from generator.runtime.model import RequestModel, _fits, _is_clear
from generator.runtime.wire import wire_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.generator.law.descriptions import Case
    from tests.generator.law.values import Value

_NUMBERS: Final = itertools.count(1)
_PREFIX: Final = "#/components/schemas/"


@dataclass(frozen=True)
class Refused:
    """A value was not taken, or not read; `why` is what was said."""

    why: str


def description(cases: Sequence[Case]) -> dict[str, Any]:
    """One description of all cases, which are of one version."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for place, case in enumerate(cases):
        content = {"application/json": {"schema": {"$ref": f"{_PREFIX}S{place}Root"}}}
        schemas |= {f"S{place}{name}": _moved(schema, f"S{place}") for name, schema in case.schemas.items()}
        answer = {"200": {"description": "It.", "content": content}}
        sent = {"operationId": f"send{place}", "requestBody": {"required": True, "content": content}}
        paths[f"/{place}"] = {
            "post": {**sent, "responses": {"204": {"description": "Done."}}},
            "get": {"operationId": f"read{place}", "responses": answer},
        }
    info = {"title": "Law", "version": "1"}
    return {"openapi": cases[0].version, "info": info, "paths": paths, "components": {"schemas": schemas}}


def _moved(schema: Any, prefix: str) -> Any:
    if isinstance(schema, dict):
        return {
            key: f"{_PREFIX}{prefix}{value.removeprefix(_PREFIX)}" if key == "$ref" else _moved(value, prefix)
            for key, value in schema.items()
        }
    return [_moved(one, prefix) for one in schema] if isinstance(schema, list) else schema


def written(cases: Sequence[Case], folder: Path) -> Path:
    """The file of the description."""
    file = folder / "law.json"
    file.write_bytes(encode(description(cases)))
    return file


def inspected(case: Case, folder: Path) -> tuple[str | None, Case]:
    """The rule by which the generator finds a case faulty, if it does; and the case, with whether all is checked."""
    _, _, found = pipeline.inspect(written([case], folder))
    rule = next((one.rule for one in found if one.severity == "error" and one.consequence != "none"), None)
    return rule, replace(case, unchecked=any(one.consequence == "unchecked" for one in found))


class Clients:
    """The client of some cases."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        gc.freeze()  # what there is already needs no look at the end
        package = f"law_{next(_NUMBERS)}"
        made = pipeline.generate(written(cases, folder), package)
        assert made.files, made.diagnostics
        self._package = package
        _imported(made.files, package, folder)
        self._operations = sys.modules[f"{package}._operations.default"]
        self._sent: bytes | None = None
        self._answer = b""
        client = sys.modules[f"{package}.client"].Client(
            base_url="http://law", http_client=httpx2.MockTransport(self._handle)
        )
        self._resource: Any = client.default

    def close(self) -> None:
        """Forget the package."""
        for name in [name for name in sys.modules if name.partition(".")[0] == self._package]:
            del sys.modules[name]
        for kept in (_fits, _is_clear, wire_names, groups_of):
            kept.cache_clear()
        gc.collect()  # classes hold each other, and thousands of packages would fill the memory
        gc.unfreeze()

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            self._sent = request.content
            return httpx2.Response(204)
        return httpx2.Response(200, content=self._answer, headers={"Content-Type": "application/json"})

    def sent(self, place: int, value: Value) -> Value | Refused:
        """What goes out for a value, as JSON."""
        self._sent = None
        try:
            getattr(self._resource, f"send{place}")(value)
        except RequestValidationError as error:
            return Refused(str(error))
        assert self._sent is not None
        return decode(self._sent)

    def taken(self, place: int, value: Value) -> Iterator[Value | Refused]:
        """What goes out for a value; then what the model of the request makes of it, where its type is a model."""
        yield self.sent(place, value)
        model = getattr(self._operations, f"SEND{place}").body.type
        if isinstance(model, type) and issubclass(model, RequestModel):
            try:
                yield decode(encode(model.model_validate(value).to_wire()))
            except ValidationError as error:
                yield Refused(str(error))

    def read(self, place: int, value: Value) -> Value | Refused:
        """What an answer is in Python, as JSON again."""
        self._answer = encode(value)
        try:
            made = getattr(self._resource, f"read{place}")()
        except UndecodableResponseError as error:
            return Refused(str(error))
        return self._back(place, made)

    def understood(self, place: int, value: Value) -> Value | Refused:
        """The same by the types alone, for answers that nobody has to read: no call that logs how it failed."""
        try:
            return self._back(place, self._adapter(place).validate_python(decode(encode(value)), strict=True))
        except ValidationError as error:
            return Refused(str(error))

    def _adapter(self, place: int) -> TypeAdapter[object]:
        found: TypeAdapter[object] = getattr(self._operations, f"READ{place}").responses[0].adapter
        return found

    def _back(self, place: int, made: object) -> Value:
        return decode(encode(self._adapter(place).dump_python(made, by_alias=True, exclude_unset=True, warnings=False)))


def _imported(files: Mapping[str, str], package: str, folder: Path) -> None:
    """The package, imported; its runtime is the generator's own, which is the same, and costs nothing."""
    sys.modules[f"{package}._runtime"] = generator.runtime
    for path, text in files.items():
        if path.startswith("_runtime/"):
            name = path.removeprefix("_runtime/").removesuffix(".py")
            if name != "__init__" and "/" not in name:  # what is in folders no call needs
                sys.modules[f"{package}._runtime.{name}"] = importlib.import_module(f"generator.runtime.{name}")
            continue
        file = folder / package / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        # All of it now: the folder may be gone when a part is first needed.
        for part in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not part.name.endswith(".__main__"):
                importlib.import_module(part.name)
    finally:
        sys.path.remove(str(folder))
