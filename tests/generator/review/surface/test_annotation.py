"""Laws of types as data, and of bounds."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.review.surface.annotation import Atom, Comparison, Relation, Type, marked, parse, write
from generator.review.surface.metadata import bound_changes

COMPARISON = Comparison({}, {}, {})
BACK = {Relation.SAME: Relation.SAME, Relation.NARROWER: Relation.WIDER, Relation.OTHER: Relation.OTHER}
BACK |= {new: old for old, new in BACK.items()}

names = st.sampled_from(
    ["str", "int", "bool", "Decimal", "date", "None", "Any", "Pet", 'Literal["a"]', "Literal[1, True]"]
)
texts = st.recursive(
    names,
    lambda inner: st.one_of(
        st.builds("list[{}]".format, inner),
        st.builds("dict[str, {}]".format, inner),
        st.builds("{} | {}".format, inner, inner),
        st.builds("Optional[{}]".format, inner),
        st.builds("Annotated[{}, Field(max_length=5)]".format, inner),
    ),
    max_leaves=6,
)


def type_of(text: str) -> Type:
    return parse(ast.parse(text, mode="eval").body)


def plain(options: Type) -> Type:
    """Without metadata, which is written nowhere."""
    listed = (Atom(one.name, tuple(map(plain, one.arguments)), one.value) for one in options)
    return tuple(dict.fromkeys(listed))


@given(texts)
def test_a_type_is_the_same_as_itself_and_as_what_is_written_of_it(text: str) -> None:
    made = type_of(text)
    assert COMPARISON.relation(made, made) is Relation.SAME
    assert COMPARISON.relation(made, made, invariant=True) is Relation.SAME
    again = type_of(write(plain(made)))
    assert COMPARISON.relation(made, again, invariant=True) is Relation.SAME
    assert write(again) == write(plain(made))


@given(texts, texts)
def test_relations_go_both_ways(one: str, other: str) -> None:
    relation = COMPARISON.relation(type_of(one), type_of(other))
    assert COMPARISON.relation(type_of(other), type_of(one)) is BACK[relation]


@given(texts, texts)
def test_one_option_more_is_never_narrower(one: str, other: str) -> None:
    assert COMPARISON.relation(type_of(one), type_of(f"{one} | {other}")) in (Relation.SAME, Relation.WIDER)


@given(texts, texts)
def test_what_is_the_same_or_narrower_to_a_type_checker_is_so_by_values(one: str, other: str) -> None:
    strictly = COMPARISON.relation(type_of(one), type_of(other), invariant=True)
    if strictly is not Relation.OTHER:
        assert COMPARISON.relation(type_of(one), type_of(other)) in (strictly, Relation.SAME)


@given(texts, texts, texts)
def test_narrower_of_narrower_is_narrower(one: str, other: str, third: str) -> None:
    fits = (Relation.SAME, Relation.WIDER)
    if (
        COMPARISON.relation(type_of(one), type_of(other)) in fits
        and COMPARISON.relation(type_of(other), type_of(third)) in fits
    ):
        assert COMPARISON.relation(type_of(one), type_of(third)) in fits


@given(texts)
def test_an_alias_is_what_it_stands_for(text: str) -> None:
    made = type_of(text)
    for one, other in ((Comparison({"Short": made}, {}, {}), True), (Comparison({}, {"Short": made}, {}), False)):
        pair = (type_of("Short"), made) if other else (made, type_of("Short"))
        assert one.relation(*pair) is Relation.SAME


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ('Literal["a"] | str', "str", Relation.SAME),
        ('Literal["a"]', "str", Relation.WIDER),
        ("Literal[True]", "bool", Relation.WIDER),
        ("Literal[1]", "Literal[True]", Relation.OTHER),
        ("bool", "int", Relation.OTHER),
        ("int", "Decimal", Relation.OTHER),
        ("str", "Any", Relation.WIDER),
        ("list[Any]", "list[str]", Relation.NARROWER),
        ("list[str]", "dict[str, str]", Relation.OTHER),
        ("models.Pet", "Pet", Relation.SAME),
        ('Optional[list["Pet"]]', "list[Pet] | None", Relation.SAME),
        ("Union[str, int]", "int | str", Relation.SAME),
        ('Annotated[str, Field(pattern="^a")]', "str", Relation.SAME),
    ],
)
def test_types_compare(base: str, head: str, expected: Relation) -> None:
    assert COMPARISON.relation(type_of(base), type_of(head)) is expected


numbers = st.integers(-9, 9).map(str) | st.decimals(-9, 9, places=2).map("Decimal('{}')".format)
kinds = st.sampled_from(["min_length", "max_length", "ge", "gt", "le", "lt", "pattern", "Among", "Unique"])


@given(kinds, numbers, numbers)
def test_bounds_go_both_ways(kind: str, one: str, other: str) -> None:
    def bounded(value: str) -> Atom:
        text = repr(value) if kind == "pattern" else "" if kind == "Unique" else value
        return marked([Atom("str")], [(kind, text)])[0]

    there, back = (
        list(bound_changes(*pair)) for pair in ((bounded(one), bounded(other)), (bounded(other), bounded(one)))
    )
    assert [(change.before != "", change.after != "") for change in there] == [(True, True)] * len(there)
    assert len(there) == len(back)
    if kind not in ("pattern", "Among"):
        assert [change.stricter for change in there] == [not change.stricter for change in back]
    assert [change.stricter for change in bound_changes(Atom("str"), bounded(one))] == [True]
    assert [change.stricter for change in bound_changes(bounded(one), Atom("str"))] == [False]
    assert list(bound_changes(bounded(one), bounded(one))) == []


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("Field(ge=1)", "Field(gt=1)", [(True, "takes more than 1, was at least 1")]),
        ("Field(gt=1)", "Field(ge=1)", [(False, "takes at least 1, was more than 1")]),
        ("Field(ge=1, gt=3)", "Field(gt=3)", []),
        ("Field(multiple_of=2)", "Field(multiple_of=4)", [(True, "takes multiples of 4, was multiples of 2")]),
        ('MultipleOf(Decimal("0.5"))', "Field(multiple_of=1)", [(True, "takes multiples of 1, was multiples of 0.5")]),
        ("Among(1, 2)", "Among(2)", [(True, "takes 2, was 1, 2")]),
        ("Among(2)", 'Among(2, Decimal("0.5"))', [(False, "takes 0.5, 2, was 2")]),
        ("Among(1, 2)", 'Among(Decimal("2.0"), 1)', []),
        ("Among(True)", "Among(1)", [(True, "takes 1, was True")]),
        ("Among(None, 1, 'a', True)", "Among('a', 1)", [(True, "takes 1, 'a', was 1, 'a', None, True")]),
        ("Among({'a': 1})", "Among({'a': 1}, {'a': 2})", [(False, "takes {'a': 1}, {'a': 2}, was {'a': 1}")]),
        (
            "Field(max_length=1)",
            "ExactlyOne(), Field(max_length=1)",
            [(True, "takes what is exactly one of these, was unlimited")],
        ),
        ("Tagged('a', {'x': 'X'})", "Tagged('a', {'x': 'Y'}, unknown='Z')", []),
        (
            "Tagged('a', {'x': 'X'})",
            "Tagged('a', {'y': 'X', 'x': 'X'})",
            [(False, "takes `a` as `x`, `y`, was `a` as `x`")],
        ),
        ("Tagged('a', {'x': 'X'})", "Tagged('b', {'x': 'X'})", [(True, "takes `b` as `x`, was `a` as `x`")]),
        ('Matches("^a")', 'Field(pattern="^a")', []),
        ("Field(max_length=1)", "Field(deprecated=True)", [(False, "is no longer limited to at most 1 character")]),
        ("New(1)", "New(2)", [(True, "takes `New(2)`, was `New(1)`")]),
        (
            "BeforeValidator(instant)",
            "BeforeValidator(other)",
            [(True, "takes what `other` takes, was times with a zone")],
        ),
    ],
)
def test_bounds_compare(base: str, head: str, expected: list[tuple[bool, str]]) -> None:
    (old,), (new,) = (type_of(f"Annotated[str, {text}]") for text in (base, head))
    assert [(one.stricter, one.text) for one in bound_changes(old, new)] == expected
