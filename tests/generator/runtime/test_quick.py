"""Which fields the quick path understands, and that nobody can tell that there is one."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import (
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    computed_field,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
)

from generator.runtime import model as models
from generator.runtime import quick, request
from generator.runtime.choices import ExactlyOne
from generator.runtime.codec import encode
from generator.runtime.constraints import AllOf, AnyOf, Condition, Count, In, Inside, Not, OneOf, Present, When
from generator.runtime.errors import RequestValidationError
from generator.runtime.groups import PropertyGroup
from generator.runtime.model import RequestModel
from generator.runtime.operation import Body, Operation
from generator.runtime.options import Settings
from generator.runtime.origins import Origins
from generator.runtime.schemas import UnsureError
from generator.runtime.values import Among, AnyJson, Date, Email, Instant, Integer, Number, Timestamp, Unique, same_json
from generator.runtime.written import AsText
from tests import mutations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def wire(name: str) -> Any:
    return Field(validation_alias=name, serialization_alias=name)


class Part(RequestModel):
    custom: ClassVar[PropertyGroup[object]] = PropertyGroup("__c$")
    constraints: ClassVar[tuple[Condition, ...]] = (
        OneOf(Present("partName"), Present("code")),
        When(Present("kind"), AnyOf(In("kind", "a"), Present("count"))),
        Not(AllOf(Present("count"), In("kind", "b"))),
    )
    nullable: ClassVar[frozenset[str]] = frozenset({"note"})

    name: Annotated[str | None, Field(max_length=5), wire("partName")] = None
    code: Annotated[Integer | None, Field(ge=0)] = None
    kind: Literal["a", "b"] | None = None
    count: Integer | None = None
    note: str | None = None
    inner: list[Part] | None = None


class Whole(RequestModel):
    custom: ClassVar[PropertyGroup[object]] = PropertyGroup("__c$")
    constraints: ClassVar[tuple[Condition, ...]] = (
        When(Present("parts"), Inside("parts", Not(Present("note")))),
        Count(1, 9),
    )

    part: Part | None = None
    parts: Annotated[list[Part], Field(min_length=1, max_length=5)] | None = None
    numbers: list[Number] | None = None
    number: Annotated[Number, Field(gt=0)] | None = None
    day: Date | None = None
    mail: Email | None = None
    flag: bool | None = None
    free: AnyJson | None = None
    # What follows is read and written by pydantic, each value by itself.
    moment: Instant | None = None
    stamp: Annotated[datetime, Timestamp("%Y-%m-%d %H:%M:%S")] | None = None
    text: Annotated[Instant, AsText(max_length=25)] | None = None
    among: Annotated[Number, Among(1, 2)] | None = None
    either: str | Number | None = None
    ratio: float | None = None
    lists: list[list[str]] | None = None
    # What follows is not understood.
    unique: Annotated[list[Part], Unique()] | None = None
    one: Annotated[Part | Number | None, ExactlyOne()] = None
    mapped: dict[str, Part] | None = None
    anything: Any = None


class Plain(RequestModel):
    label: str | None = None


class Clashing(RequestModel):
    """Of which one field has the wire name that is another's Python name."""

    name: Annotated[str | None, wire("title")] = None
    label: Annotated[str | None, wire("name")] = None


class Counted(RequestModel):
    counts: ClassVar[PropertyGroup[Number]] = PropertyGroup("__c$", Number)

    name: str


class Row(RequestModel):
    """Of which there are many that are alike, with everything that a column of values is looked at for."""

    custom: ClassVar[PropertyGroup[object]] = PropertyGroup("__c$")
    constraints: ClassVar[tuple[Condition, ...]] = (When(Present("kind"), AnyOf(In("kind", "a"), Present("amount"))),)
    nullable: ClassVar[frozenset[str]] = frozenset({"note", "rate"})

    name: Annotated[str, Field(max_length=5), wire("rowName")]
    amount: Annotated[Number, Field(gt=0)] | None = None
    kind: Literal["a", "b"] | None = None
    day: Date | None = None
    note: Annotated[str | None, Field(max_length=5)] = None
    count: Integer | None = None
    price: Number | None = None
    rate: Number | None = None


class Rows(RequestModel):
    rows: list[Row]


