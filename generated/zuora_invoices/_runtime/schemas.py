"""What the quick path knows of a class of requests: what pydantic's schema says of its fields.

A schema that holds anything that is not known here, such as a function that somebody else wrote, is not understood.
Pydantic does not promise its form; that each field of ours is understood is tested, and where one is not, it is the
quick path that is lost, and no check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .values import calendar_date, exact_json, exact_number, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

_CONFIG: Final = {"title", "extra_fields_behavior", "strict", "allow_inf_nan", "validate_by_name", "validate_by_alias"}
_FIELD: Final = {"type", "schema", "validation_alias", "serialization_alias", "metadata"}
_SCALARS: Final = {"str", "int", "bool", "date", "literal"}
_OF_ANY: Final = (exact_number, exact_json)
_BEFORE: Final = (calendar_date, whole_number)
_OWN: Final = (f"{__package__}.model", "RequestModel._check")
_BOUNDS: Final = (f"{__package__}.values", "pydantic._internal._validators")
"""Where functions are from that look at a value and give it back as it is."""


class UnsureError(Exception):
    """Something may be wrong, or is not understood."""


class Field(NamedTuple):
    """What the schema says of a field: whether it is an array, and of which models it holds one or some."""

    many: bool = False
    cls: type[BaseModel] | None = None


def fields_of(cls: Any) -> dict[str, Field | None]:
    """Python name -> what the schema says of the field; `None` if that is not understood."""
    schema = cls.__pydantic_core_schema__
    definitions: dict[str, Any] = {}
    if schema["type"] == "definitions":
        definitions = {one["ref"]: one for one in schema["definitions"]}
        schema = schema["schema"]
    model = _model(schema, definitions)
    if (
        model is None
        or model["cls"] is not cls
        or model.get("custom_init")
        or model.get("root_model")
        or model.get("post_init")
        or "serialization" in model
        or not model.get("config", {}).keys() <= _CONFIG
        or model["config"].get("strict") is not True
        or model["schema"]["type"] != "model-fields"
        or model["schema"].get("computed_fields")
        or "extras_schema" in model["schema"]
    ):
        raise UnsureError
    return {name: _field(one, definitions) for name, one in model["schema"]["fields"].items()}


def _model(node: Any, definitions: Mapping[str, Any]) -> Any:
    """The schema of a model that nothing but our own check stands around, if the node is one."""
    node = _resolved(node, definitions)
    if node["type"] != "function-wrap" or "serialization" in node or node["schema"]["type"] != "model":
        return None
    check = node["function"]["function"]
    return node["schema"] if (check.__module__, getattr(check, "__qualname__", "")) == _OWN else None


def _resolved(node: Any, definitions: Mapping[str, Any]) -> Any:
    return definitions.get(node["schema_ref"], node) if node["type"] == "definition-ref" else node


def _field(field: Any, definitions: Mapping[str, Any]) -> Field | None:
    alias = field.get("serialization_alias")
    if not field.keys() <= _FIELD or field.get("validation_alias") != alias:
        return None
    node = field["schema"]
    while (node := _resolved(node, definitions))["type"] in ("default", "nullable"):
        if "serialization" in node or node.get("on_error", "raise") != "raise" or node.get("validate_default"):
            return None
        node = node["schema"]
    many = node["type"] == "list"
    if many:
        if "serialization" in node:
            return None
        node = _resolved(node.get("items_schema", {"type": "any"}), definitions)
    model = _model(node, definitions)
    if model is not None:
        return Field(many, model["cls"])
    return Field(many) if _is_scalar(node, definitions) else None


def _is_scalar(node: Any, definitions: Mapping[str, Any]) -> bool:
    """Whether a value that passed once passes again as it is, and is written as it is."""
    node = _resolved(node, definitions)
    if "serialization" in node:
        return False
    if node["type"] == "nullable":
        return _is_scalar(node["schema"], definitions)
    if node["type"] not in ("function-before", "function-after"):
        return node["type"] in _SCALARS
    function, inner = node["function"]["function"], node["schema"]
    function = getattr(function, "func", function)  # of a partial one
    if inner["type"] == "any":
        return function in _OF_ANY and "serialization" not in inner
    if node["type"] == "function-before":
        return function in _BEFORE and _is_scalar(inner, definitions)
    return getattr(function, "__module__", "") in _BOUNDS and _is_scalar(inner, definitions)
