"""What all generated models have: their fields by Python names and wire names, and exact JSON."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from .alternatives import marked
from .codec import decode, encode
from .constraints import HasFields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class WireModel(BaseModel, HasFields):
    """A JSON object of the API. Fields go by their Python names or their wire names, whichever the caller uses."""

    # defer_build: a schema is compiled at its first use, so that importing the package stays cheap.
    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, defer_build=True, protected_namespaces=())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema, in which errors can be placed."""
        return marked(handler(source), handler)

    def to_wire(self) -> dict[str, object]:
        """The object as it goes out: wire names, only what was set, `Decimal` and `date` still as such."""
        return self.model_dump(by_alias=True, exclude_unset=True, warnings=False)

    def wire_fields(self) -> Mapping[str, object]:
        """Wire name -> value of each field that was set, one level deep."""
        names, given = wire_names(type(self)), self.model_fields_set
        # __dict__ has them in order, and unlike getattr does not warn of deprecated fields.
        fields = {names.get(name, name): value for name, value in self.__dict__.items() if name in given}
        return {**fields, **self.model_extra} if self.model_extra else fields

    def wire_field(self, name: str) -> object:
        """One of those that `wire_fields` gives, by its wire name; `None` if it was not given."""
        python = python_names(type(self)).get(name)
        if python is None:
            return (self.__pydantic_extra__ or {}).get(name)
        return self.__dict__.get(python) if python in self.__pydantic_fields_set__ else None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read JSON text, every number exact: pydantic's own reading goes through `float`.

        `options` are those of `model_validate` (`Any`, as they are handed on as they come).

        Raises:
            pydantic.ValidationError: the object does not fit the model.
            ValueError: the text is not JSON.
        """
        return cls.model_validate(decode(json_data), **options)

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """Write JSON text, every number as a number: pydantic's own writing makes strings of `Decimal`.

        `options` are those of `model_dump` (`Any`, as they are handed on as they come).
        """
        return encode(self.model_dump(**options), indent=indent).decode()


def keep(model: BaseModel, name: str, value: object) -> None:
    """Let an object, and copies of it, have something that is none of its fields."""
    # Not a private attribute as pydantic declares them, which would take time wherever an object is made.
    object.__setattr__(model, "__pydantic_private__", {**(model.__pydantic_private__ or {}), name: value})


@cache
def wire_names(cls: type[WireModel]) -> dict[str, str]:
    """Python name -> wire name of the declared fields."""
    if not cls.__pydantic_fields_complete__:
        cls.model_rebuild()  # one of a circle of classes, whose fields have no wire names of their own before that
    return {name: info.serialization_alias or name for name, info in cls.model_fields.items()}


def declared(model: WireModel, wire_name: str) -> object:
    """The value of a declared field by its wire name, however the answer spelled that; `None` if there is none."""
    name = python_names(type(model)).get(wire_name)
    return None if name is None else model.__dict__.get(name)


@cache
def python_names(cls: type[WireModel]) -> dict[str, str]:
    """Wire name -> Python name of the declared fields."""
    return {wire: name for name, wire in wire_names(cls).items()}