NOT_UNDERSTOOD = ["unique", "one", "mapped", "anything"]
# Any: classes of models, and fields of many types.
BASE: dict[Any, dict[str, Any]] = {
    Part: {"name": "a"},
    Whole: {"parts": [{"name": "a"}, {"code": 1, "colour__c": 2}], "flag": True},
    Clashing: {"label": "a"},
    Counted: {"name": "a", "colour__c": "7"},
    Row: {"name": "a"},
    Rows: {"rows": [{"rowName": one, "amount": Decimal(7), "day": date(2026, 11, 21), "count": 1} for one in "abc"]},
}


def outcome(model: object, kind: Any) -> tuple[object, ...]:
    operation: Operation[object] = Operation("add", "POST", "/", body=Body("application/json", kind))
    try:
        found = request.draft(operation, {}, model, Settings())
    except RequestValidationError as error:
        return str(error), repr(error.violations)
    return found.content, found.body


@contextmanager
def slowly() -> Iterator[None]:
    """Let pydantic do all of it."""
    with (
        patch.object(models, "fill", lambda *_: False),
        patch.object(models, "made", side_effect=UnsureError),
        patch.object(request, "sent", lambda *_: None),
    ):
        yield


@settings(max_examples=200)
@given(st.data())
def test_the_quick_path_is_never_seen_where_models_are_sent(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(BASE)))
    model = mutations.mutated(data.draw, mutations.made(data.draw, kind, BASE))
    first, quickly = outcome(model, kind)
    with slowly():
        second, otherwise = outcome(model, kind)
    assert first == second
    assert quickly == otherwise if isinstance(first, str) else same_json(quickly, otherwise)


def made(make: Callable[[], object]) -> object:
    """What becomes of an attempt to make a model."""
    try:
        return mutations.shown(make())
    except ValidationError as error:
        return str(error), repr(error.errors(include_url=False))


@settings(max_examples=200)
@given(st.data())
def test_nor_is_it_seen_where_models_are_made(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(BASE)))
    fields = mutations.fields(data.draw, kind, BASE, 2)
    ways: list[Callable[[], object]] = [lambda: kind(**fields), lambda: kind.model_validate(fields)]
    with slowly():
        otherwise = [made(make) for make in ways]
    assert [made(make) for make in ways] == otherwise


@settings(max_examples=200)
@given(st.data())
def test_nor_is_it_seen_in_arrays_of_objects_that_are_alike(data: st.DataObject) -> None:
    row = mutations.fields(data.draw, Row, BASE, 0)
    rows: list[Any] = [dict(row) for _ in range(data.draw(st.integers(2, 4)))]  # in place of models
    odd = rows[data.draw(st.integers(0, len(rows) - 1))]
    name = data.draw(st.sampled_from(list(odd)))
    odd[name] = data.draw(
        st.sampled_from(["a", "\ud800", "abcdef", None, Decimal(-1), Decimal("NaN"), 7, "2026-11-22"])
    )
    ways: list[Callable[[], object]] = [lambda: Rows(rows=rows), lambda: Rows.model_validate({"rows": rows})]
    with slowly():
        otherwise = [made(make) for make in ways]
    assert [made(make) for make in ways] == otherwise


class Step(int):
    """An integer of a class of its own."""


class Level(IntEnum):
    LOW = 3


class Price(Decimal):
    """A number of a class of its own."""


class Narrow(Row):
    """Of which not every row is one."""

    constraints: ClassVar[tuple[Condition, ...]] = (Not(Present("note")),)


class Swapped(Row):
    """Whose wire names are those of other fields."""

    name: Annotated[str, wire("note")]
    note: Annotated[str | None, wire("name")] = None


ALIKE: dict[str, Any] = {
    "name": "a",
    "price": Decimal(7),
    "day": date(2026, 11, 21),
    "note": "b",
    "count": 1,
    "colour__c": "red",
    "size__c": 3,
}


def sent_as_ever(rows: list[Any]) -> bool:
    """Whether rows are sent, with what is in them by now, and are what pydantic makes of them."""
    model = Rows.model_construct(rows=rows)
    first, quickly = outcome(model, Rows)
    with slowly():
        second, otherwise = outcome(model, Rows)
    assert first == second
    assert quickly == otherwise if isinstance(first, str) else same_json(quickly, otherwise)
    return not isinstance(first, str)


