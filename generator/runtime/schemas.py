"""What the quick path knows of a class of requests: what pydantic's schema says of its fields.

A schema that holds anything that is not known here, such as a function that somebody else wrote, is not understood.
Pydantic does not promise its form; that each field of ours is understood is tested, and where one is not, it is the
quick path that is lost, and no check.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from types import GenericAlias, NoneType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

from msgspec import Meta
from pydantic_core import SchemaSerializer, SchemaValidator

from .values import calendar_date, exact_json, exact_number, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CONFIG: Final = {
    "extra_fields_behavior": "allow",
    "strict": True,
    "allow_inf_nan": False,
    "validate_by_name": True,
    "validate_by_alias": True,
}
_MODEL: Final = {"type", "cls", "schema", "config", "custom_init", "root_model", "ref", "metadata"}
_FIELDS: Final = {"type", "fields", "model_name", "computed_fields"}
_FIELD: Final = {"type", "schema", "validation_alias", "serialization_alias", "metadata"}
_DEFAULTS: Final = frozenset((str, int, bool, Decimal, date, NoneType))
"""Types of defaults that nothing can change, so that all models can have the same."""
_SIZES: Final = {"min_length", "max_length"}
_BOUNDS: Final = {"ge", "gt", "le", "lt"}
_EXACT: Final = 2**53  # msgspec has bounds of 64 bits
_OWN: Final = (f"{__package__}.model", "RequestModel._check")
_KNOWN: Final = (
    *(f"{__package__}.{name}" for name in ("digits", "values", "written")),
    "pydantic._internal._validators",
)
"""Where functions are from that depend on nothing but a value."""
_ALONE: Final = {
    *("str", "int", "float", "bool", "date", "datetime", "literal", "none", "nullable", "list", "dict", "union"),
    *("function-before", "function-after", "function-wrap"),
}
_NO_SCHEMAS: Final = {"metadata", "serialization", "expected", "function"}
NEEDED: Final = object()
"""In place of a default, where there is none."""


class UnsureError(Exception):
    """Something may be wrong, or is not understood."""


class Field(NamedTuple):
    """What the schema says of a field."""

    default: object
    """`NEEDED` if it has to be given."""
    nullable: bool
    type_: type | None = None
    """Of values with which nothing can be wrong but what a look finds; `None` if each value has to be read."""
    look: Any = Any
    """As what msgspec looks at those."""
    read: Callable[[Any], Any] | None = None
    """Makes what pydantic makes of other values, or raises anything; `None` if the schema is not understood."""
    write: Callable[[Any], object] | None = None
    """Makes what stands on the wire, if that is something else."""
    cls: Any = None
    """Of the model in the field, or of those in its array, if `type_` is `list`."""


def fields_of(cls: Any, schema: Any) -> dict[str, Field]:
    """Python name -> what the schema of a class says of the field.

    Raises:
        UnsureError: the class is not understood.
    """
    definitions: dict[str, Any] = {}
    if schema["type"] == "definitions":
        definitions = {one["ref"]: one for one in schema["definitions"]}
        schema = schema["schema"]
    model = _model(schema, definitions)
    if (
        model is None
        or model["cls"] is not cls
        or not model.keys() <= _MODEL
        or model.get("custom_init")
        or model.get("root_model")
        or model["schema"]["type"] != "model-fields"
        or not model["schema"].keys() <= _FIELDS
        or model["schema"].get("computed_fields")
    ):
        raise UnsureError
    own = _Own(definitions, model["config"])
    return {name: own.field(one) for name, one in model["schema"]["fields"].items()}


def _model(node: Any, definitions: Mapping[str, Any]) -> Any:
    """The schema of a model of our configuration that our own check alone stands around, if the node is one."""
    node = _resolved(node, definitions)
    if node["type"] != "function-wrap" or "serialization" in node or node["schema"]["type"] != "model":
        return None
    check, model = node["function"]["function"], node["schema"]
    if {name: one for name, one in model.get("config", {}).items() if name != "title"} != _CONFIG:
        return None
    return model if (check.__module__, getattr(check, "__qualname__", "")) == _OWN else None


def _resolved(node: Any, definitions: Mapping[str, Any]) -> Any:
    return definitions.get(node["schema_ref"], node) if node["type"] == "definition-ref" else node


class _Own:
    """The schemas of one class."""

    def __init__(self, definitions: Mapping[str, Any], config: Any) -> None:
        self._definitions = definitions
        self._config = config

    def field(self, field: Any) -> Field:
        """What is known of a field."""
        default, nullable, understood = NEEDED, False, field.keys() <= _FIELD
        alias = field.get("serialization_alias")
        node = field["schema"]
        while (node := _resolved(node, self._definitions))["type"] in ("default", "nullable"):
            understood &= "serialization" not in node
            if node["type"] == "nullable":
                nullable = True
            else:
                default = node.get("default", NEEDED)
                if type(default) not in _DEFAULTS or node.get("validate_default"):
                    raise UnsureError
                understood &= node.get("on_error", "raise") == "raise"
            node = node["schema"]
        if not understood or field.get("validation_alias") != alias:
            return Field(default, nullable)
        return self._value(node, Field(default, nullable))

    def _value(self, node: Any, field: Field) -> Field:
        kind, keys = node["type"], node.keys() - {"type", "metadata", "ref"}
        sizes = {name: node[name] for name in keys & _SIZES}
        if kind == "str" and keys <= _SIZES:
            look = Annotated[str, Meta(**sizes)] if sizes else str
            return field._replace(type_=str, look=look, read=_text)
        if kind == "bool" and not keys:
            return field._replace(type_=bool, look=bool, read=_exactly(bool))
        if kind == "literal" and keys == {"expected"} and all(type(one) is str for one in node["expected"]):
            return field._replace(type_=str, look=Literal[tuple(node["expected"])], read=_text)
        if (model := _model(node, self._definitions)) is not None:
            return field._replace(type_=model["cls"], read=_exactly(model["cls"]), cls=model["cls"])
        if kind == "list" and keys <= {"items_schema", *_SIZES} and "items_schema" in keys:
            model = _model(node["items_schema"], self._definitions)
            if model is not None:
                look = Annotated[GenericAlias(list, model["cls"]), Meta(**sizes)]  # msgspec makes `list[...]` of it
                return field._replace(type_=list, look=look, read=_exactly(list), cls=model["cls"])
        if not _is_alone(node):
            return field
        function = node["function"]["function"] if kind in ("function-before", "function-after") else None
        if function is exact_number and kind == "function-after" and node["schema"].keys() <= {"type", "metadata"}:
            return field._replace(type_=Decimal, read=exact_number)
        if function is calendar_date and kind == "function-before" and node["schema"].keys() <= {"type", "metadata"}:
            return field._replace(type_=date, look=date, read=calendar_date)
        alone = _Alone(node, self._config)
        if function is whole_number and kind == "function-before" and (look := _whole(node["schema"])) is not None:
            return field._replace(type_=int, look=look, read=alone.read)
        return field._replace(read=alone.read, write=alone.write if "serialization" in str(node) else None)


def _whole(node: Any) -> Any:
    """As what msgspec looks at integers, if it can have their bounds."""
    bounds = {name: one for name, one in node.items() if name not in ("type", "metadata")}
    if node["type"] != "int" or not bounds.keys() <= _BOUNDS or any(abs(one) > _EXACT for one in bounds.values()):
        return None
    return Annotated[int, Meta(**bounds)] if bounds else int


def _exactly(kind: type) -> Callable[[object], object]:
    def read(value: object) -> object:
        if type(value) is not kind:
            raise UnsureError
        return value

    return read


def _text(value: object) -> object:
    if type(value) is not str:
        raise UnsureError
    value.encode()  # an exception for half a character
    return value


def _is_alone(node: Any) -> bool:
    """Whether what a schema makes of a value depends on nothing but the value."""
    if isinstance(node, list | tuple):
        return all(map(_is_alone, node))
    if not isinstance(node, dict):
        return True
    writing = node.get("serialization")
    if node.get("type") not in _ALONE or not (writing is None or _is_known(writing, "function-plain")):
        return False
    if "function" in node:
        if not _is_known(node["function"], "no-info"):
            return False
        if node["schema"]["type"] == "any" and "serialization" not in node["schema"]:
            return node["function"]["function"] in (exact_number, exact_json)
    return all(_is_alone(one) for name, one in node.items() if name not in _NO_SCHEMAS)


def _is_known(call: Any, kind: str) -> bool:
    """Whether a function is called as one of this kind, is one of ours, and wants to know of nothing but a value."""
    function = call["function"]
    function = getattr(function, "func", function)  # of a partial one
    known = function is datetime.isoformat or getattr(function, "__module__", "") in _KNOWN
    return known and call["type"] == kind and not (call.get("info_arg") or call.get("is_field_serializer"))


class _Alone:
    """A schema by itself, which is compiled when it is needed."""

    def __init__(self, node: Any, config: Any) -> None:
        self._node = node
        self._config = config

    @cached_property
    def _validator(self) -> SchemaValidator:
        return SchemaValidator(self._node, self._config)

    @cached_property
    def _serializer(self) -> SchemaSerializer:
        return SchemaSerializer(self._node, self._config)

    def read(self, value: object) -> object:
        return self._validator.validate_python(value)

    def write(self, value: object) -> object:
        return self._serializer.to_python(value)
