"""Api -> {path: text}: models, the client through the Jinja templates, and the runtime.

What the templates lay out is decided here, in Python.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
import msgspec
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from generator.api.servers import known
from generator.package import choices, documentation, signatures
from generator.package.formatter import format_sources, meanwhile
from generator.package.layout import layout
from generator.package.models import begin_models
from generator.package.operations import operation_files
from generator.python.source import NOTICE, docstring, quoted, row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.api.model import (
        Api,
        Operation,
    )
    from generator.package.models import Models

RUNTIME: Final = Path(__file__).parents[1] / "runtime"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_COMPILED: Final = Path(__file__).parent / "__pycache__"
"""Where Python keeps this file, too: to compile the templates takes as long as reading the description."""
_FLAVOURS: Final = (
    {"prefix": "", "base": "SyncResource", "core": "SyncClient", "define": "def", "wait": "", "with": "with"},
    {
        "prefix": "Async",
        "base": "AsyncResource",
        "core": "AsyncClient",
        "define": "async def",
        "wait": "await ",
        "with": "async with",
    },
)
_EXPORTS: Final = (
    ("errors", ()),
    ("resending", ()),
    ("echo", ()),
    ("reasons", ()),
    ("violations", ()),
    ("events", ()),
    ("answers", ()),
    ("unread", ()),
    ("options", ()),
    # What a caller may want to say of his own variables.
    ("auth", ("AsyncToken", "Token")),
    ("transport", ("AsyncHttpClient", "HttpClient")),
    ("values", ("Json",)),
)
"""What the package shows of its runtime: modules, and names of them; none: all that they export."""
_FILES: Final = ("files", ("File",))
"""And what it shows where there are forms with files."""
_BULK: Final = ("bulk", ())
"""And what where there are runs of any number of elements."""
_STREAMS: Final = (("streams", ()), ("downloads", ("streamed",)))
"""As well where answers are streams, or bytes or texts, which can be taken as such."""
_LISTED: Final = re.compile(r"^__all__ = (\[[^\]]*\])", re.MULTILINE)


class Begun(msgspec.Struct, frozen=True):
    """A package that is being made: what gives it, and waits for that. Paths are those in it."""

    sources: Callable[[], dict[str, str]]
    """What its files say, not yet in the form that they have."""
    files: Callable[[], dict[str, str]]


def begin(api: Api, package: str) -> Begun:
    """Have the package named `package` made."""
    models = begin_models(api)
    # One for all, as is the runtime: two packages may be made at a time.
    _environment()
    rest = {**_runtime(), "py.typed": ""}
    generated = meanwhile(lambda: _generated(api, models(), package))
    formatted = meanwhile(lambda: format_sources(generated()))
    return Begun(sources=lambda: {**generated(), **rest}, files=lambda: {**formatted(), **rest})


def _generated(api: Api, models: Models, package: str) -> dict[str, str]:
    """The half of the package that the description gives."""
    environment = _environment()
    shared = {"api": api, "notice": NOTICE, "flavours": _FLAVOURS}
    operations = [one for resource in api.resources for one in resource.operations]
    has_bulk = any(one.bulk for one in operations)
    files = {
        "__init__.py": environment.get_template("__init__.py.jinja").render(
            shared,
            exports=[
                (module, names or _exported(module))
                for module, names in (
                    *_EXPORTS,
                    *([_FILES] if api.takes_files else []),
                    *([_BULK] if has_bulk else []),
                    *(_STREAMS if api.gives_streams else []),
                )
            ],
        ),
        **_models(api, models, shared),
        "_operations/__init__.py": environment.get_template("_operations.py.jinja").render(shared),
        "client.py": environment.get_template("client.py.jinja").render(
            shared,
            user_agent=f"{package}/{_token(api.version)}",
            environment=package.upper(),
            default_server=_default_server(api),
            known_servers=known(api.servers) if any(one.servers for one in operations) else [],
        ),
        "__main__.py": environment.get_template("__main__.py.jinja").render(
            shared, package=package, environment=package.upper()
        ),
        "resources/__init__.py": environment.get_template("resources.py.jinja").render(shared),
    }
    template = environment.get_template("operations.py.jinja")
    for module, file in operation_files(api).items():
        files[f"_operations/{module}.py"] = template.render(shared, file=file)
    resource_template = environment.get_template("resource.py.jinja")
    for resource in api.resources:
        files[f"resources/{resource.module}.py"] = resource_template.render(shared, resource=resource)
    return files


def _exported(module: str) -> Sequence[str]:
    """What a module of the runtime exports, by its source: to load it takes longer than all else that is done here."""
    files = _runtime()
    source = files.get(f"_runtime/{module}.py") or files[f"_runtime/{module}/__init__.py"]
    listed = _LISTED.search(source)
    if listed is None:
        raise ValueError(f"{module} has no plain list of what it exports")
    names: list[str] = ast.literal_eval(listed[1])
    return names


def _models(api: Api, models: Models, shared: Mapping[str, object]) -> dict[str, str]:
    environment, modules = _environment(), layout(api)
    if not modules:
        return {"models.py": environment.get_template("models.py.jinja").render(shared, models=models)}
    files = {
        "__init__": environment.get_template("models_init.py.jinja").render(shared, models=models, modules=modules),
        "_base": environment.get_template("models_base.py.jinja").render(shared, models=models),
    }
    template = environment.get_template("models_part.py.jinja")
    places = {name: place for place, name in enumerate(models.sources)}
    for module in modules:
        sources = [models.sources[name] for name in sorted(module.models, key=places.__getitem__)]
        files[module.name] = template.render(shared, module=module, sources=sources)
    return {f"models/{name}.py": source for name, source in files.items()}


@functools.cache
def _runtime() -> Mapping[str, str]:
    """The hand-written half of the package, word for word."""
    files = sorted(RUNTIME.rglob("*.py"))
    return {f"_runtime/{one.relative_to(RUNTIME).as_posix()}": one.read_text(encoding="utf-8") for one in files}


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled before. As of Python's own, what cannot be kept is compiled again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        bytecode_cache=None if sys.dont_write_bytecode else _Compiled(str(_COMPILED), "%s.jinja"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python source, not HTML; spec text comes through the filters below
    )
    environment.filters |= {
        "arguments": signatures.arguments,
        "bulk_doc": documentation.of_bulk,
        "bulk_keywords": signatures.bulk_keywords,
        "bulk_parameters": signatures.bulk_parameters,
        "caller": choices.caller,
        "client_doc": documentation.of_client,
        "command": _command,
        "first_sentence": _first_sentence,
        "given": choices.given,
        "gives": choices.gives,
        "in_docstring": _in_docstring,
        "keywords": signatures.keywords,
        "one_line": _one_line,
        "operation_doc": documentation.of_operation,
        "package_doc": documentation.of_package,
        "positional": signatures.positional,
        "program_name": _program_name,
        "quoted": quoted,
        "resource_doc": documentation.of_resource,
        "row": row,
    }
    return environment


def _in_docstring(text: str) -> str:
    """A piece of spec text for the middle of a docstring line."""
    return docstring(" ".join(text.split()), 0).removeprefix('"""').removesuffix('"""').replace("\n", " ").strip()


def _one_line(text: str) -> str:
    """A piece of spec text as it stands in a list."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _program_name(package: str) -> str:
    """What a package is called as a command."""
    return package.strip("_").replace("_", "-")


def _command(operation: Operation) -> str:
    parts = [operation.name, operation.constant, _one_line(operation.summary or operation.id)]
    return ", ".join([*map(quoted, parts), *([f"bulk={quoted(operation.bulk.name)}"] if operation.bulk else [])])


def _token(text: str) -> str:
    """A text as a header can carry it."""
    return re.sub(r"[^!-~]+", "-", text)


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + stop.strip() if stop else text


def _default_server(api: Api) -> str:
    absolute = [server.url for server in api.servers if server.url.startswith(("https://", "http://"))]
    return f" = {quoted(absolute[0])}" if len(absolute) == len(api.servers) == 1 else ""