@pytest.mark.parametrize("name", [*ALIKE, "rate", "amount"])
def test_of_many_alike_each_value_is_looked_at(name: str) -> None:
    sent = []
    alike = {**ALIKE, name: ALIKE.get(name, Decimal(7))}
    for odd in [*mutations.ODD, Step(3), Level.LOW, Price(3), Decimal(-1), Decimal("Infinity"), 0.5]:
        rows = [Row(**alike) for _ in range(3)]
        fields = vars(rows[1]) if name in Row.model_fields else rows[1].__pydantic_extra__
        assert fields is not None
        fields[name] = odd
        sent.append(sent_as_ever(rows))
    assert True in sent
    assert False in sent


def test_of_many_alike_each_is_of_the_class_and_has_the_names() -> None:
    row = Row(**ALIKE)
    others = [
        Narrow.model_construct(_fields_set=set(ALIKE), **ALIKE),
        Swapped.model_construct(_fields_set=set(ALIKE), **ALIKE),
        Row(**dict(reversed(ALIKE.items()))),
        *(Row(**{name: value for name, value in ALIKE.items() if name != one}) for one in ALIKE if one != "name"),
        Row.model_validate({**ALIKE, "unlisted": [0.5]}, extra="allow"),
        Row.model_validate(ALIKE, extra="allow"),
        Row.model_construct(**ALIKE),
        Plain(label="a"),
        ALIKE,
        None,
    ]
    found = [[sent_as_ever([row, one]), sent_as_ever([one, row]), sent_as_ever([one, one])] for one in others]
    assert [one for one in found if True in one]
    assert [one for one in found if False in one]


def test_objects_that_are_alike_are_made_at_one_look() -> None:
    row: Any = {"rowName": "a", "amount": Decimal(7), "day": "2026-11-22", "colour__c": "red"}  # in place of a model
    other: Any = {**row, "rowName": "b"}
    Rows(rows=[row, row])  # by then pydantic knows of the class
    with patch.object(quick, "made", wraps=quick.made) as alone:
        found = Rows(rows=[row, other]).rows
        assert not alone.called
        Rows.model_validate({"rows": [row, {"rowName": "b"}]})
        assert alone.called
    assert [one.name for one in found] == ["a", "b"]
    assert [one.day for one in found] == [date(2026, 11, 22)] * 2


