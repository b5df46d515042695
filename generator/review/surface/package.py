"""What Python code can see of a generated package, read from its text. Nothing is imported and nothing is run.

The text is read with `ast`: griffe takes strings inside `Annotated` for annotations (`Field(pattern="a")` becomes
`Field(pattern=a)`), so that bounds and wire names are lost in it. The tests compare with griffe.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec
from pydantic.alias_generators import to_camel

from generator.review.surface.annotation import NONE, Type, parse, quoted, unparsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document.grammar import Side
    from generator.review.surface.annotation import Aliases

Kind: TypeAlias = Literal["positional", "keyword"]

_TYPES: Final = ("_runtime/values.py", "_runtime/answered.py")
"""Files with names for types that have no place in the public surface."""
_FACTS: Final = frozenset(
    ("nullable", "constraints", "minimum_versions", "alternative_names", "failure", "batch", "echo")
)
"""Class variables of models that say something of the class or its fields."""


class Field(msgspec.Struct, frozen=True):
    """A field of a model."""

    name: str
    type: Type
    """As annotated; `None` is left out where it is no value of a request and only stands for "not given"."""
    default: str | None
    """As Python; `None`: the field is required."""
    wire_name: str
    deprecated: bool
    minimum_version: tuple[str, str] | None


class Group(msgspec.Struct, frozen=True):
    """The fields of a model whose names match a pattern."""

    name: str
    pattern: str
    type: Type


class Model(msgspec.Struct, frozen=True):
    """A class of the models."""

    name: str
    side: Side
    fields: Mapping[str, Field]
    groups: Mapping[str, Group]
    constraints: tuple[ast.expr, ...]
    failure: bool
    batch: str
    """How its elements belong to those of the request, as Python; empty: they do not."""
    outcomes: tuple[Type, ...]
    """Of a batch: what was given, made, and failed."""


class Argument(msgspec.Struct, frozen=True):
    """An argument of a method or of the client."""

    name: str
    kind: Kind
    type: Type
    checked: Type
    """The type with the bounds to which the client holds it."""
    default: str | None


class Method(msgspec.Struct, frozen=True):
    """A method of a resource."""

    name: str
    call: str
    """`POST /pets`."""
    arguments: Mapping[str, Argument]
    result: Type
    answers: tuple[Type, ...]
    """What the statuses bring, failures included."""
    deprecated: bool


class Client(msgspec.Struct, frozen=True):
    """A client: the arguments that make it, and attribute -> class of each of its resources."""

    name: str
    arguments: Mapping[str, Argument]
    resources: Mapping[str, str]


class Package(msgspec.Struct, frozen=True):
    """The public surface of a generated package."""

    names: tuple[str, ...]
    models: Mapping[str, Model]
    aliases: Aliases
    """Names of the models that stand for other types."""
    clients: tuple[Client, ...]
    resources: Mapping[str, Mapping[str, Method]]
    """Class -> name -> method."""


def read(files: Mapping[str, str]) -> Package:
    """The surface of a package by path, as `pipeline.generate` gives it."""
    trees = {
        path: _parsed(text)
        for path, text in files.items()
        if path in ("__init__.py", "models.py", "client.py", *_TYPES)
        or path.startswith("models/")
        or (path.startswith(("resources/", "_operations/")) and not path.endswith("/__init__.py"))
    }
    empty = ast.Module([], [])
    models = _joined(tree for path, tree in trees.items() if path.startswith("models"))
    private: dict[str, Type] = {}
    for path in _TYPES:
        private |= _private(trees.get(path, empty), private)
    private |= _private(models, private)
    shared = _constants(trees.get("_operations/_shared.py", empty))
    resources: dict[str, dict[str, Method]] = {}
    for path, tree in sorted(trees.items()):
        if path.startswith("resources/"):
            operations = trees.get(path.replace("resources/", "_operations/"), empty)
            calls = {call.name: call for call in _calls(operations, shared, private)}
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    resources[node.name] = {one.name: one for one in _methods(node, private, calls)}
    listed = set(_exported(models))
    camel = any(
        isinstance(one, ast.Assign) and unparsed(one.value) == "ConfigDict(alias_generator=to_camel)"
        for node in models.body
        if isinstance(node, ast.ClassDef)
        for one in node.body
    )
    return Package(
        names=tuple(_exported(trees.get("__init__.py", empty))),
        models={
            node.name: _model(node, private, camel=camel)
            for node in models.body
            if isinstance(node, ast.ClassDef) and node.name in listed
        },
        aliases={name: known for name, known in _public(models, private) if name in listed},
        clients=tuple(
            _client(node, private) for node in trees.get("client.py", empty).body if isinstance(node, ast.ClassDef)
        ),
        resources=resources,
    )


@lru_cache(maxsize=256)
def _parsed(text: str) -> ast.Module:
    """A file that is the same in two packages is parsed once."""
    return ast.parse(text)


def _joined(trees: Iterable[ast.Module]) -> ast.Module:
    """What stands in several files as if it stood in one."""
    return ast.Module([node for tree in trees for node in tree.body], [])


def _exported(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and unparsed(node.targets[0]) == "__all__":
            yield from ast.literal_eval(node.value)


# -- models ----------------------------------------------------------------------------------------------------------


def _private(tree: ast.Module, known: Aliases) -> dict[str, Type]:
    """`X: TypeAlias = ...`: names without a place in the public surface, to be written out."""
    found: dict[str, Type] = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and unparsed(node.annotation) == "TypeAlias" and node.value is not None:
            found[unparsed(node.target)] = parse(node.value, {**known, **found})
    return found


def _public(tree: ast.Module, private: Aliases) -> Iterator[tuple[str, Type]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield unparsed(node.targets[0]), parse(node.value.args[1], private)


def _model(node: ast.ClassDef, private: Aliases, *, camel: bool) -> Model:
    bases = {unparsed(base).partition("[")[0]: base for base in node.bases}
    side: Side = "request" if "RequestModel" in bases else "response"
    members = [(unparsed(one.target), one) for one in node.body if isinstance(one, ast.AnnAssign)]
    facts = {name: one.value for name, one in members if _is_class_variable(one) and one.value is not None}
    nullable = _strings(facts.get("nullable"))
    versions = dict(_versions(facts.get("minimum_versions")))
    outcomes = bases.get("_batch.BatchResult")
    fields = [
        _field(one, private, nullable, versions, side, camel=camel) for _, one in members if not _is_class_variable(one)
    ]
    constraints = facts.get("constraints")
    return Model(
        name=node.name,
        side=side,
        fields={one.name: one for one in fields},
        groups={name: _group(name, value, private) for name, value in facts.items() if name not in _FACTS},
        constraints=tuple(constraints.elts) if isinstance(constraints, ast.Tuple) else (),
        failure="failure" in facts and unparsed(facts["failure"]) == "True",
        batch=unparsed(facts["batch"]).removeprefix("_batch.") if "batch" in facts else "",
        outcomes=parse(outcomes, private)[0].arguments if outcomes is not None else (),
    )


def _is_class_variable(node: ast.AnnAssign) -> bool:
    return isinstance(node.annotation, ast.Subscript) and unparsed(node.annotation.value) == "ClassVar"


def _strings(value: ast.expr | None) -> frozenset[str]:
    found = () if value is None else ast.walk(value)
    return frozenset(one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _versions(value: ast.expr | None) -> Iterator[tuple[str, tuple[str, str]]]:
    if isinstance(value, ast.Dict):
        for key, made in zip(value.keys, value.values, strict=True):
            if key is not None and isinstance(made, ast.Call):
                header, version = map(ast.literal_eval, made.args)
                yield ast.literal_eval(key), (header, version)


def _field(
    node: ast.AnnAssign,
    private: Aliases,
    nullable: frozenset[str],
    versions: Mapping[str, tuple[str, str]],
    side: Side,
    *,
    camel: bool,
) -> Field:
    name = unparsed(node.target)
    keywords = {
        keyword.arg: ast.literal_eval(keyword.value)
        for call in ast.walk(node.annotation)
        if isinstance(call, ast.Call) and unparsed(call.func) == "Field"
        for keyword in call.keywords
        if keyword.arg in ("serialization_alias", "deprecated")
    }
    wire_name = keywords.get("serialization_alias", to_camel(name) if camel else name)
    type_ = parse(node.annotation, private)
    if side == "request" and node.value is not None and wire_name not in nullable:
        type_ = tuple(one for one in type_ if one != NONE) or type_
    return Field(
        name=name,
        type=type_,
        default=None if node.value is None else quoted(unparsed(node.value)),
        wire_name=wire_name,
        deprecated=keywords.get("deprecated", False),
        minimum_version=versions.get(wire_name),
    )


def _group(name: str, value: ast.expr, private: Aliases) -> Group:
    pattern, *types = value.args if isinstance(value, ast.Call) else [ast.Constant("")]
    return Group(name, ast.literal_eval(pattern), parse(types[0] if types else ast.Name("AnyJson"), private))


# -- clients and methods ---------------------------------------------------------------------------------------------


class _Call(msgspec.Struct, frozen=True):
    """An operation as the package has it, by the name of its constant."""

    name: str
    line: str
    arguments: Mapping[str, Type]
    answers: tuple[Type, ...]


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """What several operations share, by its name."""
    return {unparsed(one.targets[0]): one.value for one in tree.body if isinstance(one, ast.Assign)}


def _calls(tree: ast.Module, shared: Mapping[str, ast.expr], private: Aliases) -> Iterator[_Call]:
    known = {**shared, **_constants(tree)}
    for node in tree.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Call):
            continue
        keywords = {keyword.arg: keyword.value for keyword in node.value.keywords}
        arguments = {
            ast.literal_eval(one.args[1]): _formed(one.args[3], private)
            for one in _each(keywords.get("parameters"), known)
        }
        body = keywords.get("body")
        if isinstance(body, ast.Call):
            arguments["body"] = _formed(body.args[1], private)
        yield _Call(
            name=unparsed(node.target),
            line=f"{ast.literal_eval(keywords['method'])} {ast.literal_eval(keywords['path'])}",
            arguments=arguments,
            answers=tuple(
                _formed(given, private)
                for listed in ("responses", "others")
                for one in _each(keywords.get(listed), known)
                for given in _given(one, known)
            ),
        )


def _formed(form: ast.expr, private: Aliases) -> Type:
    """A type, which a function gives where it names models."""
    return parse(form.body if isinstance(form, ast.Lambda) else form, private)


def _given(response: ast.Call, known: Mapping[str, ast.expr]) -> Iterator[ast.expr]:
    """The types of an answer: its own, or those of the elements of a stream."""
    yield from response.args[2:3]
    for one in response.keywords:
        yield from (element.args[0] for element in _each(one.value, known))


def _each(value: ast.expr | None, known: Mapping[str, ast.expr]) -> Iterator[ast.Call]:
    """The parts of a tuple, those with a name of their own too."""
    for one in value.elts if isinstance(value, ast.Tuple) else ():
        part = known.get(one.id) if isinstance(one, ast.Name) else one
        if isinstance(part, ast.Call):
            yield part


def _client(node: ast.ClassDef, private: Aliases) -> Client:
    functions = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    made = next((one for one in functions if one.name == "__init__"), None)
    return Client(
        name=node.name,
        arguments={one.name: one for one in _arguments(made, private, {})} if made is not None else {},
        resources={one.name: unparsed(one.returns) for one in functions if one.returns and one is not made},
    )


def _methods(node: ast.ClassDef, private: Aliases, calls: Mapping[str, _Call]) -> Iterator[Method]:
    chosen: dict[str, ast.expr | None] = {}
    for one in node.body:
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if one.decorator_list:  # an overload: what is given without a choice comes first
            chosen.setdefault(one.name, one.returns)
            continue
        returned = chosen.get(one.name, one.returns)
        named = [
            part.attr
            for part in ast.walk(one)
            if isinstance(part, ast.Attribute) and unparsed(part.value) == "_operations"
        ]
        call = calls.get(named[0]) if named else None
        yield Method(
            name=one.name,
            call=call.line if call else "",
            arguments={made.name: made for made in _arguments(one, private, call.arguments if call else {})},
            result=parse(returned, private) if returned else (),
            answers=call.answers if call else (),
            deprecated="Deprecated." in (ast.get_docstring(one) or "").split("\n\n"),
        )


def _arguments(
    node: ast.FunctionDef | ast.AsyncFunctionDef, private: Aliases, checked: Mapping[str, Type]
) -> Iterator[Argument]:
    """All but `self` and `**options`."""
    plain, named = node.args.args[1:], node.args.kwonlyargs
    defaults: list[ast.expr | None] = [*([None] * (len(plain) - len(node.args.defaults))), *node.args.defaults]
    for one, default in zip([*plain, *named], [*defaults, *node.args.kw_defaults], strict=True):
        type_ = parse(one.annotation, private) if one.annotation else ()
        if default is not None and unparsed(default) == "None":
            type_ = tuple(option for option in type_ if option != NONE)
        yield Argument(
            name=one.arg,
            kind="positional" if one in plain else "keyword",
            type=type_,
            checked=checked.get(one.arg, ()),
            default=None if default is None else quoted(unparsed(default)),
        )
