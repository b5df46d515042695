"""Fields of answers that an API spells in more than one way: read under one name, written back as they came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import (
    ModelWrapValidatorHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)

from .model import ResponseModel
from .wire import keep

if TYPE_CHECKING:
    from typing import Self


_SPELLING: Final = "_spelling"


class Respelled(ResponseModel):
    """An answer in which a field can have another wire name than its own."""

    alternative_names: ClassVar[Mapping[str, str]] = {}
    """Other wire name -> the wire name of the field; of several for a field, the first that is there counts."""

    @property
    def _spelling(self) -> Mapping[str, str]:
        """Wire name of a field -> the other one under which it came."""
        spelling: Mapping[str, str] = (self.__pydantic_private__ or {}).get(_SPELLING, {})
        return spelling

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        spelling = _spelling_of(data, cls) if type(data) is dict or isinstance(data, Mapping) else {}
        while spelling and isinstance(data, Mapping):
            own = {other: wire for wire, other in spelling.items()}
            try:
                model = handler({own.get(name, name): value for name, value in data.items()})
            except ValidationError as error:
                # The description says nothing of what is there under another name: what does not fit is unknown.
                unfit = {one["loc"][0] for one in error.errors(include_url=False) if one["loc"]}
                fit = {wire: other for wire, other in spelling.items() if wire not in unfit}
                spelling = fit if len(fit) < len(spelling) else {}
            else:
                keep(model, _SPELLING, spelling)
                return model
        return handler(data)

    @model_serializer(mode="wrap")
    def _write(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        return self._spelled(handler(self)) if info.by_alias and self._spelling else handler(self)

    def wire_fields(self) -> Mapping[str, object]:
        """Wire name -> value of each field that was set, one level deep."""
        return self._spelled(super().wire_fields())

    def wire_field(self, name: str) -> object:
        """One of those that `wire_fields` gives, by its wire name; `None` if it was not given."""
        return self.wire_fields().get(name) if self._spelling else super().wire_field(name)

    def _spelled(self, fields: Mapping[str, object]) -> dict[str, Any]:
        spelling = self._spelling
        return {spelling.get(name, name): value for name, value in fields.items()} if spelling else dict(fields)


def _spelling_of(data: Mapping[object, object], cls: type[Respelled]) -> dict[str, str]:
    """Wire name -> other name of the fields that are there under another name only."""
    found: dict[str, str] = {}
    for other, wire in cls.alternative_names.items():
        if other in data and wire not in data:
            found.setdefault(wire, other)
    if found:  # which few answers have
        for name, info in cls.model_fields.items():
            if name in data:
                found.pop(info.serialization_alias or name, None)
    return found
