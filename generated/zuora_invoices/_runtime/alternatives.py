"""Types with alternatives, kept out of the paths of errors: on the wire there is no step from a value to its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from pydantic import TypeAdapter
from pydantic_core import core_schema

from .digits import as_strings_first

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

ALTERNATIVE: Final = "<alternative>"
"""How the step begins that stands in the place of an error where pydantic went on with one of several types."""
_INNER: Final = ("schema", "items_schema", "values_schema", "keys_schema", "fields", "choices", "definitions")


def is_alternative(step: int | str) -> bool:
    """Whether a step of a path is from a value to one of its types."""
    return isinstance(step, str) and step.startswith(ALTERNATIVE)


def marked(schema: CoreSchema, handler: GetCoreSchemaHandler) -> CoreSchema:
    """The schema, with that step for each of several types.

    Pydantic's own steps are of many forms (`int`, `list[int]`, `function-wrap[...]`), and cannot be told from names of
    fields. Other models in the schema are left alone, as each marks its own.
    """
    _mark(schema, handler, set(), top=True)
    return schema


def marked_adapter(kind: Any) -> TypeAdapter[Any]:  # Any: a type form, and so the values
    """Checks values of a type, be it a model or not, with errors whose steps are marked."""
    annotated: Any = Annotated  # as checkers know no type form that is made when it runs
    return TypeAdapter(annotated[kind, _Marked()])


class _Marked:
    """Annotation of a type whose schema is to be marked."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema of the type, marked."""
        return marked(handler(source), handler)


def _mark(node: object, handler: GetCoreSchemaHandler, seen: set[int], *, top: bool = False) -> None:
    if isinstance(node, list | tuple):
        for one in node:
            _mark(one, handler, seen)
    if not isinstance(node, dict) or id(node) in seen:
        return
    seen.add(id(node))
    schema = cast("dict[str, Any]", node)  # Any: a schema is of many types
    if schema.get("type") == "definition-ref":
        try:
            found = handler.resolve_ref_schema(cast("CoreSchema", schema))
        except LookupError:  # it is being made, and marks itself
            return
        if top or not _is_model(found):
            _mark(found, handler, seen)
    elif schema.get("type") == "tagged-union":
        _mark(list(schema["choices"].values()), handler, seen)
    elif schema.get("type") == "union":
        choices = [one[0] if isinstance(one, tuple) else one for one in schema["choices"]]
        _mark(choices, handler, seen)
        schema["choices"] = [(one, ALTERNATIVE) for one in choices]
        if schema.get("mode") != "left_to_right":  # of which another function tries each
            ref = schema.pop("ref", None)
            union = cast("CoreSchema", dict(schema))
            schema.clear()
            schema |= core_schema.no_info_wrap_validator_function(as_strings_first, union, ref=ref)
    elif schema.get("type") != "function-wrap" or schema["function"]["function"] is not as_strings_first:
        for key in _INNER:
            if key in schema:
                inner = schema[key]
                _mark(list(inner.values()) if key == "fields" and isinstance(inner, dict) else inner, handler, seen)


def _is_model(schema: Any) -> bool:  # as above
    while schema.get("type", "").startswith("function-"):
        schema = schema["schema"]
    return bool(schema.get("type") == "model")
