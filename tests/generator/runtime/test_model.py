"""Request models: what is checked when they are made, and again, whatever happened to them since, before they go."""

from __future__ import annotations

import warnings
from collections.abc import Mapping  # noqa: TC003 - pydantic needs it when it runs
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel

from generator.runtime import model
from generator.runtime.constraints import AnyOf, Condition, Count, In, Inside, Not, OneOf, Present, TotalItems, When
from generator.runtime.findings import broken_rules, unfit_fields
from generator.runtime.groups import PropertyGroup, groups_of
from generator.runtime.messages import explain
from generator.runtime.sending import revalidated
from generator.runtime.values import Date, Json, Number, Timestamp
from generator.runtime.versions import MinimumVersion

CAMEL = ConfigDict(alias_generator=to_camel)


class Line(model.RequestModel):
    model_config = CAMEL
    constraints: ClassVar[tuple[Condition, ...]] = (AnyOf(Present("article"), Present("articleId")),)

    article: Annotated[str | None, Field(max_length=3)] = None
    article_id: int | None = None
    price: Number | None = None


class Order(model.RequestModel):
    model_config = CAMEL
    own: ClassVar[PropertyGroup[Json]] = PropertyGroup("__x$")
    constraints: ClassVar[tuple[Condition, ...]] = (
        Not(Present("firstLine", "lines")),
        When(Present("lines"), Inside("lines", In("articleId", 1, 2))),
        TotalItems("lines", 3),
    )
    nullable: ClassVar[frozenset[str]] = frozenset({"noteText"})

    name: str
    note_text: str | None = None
    placed_on: Date | None = None
    placed_at: Annotated[datetime, Timestamp("%Y-%m-%d %H:%M:%S")] | None = None
    first_line: Line | None = None
    lines: list[Line] | None = None
    old: Annotated[bool | None, Field(deprecated=True)] = None


class Group(model.RequestModel):
    lines: ClassVar[PropertyGroup[Line]] = PropertyGroup("", Line)
    number: int | None = None


class Node(model.RequestModel):
    inner: Node | None = None
    meta: Any = None


ORDER: TypeAdapter[object] = TypeAdapter(Order)


def faults(error: ValidationError) -> dict[str, str]:
    """Path -> message; fails where a path comes twice."""
    found = [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
    assert len(dict(found)) == len(found)
    return dict(found)


def refused(value: object, adapter: TypeAdapter[object] = ORDER) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        revalidated(adapter, value, {})
    return faults(caught.value)


def wire(value: object, adapter: TypeAdapter[object] = ORDER) -> Any:
    return adapter.dump_python(revalidated(adapter, value, {}), by_alias=True, exclude_unset=True)


# -- making --------------------------------------------------------------------------------------------------------


NAMES = ["a", "bee", "c", "d__x", "unknown"]
VALUES = st.sampled_from([None, 1, 2, "x", [{"a": 1}], [{}, {"a": 2}], {"a": 1}])
PRESENT = st.lists(st.sampled_from([*NAMES, "see"]), min_size=1, max_size=3).map(lambda names: Present(*names))
SIMPLE: st.SearchStrategy[Condition] = st.one_of(
    PRESENT,
    st.builds(In, st.sampled_from(NAMES), st.sampled_from([1, "x", None])),
    st.builds(Count, st.integers(0, 2), st.one_of(st.none(), st.integers(2, 4))),
    st.builds(TotalItems, st.sampled_from(NAMES), st.integers(0, 1)),
)


def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, max_size=3)
    return st.one_of(
        st.builds(Not, inner),
        st.builds(When, inner, inner),
        st.builds(Inside, st.sampled_from(NAMES), inner),
        several.map(lambda some: AnyOf(*some)),
        several.map(lambda some: OneOf(*some)),
    )


CONDITIONS = st.recursive(SIMPLE, combined, max_leaves=5)


