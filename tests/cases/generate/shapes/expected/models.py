"""The objects of Shapes of pets: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Optional, TypeAlias

from pydantic import Field
from typing_extensions import TypeAliasType

from ._runtime import model as _model
from ._runtime import spelling as _spelling
from ._runtime.answered import AnsweredDate, AnsweredNumber, AnsweredTime, AnsweredTimestamp
from ._runtime.groups import PropertyGroup
from ._runtime.values import Among, AnyJson, Date, Email, Instant, Integer, Number, Timestamp

__all__ = [
    "AddAnimalsResponse",
    "AddAnimalsResponsePage",
    "Animal",
    "AnimalRequest",
    "Cat",
    "CatRequest",
    "Collar",
    "CollarRequest",
    "Dog",
    "DogRequest",
    "Free",
    "FreeRequest",
    "Level",
    "LevelRequest",
    "Name",
    "NameRequest",
    "OddNames",
    "OddNamesRequest",
    "Open",
    "OpenRequest",
    "Pet",
    "PetFoodOption2",
    "PetOwner",
    "PetOwnerAddress",
    "PetRequest",
    "PetRequestCodesItem",
    "PetRequestFoodOption2",
    "PetRequestOwner",
    "PetRequestOwnerAddress",
    "PetRequestRoomsValue",
    "PetRequestScoresValue",
    "PetRequestToysItem",
    "PetRoomsValue",
    "PetToysItem",
    "Prices",
    "PricesRequest",
    "Tags",
    "TagsRequest",
    "Tree",
    "TreeRequest",
    "Values",
    "ValuesEmptyClosed",
    "ValuesRequest",
    "ValuesRequestEmptyClosed",
]

DateTime: TypeAlias = Annotated[datetime, Timestamp("%d.%m.%Y %H:%M")]
AnsweredDateTime: TypeAlias = Annotated[datetime, AnsweredTimestamp("%d.%m.%Y %H:%M")]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class AddAnimalsResponsePage(ResponseModel):
    number: Integer


class Cat(ResponseModel):
    """Merged of three."""

    kind: Literal["cat"]
    height: AnsweredNumber | None = None
    purrs: bool


class CatRequest(RequestModel):
    """Merged of three."""

    kind: Literal["cat"]
    height: Annotated[Number | None, Field(ge=1, le=60)] = None
    purrs: bool


class Collar(ResponseModel):
    length: AnsweredNumber


class CollarRequest(RequestModel):
    length: Number


class Dog(ResponseModel):
    kind: Literal["dog"]
    barks: bool
    height: AnsweredNumber | None = None


class DogRequest(RequestModel):
    """Not checked before sending: that a closed part refuses what others describe: height."""

    kind: Literal["dog"]
    barks: bool
    height: Annotated[Number | None, Field(ge=1)] = None


Free = TypeAliasType("Free", dict[str, Any])


FreeRequest = TypeAliasType("FreeRequest", dict[str, AnyJson])


Level = TypeAliasType("Level", Literal["low", "high"] | str)
"""How much."""


LevelRequest = TypeAliasType("LevelRequest", Literal["low", "high"])
"""How much."""


Name = TypeAliasType("Name", str)
"""A name to call."""


NameRequest = TypeAliasType("NameRequest", Annotated[str, Field(min_length=1, max_length=50)])
"""A name to call."""


class OddNames(ResponseModel):
    snake_case: str | None = None
    camel_case: Annotated[str | None, Field(validation_alias="camelCase", serialization_alias="camelCase")] = None
    pascal_case: Annotated[str | None, Field(validation_alias="PascalCase", serialization_alias="PascalCase")] = None
    kebab_case: Annotated[str | None, Field(validation_alias="kebab-case", serialization_alias="kebab-case")] = None
    with_space: Annotated[str | None, Field(validation_alias="with space", serialization_alias="with space")] = None
    allcaps: Annotated[str | None, Field(validation_alias="ALLCAPS", serialization_alias="ALLCAPS")] = None
    http_server2: Annotated[str | None, Field(validation_alias="HTTPServer2", serialization_alias="HTTPServer2")] = None
    external_id_c: Annotated[
        str | None, Field(validation_alias="external__Id__c", serialization_alias="external__Id__c")
    ] = None
    leading: Annotated[str | None, Field(validation_alias="_leading", serialization_alias="_leading")] = None
    type: Annotated[str | None, Field(validation_alias="@type", serialization_alias="@type")] = None
    id: Annotated[str | None, Field(validation_alias="$id", serialization_alias="$id")] = None
    field_1st: Annotated[str | None, Field(validation_alias="1st", serialization_alias="1st")] = None
    größe: str | None = None
    名前: str | None = None
    class_: Annotated[str | None, Field(validation_alias="class", serialization_alias="class")] = None
    def_: Annotated[str | None, Field(validation_alias="def", serialization_alias="def")] = None
    none: Annotated[str | None, Field(validation_alias="None", serialization_alias="None")] = None
    match: str | None = None
    json_: Annotated[str | None, Field(validation_alias="json", serialization_alias="json")] = None
    copy_: Annotated[str | None, Field(validation_alias="copy", serialization_alias="copy")] = None
    dict_: Annotated[str | None, Field(validation_alias="dict", serialization_alias="dict")] = None
    schema_: Annotated[str | None, Field(validation_alias="schema", serialization_alias="schema")] = None
    model_config_: Annotated[str | None, Field(validation_alias="model_config", serialization_alias="model_config")] = (
        None
    )
    model_fields_: Annotated[str | None, Field(validation_alias="model_fields", serialization_alias="model_fields")] = (
        None
    )
    fields_: Annotated[str | None, Field(validation_alias="fields", serialization_alias="fields")] = None
    validate_: Annotated[str | None, Field(validation_alias="validate", serialization_alias="validate")] = None
    date_: Annotated[AnsweredDate | None, Field(validation_alias="date", serialization_alias="date")] = None
    datetime_: Annotated[AnsweredTime | None, Field(validation_alias="datetime", serialization_alias="datetime")] = None
    decimal: AnsweredNumber | None = None
    str_: Annotated[str | None, Field(validation_alias="str", serialization_alias="str")] = None
    int_: Annotated[Integer | None, Field(validation_alias="int", serialization_alias="int")] = None
    list_: Annotated[list[str] | None, Field(validation_alias="list", serialization_alias="list")] = None
    bool_: Annotated[bool | None, Field(validation_alias="bool", serialization_alias="bool")] = None
    self: str | None = None
    constraints_: Annotated[str | None, Field(validation_alias="constraints", serialization_alias="constraints")] = None
    to_wire_: Annotated[str | None, Field(validation_alias="to_wire", serialization_alias="to_wire")] = None


class OddNamesRequest(RequestModel):
    snake_case: str | None = None
    camel_case: Annotated[str | None, Field(validation_alias="camelCase", serialization_alias="camelCase")] = None
    pascal_case: Annotated[str | None, Field(validation_alias="PascalCase", serialization_alias="PascalCase")] = None
    kebab_case: Annotated[str | None, Field(validation_alias="kebab-case", serialization_alias="kebab-case")] = None
    with_space: Annotated[str | None, Field(validation_alias="with space", serialization_alias="with space")] = None
    allcaps: Annotated[str | None, Field(validation_alias="ALLCAPS", serialization_alias="ALLCAPS")] = None
    http_server2: Annotated[str | None, Field(validation_alias="HTTPServer2", serialization_alias="HTTPServer2")] = None
    external_id_c: Annotated[
        str | None, Field(validation_alias="external__Id__c", serialization_alias="external__Id__c")
    ] = None
    leading: Annotated[str | None, Field(validation_alias="_leading", serialization_alias="_leading")] = None
    type: Annotated[str | None, Field(validation_alias="@type", serialization_alias="@type")] = None
    id: Annotated[str | None, Field(validation_alias="$id", serialization_alias="$id")] = None
    field_1st: Annotated[str | None, Field(validation_alias="1st", serialization_alias="1st")] = None
    größe: str | None = None
    名前: str | None = None
    class_: Annotated[str | None, Field(validation_alias="class", serialization_alias="class")] = None
    def_: Annotated[str | None, Field(validation_alias="def", serialization_alias="def")] = None
    none: Annotated[str | None, Field(validation_alias="None", serialization_alias="None")] = None
    match: str | None = None
    json_: Annotated[str | None, Field(validation_alias="json", serialization_alias="json")] = None
    copy_: Annotated[str | None, Field(validation_alias="copy", serialization_alias="copy")] = None
    dict_: Annotated[str | None, Field(validation_alias="dict", serialization_alias="dict")] = None
    schema_: Annotated[str | None, Field(validation_alias="schema", serialization_alias="schema")] = None
    model_config_: Annotated[str | None, Field(validation_alias="model_config", serialization_alias="model_config")] = (
        None
    )
    model_fields_: Annotated[str | None, Field(validation_alias="model_fields", serialization_alias="model_fields")] = (
        None
    )
    fields_: Annotated[str | None, Field(validation_alias="fields", serialization_alias="fields")] = None
    validate_: Annotated[str | None, Field(validation_alias="validate", serialization_alias="validate")] = None
    date_: Annotated[Date | None, Field(validation_alias="date", serialization_alias="date")] = None
    datetime_: Annotated[Instant | None, Field(validation_alias="datetime", serialization_alias="datetime")] = None
    decimal: Number | None = None
    str_: Annotated[str | None, Field(validation_alias="str", serialization_alias="str")] = None
    int_: Annotated[Integer | None, Field(validation_alias="int", serialization_alias="int")] = None
    list_: Annotated[list[str] | None, Field(validation_alias="list", serialization_alias="list")] = None
    bool_: Annotated[bool | None, Field(validation_alias="bool", serialization_alias="bool")] = None
    self: str | None = None
    constraints_: Annotated[str | None, Field(validation_alias="constraints", serialization_alias="constraints")] = None
    to_wire_: Annotated[str | None, Field(validation_alias="to_wire", serialization_alias="to_wire")] = None


class Open(ResponseModel):
    additional_properties: ClassVar[PropertyGroup[int]] = PropertyGroup("", Integer)

    known: str


class OpenRequest(RequestModel):
    additional_properties: ClassVar[PropertyGroup[int]] = PropertyGroup("", Integer)

    known: str


class PetFoodOption2(ResponseModel):
    brand: str


class PetOwnerAddress(ResponseModel):
    city: str
    street: str | None = None


PetRequestCodesItem = TypeAliasType("PetRequestCodesItem", Annotated[str, Field(max_length=3)])


class PetRequestFoodOption2(RequestModel):
    brand: str


class PetRequestOwnerAddress(RequestModel):
    city: str
    street: str | None = None


class PetRequestRoomsValue(RequestModel):
    size: Integer | None = None


PetRequestScoresValue = TypeAliasType("PetRequestScoresValue", Annotated[Number, Field(ge=0)])


class PetRequestToysItem(RequestModel):
    colour: str | None = None


class PetRoomsValue(ResponseModel):
    size: Integer | None = None


class PetToysItem(ResponseModel):
    colour: str | None = None


Prices = TypeAliasType("Prices", dict[str, AnsweredNumber])


PricesRequest = TypeAliasType("PricesRequest", dict[str, Number])


Tags = TypeAliasType("Tags", list[Name])


TagsRequest = TypeAliasType("TagsRequest", Annotated[list[NameRequest], Field(max_length=5)])


Tree = TypeAliasType("Tree", "dict[str, Tree]")


TreeRequest = TypeAliasType("TreeRequest", "dict[str, TreeRequest]")


class ValuesEmptyClosed(ResponseModel):
    pass


class ValuesRequestEmptyClosed(RequestModel):
    pass


Animal = TypeAliasType("Animal", Cat | Dog)


AnimalRequest = TypeAliasType("AnimalRequest", CatRequest | DogRequest)


class PetOwner(ResponseModel):
    """Who feeds it."""

    name: str | None = None
    address: PetOwnerAddress | None = None


class PetRequestOwner(RequestModel):
    """Who feeds it."""

    name: str | None = None
    address: PetRequestOwnerAddress | None = None


class Values(ResponseModel):
    anything: Any | None = None
    true_schema: Any | None = None
    free: dict[str, Any] | None = None
    free_named: Free | None = None
    empty_closed: ValuesEmptyClosed | None = None
    open_with_fields: Open | None = None
    map_of_anything: dict[str, Any] | None = None
    any_list: list[Any] | None = None
    tags: Tags | None = None
    choice: str | Integer | bool | None = None
    whole_enum: Integer | None = None
    mixed_enum: Literal["a"] | str | Integer | bool | None = None
    null_only: None = None
    prices: Prices | None = None
    level: Level | None = None
    """How much."""

    tree: Tree | None = None
    number_or_text: AnsweredNumber | str | None = None


class ValuesRequest(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"anything", "null_only", "true_schema"})

    anything: AnyJson | None = None
    true_schema: AnyJson | None = None
    free: dict[str, AnyJson] | None = None
    free_named: FreeRequest | None = None
    empty_closed: ValuesRequestEmptyClosed | None = None
    open_with_fields: OpenRequest | None = None
    map_of_anything: dict[str, AnyJson] | None = None
    any_list: list[AnyJson] | None = None
    tags: TagsRequest | None = None
    choice: str | Integer | bool | None = None
    whole_enum: Annotated[Literal[1, 2, 3] | None, Among(1, 2, 3)] = None
    mixed_enum: Annotated[Literal["a", 1, True] | None, Among("a", 1, True)] = None
    null_only: None = None
    prices: PricesRequest | None = None
    level: LevelRequest | None = None
    tree: TreeRequest | None = None
    number_or_text: Number | str | None = None


class AddAnimalsResponse(ResponseModel):
    animals: list[Animal] | None = None
    page: AddAnimalsResponsePage | None = None


class Pet(ResponseModel, _spelling.Respelled):
    """Sent and answered, so it is split."""

    alternative_names: ClassVar[Mapping[str, str]] = {"fedAt": "fed", "fed-at": "fed"}

    id: Integer
    """Given by the shop."""

    name: Name
    kind: Literal["cat", "dog"] | str | None = None
    """What it is."""

    always: Literal["pet"] | None = None
    nickname: str | None = None
    legs: Integer | None = None
    weight: AnsweredNumber | None = None
    tame: bool | None = None
    born: AnsweredDate | None = None
    seen: AnsweredTime | None = None
    fed: AnsweredDateTime | None = None
    mail: str | None = None
    owner: PetOwner | None = None
    """Who feeds it."""

    toys: list[PetToysItem] | None = None
    scores: dict[str, AnsweredNumber] | None = None
    rooms: dict[str, PetRoomsValue] | None = None
    parent: Optional["Pet"] = None
    """Sent and answered, so it is split."""

    children: Optional[list["Pet"]] = None
    food: str | PetFoodOption2 | list[str] | None = None
    collar: Collar | None = None
    """With a text beside the reference."""

    lead: Annotated[Collar | None, Field(deprecated=True)] = None
    matrix: list[list[Integer]] | None = None
    codes: list[str] | None = None
    maybe: Collar | None = None


class PetRequest(RequestModel):
    """Sent and answered, so it is split."""

    nullable: ClassVar[frozenset[str]] = frozenset({"kind", "maybe", "nickname"})

    secret: str
    name: NameRequest
    kind: Literal["cat", "dog"] | None = None
    """What it is."""

    always: Optional[Literal["pet"]] = None
    nickname: Annotated[str | None, Field(max_length=20)] = None
    legs: Annotated[Integer, Field(ge=0, le=100)] = 4
    weight: Annotated[Number, Field(gt=0)] = Decimal("1.50")
    tame: bool = True
    born: Optional[Date] = None
    seen: Optional[Instant] = None
    fed: Optional[DateTime] = None
    mail: Optional[Email] = None
    owner: Optional[PetRequestOwner] = None
    """Who feeds it."""

    toys: Annotated[Optional[list[PetRequestToysItem]], Field(min_length=1)] = None
    scores: Optional[dict[str, PetRequestScoresValue]] = None
    rooms: Optional[dict[str, PetRequestRoomsValue]] = None
    parent: Optional["PetRequest"] = None
    children: Optional[list["PetRequest"]] = None
    food: Optional[str | PetRequestFoodOption2 | list[str]] = None
    collar: Optional[CollarRequest] = None
    """With a text beside the reference."""

    lead: Annotated[Optional[CollarRequest], Field(deprecated=True)] = None
    matrix: Optional[list[list[Integer]]] = None
    codes: Optional[list[PetRequestCodesItem]] = None
    maybe: CollarRequest | None = None
