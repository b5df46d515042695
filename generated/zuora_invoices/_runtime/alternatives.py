"""Types with alternatives, kept out of the paths of errors: on the wire there is no step from a value to its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from pydantic import TypeAdapter
from pydantic_core import core_schema

from .digits import as_strings_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema, ErrorDetails

ALTERNATIVE: Final = "<alternative>"
"""How the step begins that stands in the place of an error where pydantic went on with one of several types."""
_PLAIN: Final = frozenset(("str", "bool", "literal", "none"))
"""What never takes a string for a number."""
_INNER: Final = ("schema", "items_schema", "values_schema", "keys_schema", "fields", "choices", "definitions")


def is_alternative(step: int | str) -> bool:
    """Whether a step of a path is from a value to one of its types."""
    return isinstance(step, str) and step.startswith(ALTERNATIVE)


def pertinent(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """What is wrong with a value, but not with it as one of several types where a field of it names another."""
    each = {one["loc"][: place + 1] for one in errors for place, step in enumerate(one["loc"]) if is_alternative(step)}
    others = {one["loc"][:-1] for one in errors if one["type"] == "literal_error" and _is_of_tag(one["loc"])}
    # If it names none of them, it may be meant as any.
    named = {one[:-1] for one in each - others}
    others = {one for one in others if one[:-1] in named}
    return [one for one in errors if not any(one["loc"][:end] in others for end in range(1, len(one["loc"])))]


def _is_of_tag(path: tuple[int | str, ...]) -> bool:
    """Whether a path is that of the field which says of which of several types a value is."""
    return len(path) > 1 and is_alternative(path[-2]) and str(path[-2]).partition("/")[1:] == ("/", path[-1])


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
        tag = _tag([_tags(one, handler) for one in choices])
        named = "" if tag is None else f"/{tag}"
        schema["choices"] = [(one, f"{ALTERNATIVE}{place}{named}") for place, one in enumerate(choices)]
        if tag is not None:
            schema["mode"] = "left_to_right"  # where one fits, no other does, and none is tried
        # Of those in order another function tries each.
        elif schema.get("mode") != "left_to_right" and not all(map(_is_plain, choices)):
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
    return bool(_bare(schema).get("type") == "model")


def _is_plain(schema: Any) -> bool:
    return schema.get("type") in _PLAIN or (schema.get("type") == "nullable" and _is_plain(schema["schema"]))


def _bare(schema: Any) -> Any:
    """What functions stand around."""
    while schema.get("type", "").startswith("function-"):
        schema = schema["schema"]
    return schema


def _tags(schema: Any, handler: GetCoreSchemaHandler) -> Mapping[tuple[str, str], frozenset[str | bool]]:
    """Name and wire name of the fields that a model has to have, and that can have but these values."""
    try:
        model = _bare(handler.resolve_ref_schema(schema))
    except LookupError:  # as above
        return {}
    if model["type"] != "model" or model["schema"]["type"] != "model-fields":
        return {}
    values = ((name, field, _bare(field["schema"])) for name, field in model["schema"]["fields"].items())
    return {
        (name, str(field.get("validation_alias", name))): frozenset(value["expected"])
        for name, field, value in values
        if value["type"] == "literal" and {*map(type, value["expected"])} <= {str, bool}
    }


def _tag(choices: Sequence[Mapping[tuple[str, str], frozenset[str | bool]]]) -> str | None:
    """The wire name of the field that tells each of several models from each of the others, if there is one."""
    for names in sorted(set(choices[0]).intersection(*choices)):
        values = [one[names] for one in choices]
        if len(frozenset[str | bool]().union(*values)) == sum(map(len, values)):
            return names[1]
    return None