@given(
    conditions=st.lists(CONDITIONS, max_size=2).map(tuple),
    fields=st.dictionaries(st.sampled_from([*NAMES, "see"]), VALUES),
    nullable=st.frozensets(st.sampled_from(["a", "bee", "c"])),
)
def test_a_model_is_made_exactly_of_fields_in_which_nothing_is_found(
    conditions: tuple[Condition, ...], fields: dict[str, object], nullable: frozenset[str]
) -> None:
    class Made(model.RequestModel):
        group: ClassVar[PropertyGroup[Json]] = PropertyGroup("__x$")
        a: Any = None
        see: Annotated[Any, Field(validation_alias="c", serialization_alias="c")] = None
        bee: Any = None

    Made.constraints = conditions
    Made.nullable = nullable
    expected = [*broken_rules(Made, fields), *unfit_fields(Made, fields, None)]
    if "see" in fields:
        # By its Python name it is the field `c`, unless that is there too.
        fields_by_wire = {**fields, "c": fields["see"]}
        del fields_by_wire["see"]
        if "c" not in fields:
            expected = [*broken_rules(Made, fields_by_wire), *unfit_fields(Made, fields_by_wire, None)]
    made = outcome(lambda: Made.model_validate(fields).wire_fields())
    if expected:
        once = {(one.path, one.kind, one.message) for one in expected}  # two rules can find the same
        assert sorted(message for _, _, message in made) == sorted(message for _, _, message in once)
    else:
        assert made == {"c" if name == "see" else name: value for name, value in fields.items()}


def test_a_wire_name_that_is_the_python_name_of_another_field_is_not_that_field() -> None:
    class Odd(model.RequestModel):
        constraints: ClassVar[tuple[Condition, ...]] = (Not(Present("see")),)
        see: Annotated[int | None, Field(validation_alias="c", serialization_alias="c")] = None

    assert Odd(see=1).wire_fields() == {"c": 1}


def test_what_was_given_and_deleted_counts_as_not_given() -> None:
    order = Order(name="n", lines=[Line(article_id=1)])
    del order.lines
    assert "lines" in order.model_fields_set
    assert list(broken_rules(Order, order.wire_fields())) == []
    order.first_line = Line(article="a")
    assert wire(order) == {"name": "n", "firstLine": {"article": "a"}}
    del order.name
    assert refused(order) == {"name": "is required"}


def test_an_instance_is_taken_as_it_is_and_not_copied() -> None:
    line = Line(article_id=1)
    order = Order(name="n", lines=[line])
    assert order.lines is not None
    assert order.lines[0] is line
    assert ORDER.validate_python(order) is order


def test_rules_of_a_subclass_are_its_own() -> None:
    class Strict(Line):
        constraints: ClassVar[tuple[Condition, ...]] = (*Line.constraints, Present("price"))

    Line(article="a")
    with pytest.raises(ValidationError, match="is required"):
        Strict(article="a")
    assert Strict(article="a", price=Decimal(1)).to_wire() == {"article": "a", "price": 1}


def test_a_deprecated_field_warns_nobody_but_who_reads_it() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert wire(Order(name="n", old=True)) == {"name": "n", "old": True}


def test_values_of_groups_are_read_when_made() -> None:
    assert Order.model_validate({"name": "n", "a__x": 0.5}).own["a__x"] == Decimal("0.5")
    assert type(Group.model_validate({"one": {"article": "a"}}).lines["one"]) is Line
    with pytest.raises(ValidationError) as caught:
        Group.model_validate({"one": {"article": "long"}, "two": {}})
    assert set(faults(caught.value)) == {"one.article", "two.article"}


def test_groups_are_found_while_another_thread_compiles_the_class() -> None:
    def look(_: object) -> type:
        Compiled.more = 1  # type: ignore[attr-defined]  # as the thread would, at any time
        return object

    class Compiled:
        looked_at = type("LookedAt", (), {"__class__": property(look)})()
        group: ClassVar[PropertyGroup[object]] = PropertyGroup("__x$")

    assert groups_of(Compiled) == (Compiled.group,)  # type: ignore[arg-type]  # it has all that is looked at


def test_a_context_of_the_caller_reaches_the_validators_of_the_caller() -> None:
    seen: list[object] = []

    class Own(Line):
        @field_validator("article")
        @classmethod
        def note(cls, value: str | None, info: ValidationInfo) -> str | None:
            seen.append(info.context)
            return value

    context = {"tenant": 7, "headers": {}}
    own = Own.model_validate({"article": "a"}, context=context)
    assert Own.model_validate(own, context=context) is own
    assert seen == [context]


# -- checking again ------------------------------------------------------------------------------------------------


def changed(**fields: object) -> Order:
    """An order into which something was put past all checks."""
    order = Order(name="n")
    for name, value in fields.items():
        object.__setattr__(order, name, value)
        order.model_fields_set.add(name)
    return order


RAW: dict[str, list[object]] = {
    "name": ["n", "", 1, None, b"n"],
    "note_text": ["t", None, 1],
    "placed_on": [date(2026, 11, 21), "2026-11-21", "soon", datetime(2026, 11, 21), None],
    "placed_at": [datetime(2026, 11, 21, 10), "2026-11-21 10:00:00", "2026-11-21", 5, None],
    "first_line": [{"article": "a"}, {"article_id": 1}, {"articleId": "1"}, {}, {"article": "a", "odd": 1}, [], None],
    "lines": [[], [{"articleId": 1}], [{"articleId": 3}], [{"articleId": 1}] * 4, ({"articleId": 1},), {}, None],
    "old": [True, 1, "true", None],
}
RAW_PRICES: list[object] = [1, Decimal("1.10"), "1.10", 0.5, 0.1 + 0.2, float("nan"), True, None, object()]
RAW_ORDERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in RAW.items()})