def taken(kind: Any, fields: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the quick path makes a model, and whether it sends it."""
    model = kind(**fields)  # by then pydantic knows of the class
    return quick.fill(model, fields), quick.sent(model, {}, Origins()) is not None


@pytest.mark.parametrize(
    ("kind", "expected"),
    # Extra fields of the last are not of any type, and names of the one before it have two meanings.
    [(Part, True), (Whole, True), (Clashing, False), (Counted, False)],
)
def test_what_is_understood_takes_the_quick_path(kind: Any, expected: bool) -> None:
    assert taken(kind, BASE[kind]) == (expected, expected)
    assert taken(Counted, {"name": "a"}) == (True, True)


VALUES: dict[str, Any] = {
    "part": Part(name="a"),
    "parts": [Part(code=1)],
    "numbers": [1, "2.50"],
    "number": 7,
    "day": "2026-11-21",
    "mail": "a@b",
    "flag": False,
    "free": "text",
    "moment": "2026-11-21T10:00:00Z",
    "stamp": "2026-11-21 10:00:00",
    "text": "2026-11-21T10:00:00Z",
    "among": 1,
    "unique": [Part(name="a")],
    "either": "7",
    "one": 7,
    "mapped": {"a": Part(name="a")},
    "ratio": 1.5,
    "anything": Decimal("NaN"),
    "lists": [["a"]],
}


@pytest.mark.parametrize("name", list(Whole.model_fields))
def test_fields_that_are_not_understood_keep_a_model_off(name: str) -> None:
    expected = name not in NOT_UNDERSTOOD
    assert taken(Whole, {name: VALUES[name]}) == (expected, expected)


@pytest.mark.parametrize("name", [name for name in Whole.model_fields if name not in NOT_UNDERSTOOD])
def test_fields_are_written_as_pydantic_writes_them(name: str) -> None:
    model = Whole(**{name: VALUES[name]})
    with slowly():
        content, body = outcome(model, Whole)
    assert isinstance(body, Whole)
    found = quick.sent(model, {}, Origins())
    assert found is not None
    assert found.to_wire() == body.to_wire()
    assert encode(found) == content
    assert same_json(found.declared(name), getattr(body, name))


@pytest.mark.parametrize(
    ("name", "value"), [("number", "2.50"), ("day", "2026-11-21"), ("parts", [{"code": 1}]), ("part", {"code": 1})]
)
def test_what_stands_for_another_value_is_read(name: str, value: object) -> None:
    assert taken(Whole, {name: value}) == (True, True)


@pytest.mark.parametrize("free", [["a"], {"a": 1}, [], [1, [2]]])
def test_what_is_sent_is_nobody_elses(free: Any) -> None:
    model = Whole(free=free)
    found = quick.sent(model, {}, Origins())
    assert found is not None
    kept = copy.deepcopy(free)
    vars(model)["free"].clear()
    assert found.wire_field("free") == kept


def test_null_stands_where_it_may() -> None:
    assert taken(Part, {"name": "a", "note": None}) == (True, True)
    assert taken(Row, {"name": "a", "rate": None}) == (True, True)
    assert quick.sent(Part.model_construct(name="a", code=None), {}, Origins()) is None


@pytest.mark.parametrize("alike", [1, 2])
@pytest.mark.parametrize("name", ["rowName", "note"])
def test_half_a_character_is_no_text(name: str, alike: int) -> None:
    """Where `null` may stand, too; of one object, and of several that are alike."""
    row: dict[str, Any] = {"rowName": "a", "note": "b"}
    same = Rows(rows=[Row(**row)] * alike)  # with what pydantic makes for a class when it is first needed
    assert quick.made(Rows, {"rows": [row] * alike}) == same
    half: dict[str, Any] = {**row, name: "\ud800"}
    with pytest.raises(UnsureError):
        quick.made(Row, half)
    with pytest.raises(UnsureError):
        quick.made(Rows, {"rows": [half] * alike})
    with pytest.raises(ValidationError):
        Rows.model_validate({"rows": [half] * alike})


class Shouted(Plain):
    @field_validator("label")
    @classmethod
    def shout(cls, value: str) -> str:
        return f"{value}!"


class Whispered(Plain):
    @field_serializer("label")
    def whisper(self, value: str) -> str:
        return value.lower()


class Early(Plain):
    @model_validator(mode="before")
    @classmethod
    def look(cls, data: Any) -> Any:
        return data


class Late(Plain):
    @model_validator(mode="after")
    def look(self) -> Self:
        return self


class Around(Plain):
    @model_validator(mode="wrap")
    @classmethod
    def look(cls, data: Any, handler: Any) -> Any:
        return handler(data)


class Written(Plain):
    @model_serializer(mode="wrap")
    def write(self, handler: Any) -> Any:
        return {**handler(self), "more": 1}


class Computed(Plain):
    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated properties
    @property
    def twice(self) -> str:
        return f"{self.label}{self.label}"


class Kept(Plain):
    _own: int = PrivateAttr(default=1)


class Loose(Plain):
    model_config = ConfigDict(str_strip_whitespace=True)


class Counting(Plain):
    def model_post_init(self, _: object) -> None:
        self.label = "b"


class Hidden(Plain):
    label: Annotated[str | None, Field(exclude=True)] = None


@pytest.mark.parametrize(
    "kind", [Shouted, Whispered, Early, Late, Around, Written, Computed, Kept, Loose, Counting, Hidden]
)
def test_classes_with_ways_of_their_own_keep_off(kind: Any) -> None:
    assert taken(Plain, {"label": "A"}) == (True, True)
    assert taken(kind, {"label": "A"}) == (False, False)
    model = kind(label="A")
    with slowly():
        expected = outcome(model, kind)[0]
    assert outcome(model, kind)[0] == expected


class Twice(Plain):
    other: Annotated[str | None, wire("label")] = None


def test_two_fields_of_one_name_keep_off() -> None:
    assert taken(Twice, {"label": "a"}) == (False, False)


class Letter(StrEnum):
    A = "a"


@pytest.mark.parametrize(("kind", "name"), [(Plain, "label"), (Part, "kind")])
def test_a_member_of_an_enumeration_becomes_the_string_that_it_is(kind: Any, name: str) -> None:
    assert taken(kind, {name: "a", "code": 1} if kind is Part else {name: "a"}) == (True, True)
    fields: dict[str, Any] = {name: Letter.A, "code": 1} if kind is Part else {name: Letter.A}
    for model in (kind(**fields), kind.model_validate(fields)):
        assert type(getattr(model, name)) is str


class Anew(Plain):
    model_config = ConfigDict(revalidate_instances="always")


class Holding(RequestModel):
    one: Anew | None = None
    several: list[Anew] | None = None


def test_a_class_whose_objects_are_always_made_anew_keeps_off_what_holds_it() -> None:
    one = Anew(label="a")
    assert taken(Holding, {"one": one}) == (False, False)
    assert taken(Holding, {"several": [one]}) == (False, False)
    assert Holding(one=one).one is not one


class Watched(Plain):
    pass


class Plugin:
    """A validator as plugins of pydantic put it around that of a class."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.seen: list[object] = []

    def validate_python(self, value: object, **options: Any) -> object:
        self.seen.append(value)
        return self.inner.validate_python(value, **options)


def test_plugins_of_pydantic_see_what_is_made() -> None:
    Watched.model_rebuild()
    plugin: Any = Plugin(Watched.__pydantic_validator__)
    Watched.__pydantic_validator__ = plugin
    assert Watched(label="a").label == "a"
    assert plugin.seen == [{"label": "a"}]


class Named(Plain):
    def __init__(self, label: str) -> None:
        super().__init__(label=label.upper())


def test_a_class_that_is_made_in_a_way_of_its_own_stays_with_it() -> None:
    assert Named("a").label == "A"
    assert Named.model_validate({"label": "a"}).label == "A"


class Looping(Plain):
    inner: Looping | None = None
    label: Annotated[str | None, Field(max_length=3), wire("text")] = None


def test_names_are_those_of_python_or_of_the_wire() -> None:
    names: list[dict[str, Any]] = [
        {"label": "a", "inner": {"text": "b"}},
        {"inner": Looping(text="b"), "text": "a"},  # type: ignore[call-arg]  # type checkers know one name of each
    ]
    for fields in names:
        Looping(**fields)
        assert taken(Looping, fields) == (True, True)
        assert mutations.shown(Looping(**fields)) == mutations.shown(Looping(label="a", inner=Looping(label="b")))
    twice: dict[str, Any] = {"label": "a", "text": "b"}
    assert "is given twice" in str(made(lambda: Looping(**twice)))


@pytest.mark.parametrize("name", ["label", "text", "colour__c"])
def test_names_of_a_class_of_their_own_are_taken_as_the_strings_that_they_are(name: str) -> None:
    class Named(Looping):
        custom: ClassVar[PropertyGroup[object]] = PropertyGroup("__c$")

    with slowly():
        expected = made(lambda: Named.model_validate({name: "a"}))
    # The first is that of which the class keeps something, and the second is made with what it kept.
    assert made(lambda: Named.model_validate({mutations.Text(name): "a"})) == expected
    assert made(lambda: Named.model_validate({name: "a"})) == expected


def test_a_subclass_in_a_field_is_checked_as_what_the_field_is_of() -> None:
    class More(Part):
        more: str | None = None

    whole = Whole(part=More(name="a", more="b"))
    assert whole.part is not None
    assert quick.fill(whole, {"part": whole.part})
    assert quick.sent(whole, {}, Origins()) is None
    assert "part.more" in str(outcome(whole, Whole)[0])


def test_a_model_that_holds_itself_is_refused_in_words() -> None:
    part = Part(name="a", inner=[Part(name="b")])
    assert part.inner is not None
    part.inner.append(part)
    assert outcome(part, Part)[0] == "add: inner[1].inner[1]: must not hold itself"


def test_a_date_is_what_was_given() -> None:
    found = quick.sent(Whole(day=date(2026, 11, 21)), {}, Origins())
    assert found is not None
    assert found.declared("day") == date(2026, 11, 21)