def outcome(make: Any) -> Any:
    try:
        return make()
    except ValidationError as error:
        return [(one["loc"], one["type"], one["msg"]) for one in error.errors()]


@given(fields=RAW_ORDERS, own=st.dictionaries(st.sampled_from(["a__x", "b__x", "no"]), st.sampled_from(RAW_PRICES)))
def test_what_is_put_into_a_model_is_judged_as_at_its_making(fields: dict[str, object], own: dict[str, object]) -> None:
    made = outcome(lambda: Order.model_validate({**fields, **own}).to_wire())
    order = Order.model_construct(set(fields))
    vars(order).update(fields)
    object.__setattr__(order, "__pydantic_extra__", dict(own))
    again = outcome(lambda: wire(order))
    if isinstance(made, list):
        assert sorted(again, key=repr) == sorted(made, key=repr)
    else:
        assert again == made


@given(price=st.sampled_from(RAW_PRICES), wrap=st.sampled_from(["line", "lines", "dict", "group"]))
def test_it_is_judged_so_at_any_depth(price: object, wrap: str) -> None:
    raw = {"article_id": 1, "price": price}
    line = Line.model_construct({"article_id", "price"}, **raw)
    made = outcome(lambda: Line.model_validate(raw).to_wire())
    match wrap:
        case "line":
            again = outcome(lambda: wire(changed(first_line=line))["firstLine"])
            path: tuple[object, ...] = ("firstLine",)
        case "lines":
            again = outcome(lambda: wire(changed(lines=[Line(article_id=2), line]))["lines"][1])
            path = ("lines", 1)
        case "dict":
            order = {"name": "n", "first_line": line}
            again = outcome(lambda: wire({"k": order}, TypeAdapter(dict[str, Order]))["k"]["firstLine"])
            path = ("k", "firstLine")
        case _:
            group = Group()
            group.lines["one"] = line
            again = outcome(lambda: wire(group, TypeAdapter(Group))["one"])
            path = ("one",)
    if isinstance(made, list):
        assert again == [((*path, *where), kind, message) for where, kind, message in made]
    else:
        assert again == made


def test_everything_that_was_done_to_a_model_is_found_at_once() -> None:
    order = Order(name="n", lines=[Line(article_id=1)])
    assert order.lines is not None
    order.name = 5  # type: ignore[assignment]
    order.lines[0].article = "long"
    order.lines.append({"article": "abc", "articleId": 3, "odd": 1})  # type: ignore[arg-type]
    order.own["a__x"] = float("inf")
    assert order.__pydantic_extra__ is not None
    order.__pydantic_extra__["odd"] = 1
    order.placed_on = None
    assert set(refused(order)) == {
        *("name", "lines.0.article", "lines.1.odd", "lines.1.articleId", "a__x", "odd", "placedOn")
    }


def test_the_result_is_nobody_elses() -> None:
    order = Order.model_validate({"name": "n", "lines": [Line(article_id=1)], "a__x": {"b": [1]}})
    result = revalidated(ORDER, order, {})
    expected = order.to_wire()
    assert isinstance(result, Order)
    assert order.lines is not None
    order.lines[0].price = Decimal("NaN")
    order.lines.append(Line(article_id=2))
    order.own["a__x"]["b"].append(float("nan"))  # type: ignore[index, call-overload, union-attr]
    order.name = "m"
    assert result.to_wire() == expected


def test_what_a_subclass_adds_is_refused_and_not_lost() -> None:
    class Own(Line):
        colour: str = "red"

    assert wire(Own(article="a"), TypeAdapter(Line)) == {"article": "a"}
    assert refused(Own(article="a", colour="blue"), TypeAdapter(Line)) == {"colour": "is not a field here"}
    assert refused(changed(first_line=Own(article="a", colour="blue"))) == {"firstLine.colour": "is not a field here"}


def test_another_model_is_not_taken_for_the_one_that_is_meant() -> None:
    line = Line(article="a")
    assert refused(line) == {"": "must be Order or a dict of its fields, not Line"}
    assert refused(changed(first_line=Order(name="n"))) == {
        "firstLine": "must be Line or a dict of its fields, not Order"
    }

    class Short(Line):
        """Fits wherever a `Line` does, but not the other way round."""

    assert set(refused(line, TypeAdapter(Short))) == {""}


def test_lists_and_unions_of_models() -> None:
    line = Line(article="a")
    line.article = "long"
    assert wire([Line(article="a")], TypeAdapter(list[Line])) == [{"article": "a"}]
    assert set(refused([Line(article="a"), line], TypeAdapter(list[Line]))) == {"1.article"}
    either: TypeAdapter[object] = TypeAdapter(Order | Line)
    assert wire(Line(article="a"), either) == {"article": "a"}
    assert wire(Order(name="n"), either) == {"name": "n"}
    assert [path.split(".")[-1] for path in refused(line, either)].count("article") == 1


def test_what_holds_itself_is_refused() -> None:
    node = Node()
    node.inner = Node(inner=node)
    assert refused(node, TypeAdapter(Node))
    rows: list[Any] = []
    rows.append(rows)
    with pytest.raises(RecursionError):
        revalidated(ORDER, Order(name="n").model_copy(update={"a__x": rows}), {})


def test_what_is_no_model_is_checked_as_ever() -> None:
    assert revalidated(TypeAdapter(list[int]), (1, 2), {}) == [1, 2]
    with pytest.raises(ValidationError):
        revalidated(TypeAdapter(list[int]), (1, 2), {}, strict=True)
    assert wire({"name": "n", "firstLine": Line(article="a")}) == {"name": "n", "firstLine": {"article": "a"}}


# -- fields that need a version ------------------------------------------------------------------------------------


class Dated(model.RequestModel):
    model_config = CAMEL
    minimum_versions: ClassVar[Mapping[str, MinimumVersion]] = {"newField": MinimumVersion("Api-Version", "2.10")}

    new_field: Annotated[int | None, Field(ge=0)] = None
    inner: list[Dated] | None = None


DATED: TypeAdapter[object] = TypeAdapter(Dated)
NEEDS = "needs Api-Version 2.10 or later, or no such header"


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, None),
        ({"Other": "1.0"}, None),
        ({"Api-Version": "2.10"}, None),
        ({"API-VERSION": "2.10.0"}, None),
        ({"Api-Version": "2.10.1"}, None),
        ({"Api-Version": "10"}, None),
        ({"Api-Version": "2.9"}, f"{NEEDS}; the call says 2.9"),
        ({"api-version": "2"}, f"{NEEDS}; the call says 2"),
        ({"Api-Version": "latest"}, NEEDS),
        ({"Api-Version": ""}, NEEDS),
        ({"Api-Version": "9" * 5000}, NEEDS),
        ({"Api-Version": "²"}, NEEDS),
    ],
)
def test_a_field_is_sent_only_with_a_version_that_knows_it(headers: dict[str, str], message: str | None) -> None:
    dated = Dated(inner=[Dated(), Dated(new_field=1)])
    if message is None:
        assert isinstance(revalidated(DATED, dated, headers), Dated)
        return
    for value in (dated, {"inner": [{}, {"newField": 1}]}, {"inner": [{}, {"new_field": 1}]}):
        with pytest.raises(ValidationError) as caught:
            revalidated(DATED, value, headers)
        (found,) = caught.value.errors()
        assert found["loc"] == ("inner", 1, "newField")
        assert explain(found) == ("minimum_version", message)


def test_what_is_not_sent_needs_no_version() -> None:
    dated = Dated(new_field=1)
    del dated.new_field
    values: list[object] = [Dated(), dated, {}]
    for value in values:
        assert revalidated(DATED, value, {"Api-Version": "1"}) == Dated()


def test_a_field_that_is_unfit_or_beside_one_that_is() -> None:
    order = {"newField": -1, "inner": [{"newField": 1, "odd": 1}]}
    with pytest.raises(ValidationError) as caught:
        revalidated(DATED, order, {"Api-Version": "1"})
    assert faults(caught.value) == {
        "newField": "must be at least 0",
        "inner.0.newField": f"{NEEDS}; the call says 1",
        "inner.0.odd": "is not a field here",
    }


@given(parts=st.lists(st.integers(0, 99), min_size=1, max_size=3), least=st.lists(st.integers(0, 99), min_size=1))
def test_versions_compare_part_by_part(parts: list[int], least: list[int]) -> None:
    least = least[:3]
    said, needed = (".".join(map(str, version)) for version in (parts, least))
    padded, padded_least = ([*version, 0, 0, 0][:3] for version in (parts, least))
    assert (MinimumVersion("V", needed).fault({"v": said}) is None) is (padded >= padded_least)
