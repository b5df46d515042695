"""Annotations of Python as data, and how two of them stand to each other. Knows nothing of models or methods."""

from __future__ import annotations

import ast
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Mark: TypeAlias = tuple[str, str]
"""Metadata of `Annotated`: a name and its argument as Python, such as `("max_length", "5")`."""
Type: TypeAlias = "tuple[Atom, ...]"
"""A union: its options in order, each once."""
Aliases: TypeAlias = "Mapping[str, Type]"

_INVARIANT: Final = frozenset(("list", "dict", "set"))
_NOT_BOUNDS: Final = frozenset(("validation_alias", "serialization_alias", "alias", "deprecated"))
"""Arguments of `Field` that do not say which values it takes."""


class Atom(msgspec.Struct, frozen=True):
    """One option of a union: a name with its arguments, or one value of a `Literal`."""

    name: str
    arguments: tuple[Type, ...] = ()
    value: str = ""
    """As Python; of a `Literal` alone."""
    marks: tuple[Mark, ...] = ()

    @property
    def kind(self) -> str:
        """The type that a value of a `Literal` is of; for others their name."""
        return type(ast.literal_eval(self.value)).__name__ if self.value else self.name


NONE: Final = Atom("None")


class Relation(StrEnum):
    """How the values of one type stand to those of another."""

    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    OTHER = "other"


# -- reading ---------------------------------------------------------------------------------------------------------


def parse(expression: ast.expr, aliases: Aliases | None = None) -> Type:
    """The type that an annotation says; names are without their modules. `aliases` are written out."""
    return tuple(dict.fromkeys(_parse(expression, aliases or {})))


def _parse(expression: ast.expr, aliases: Aliases) -> Iterator[Atom]:
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.BitOr):
        yield from _parse(expression.left, aliases)
        yield from _parse(expression.right, aliases)
    elif isinstance(expression, ast.Constant):
        if isinstance(expression.value, str):
            yield from _parse(ast.parse(expression.value, mode="eval").body, aliases)
        else:
            yield NONE if expression.value is None else Atom("...")
    elif isinstance(expression, ast.Subscript):
        yield from _parse_subscript(_last_name(expression.value), _elements(expression.slice), aliases)
    else:
        name = _last_name(expression)
        yield from aliases.get(name, (Atom(name),))


def _parse_subscript(name: str, arguments: list[ast.expr], aliases: Aliases) -> Iterator[Atom]:
    if name in ("Optional", "Union"):
        for one in arguments:
            yield from _parse(one, aliases)
        if name == "Optional":
            yield NONE
    elif name == "Literal":
        for one in arguments:
            yield NONE if unparsed(one) == "None" else Atom("Literal", value=quoted(unparsed(one)))
    elif name == "Annotated":
        yield from marked(parse(arguments[0], aliases), [mark for one in arguments[1:] for mark in _marks(one)])
    else:
        yield Atom(name, tuple(parse(one, aliases) for one in arguments))


def _marks(expression: ast.expr) -> Iterator[Mark]:
    """`Field(ge=1, le=5)` gives two, another call one."""
    if isinstance(expression, ast.Call) and _last_name(expression.func) == "Field":
        for keyword in expression.keywords:
            if keyword.arg not in _NOT_BOUNDS:
                yield str(keyword.arg), unparsed(keyword.value)
    elif isinstance(expression, ast.Call):
        yield _last_name(expression.func), ", ".join(map(unparsed, expression.args))


def marked(options: Iterable[Atom], marks: Iterable[Mark]) -> Type:
    """The options with metadata added to each but `None`, which no bound is about."""
    return tuple(one if one == NONE else replace(one, marks=(*one.marks, *marks)) for one in options)


def unparsed(expression: ast.AST) -> str:
    """The expression as Python; of a name or `None` at once, as most of them are."""
    if isinstance(expression, ast.Name):
        return expression.id
    return "None" if isinstance(expression, ast.Constant) and expression.value is None else ast.unparse(expression)


def _elements(expression: ast.expr) -> list[ast.expr]:
    return list(expression.elts) if isinstance(expression, ast.Tuple) else [expression]


def _last_name(expression: ast.expr) -> str:
    return unparsed(expression).rpartition(".")[2]


def quoted(text: str) -> str:
    """A literal as the generated files have it, where it is a plain string."""
    return f'"{text[1:-1]}"' if text.startswith("'") and '"' not in text and "\\" not in text else text


# -- writing ---------------------------------------------------------------------------------------------------------


def write(options: Type, models: Iterable[str] = ()) -> str:
    """A type as Python, without metadata; the names of `models` are said with their module."""
    listed = set(models)
    parts: dict[str, None] = {}
    values = [one.value for one in options if one.value]
    for one in options:
        if one.value:
            parts[f"Literal[{', '.join(values)}]"] = None
        elif one.arguments:
            parts[f"{one.name}[{', '.join(write(argument, listed) for argument in one.arguments)}]"] = None
        else:
            parts[f"models.{one.name}" if one.name in listed else one.name] = None
    # As the generator has it: `None` goes last.
    return " | ".join(sorted(parts, key=lambda part: part == "None"))


# -- comparing -------------------------------------------------------------------------------------------------------


class Comparison:
    """Compares types of two packages.

    A name that both have is the same on both: what it stands for is compared once, where it is defined. `base`
    and `head` are the public aliases of each side, by name; `renamed` tells the new names of what has one.
    """

    def __init__(self, base: Aliases, head: Aliases, renamed: Mapping[str, str]) -> None:
        self._renamed = renamed
        self._base = {renamed.get(name, name): self._in_new_names(known) for name, known in base.items()}
        self._head = head

    def relation(self, base: Type, head: Type, *, invariant: bool = False) -> Relation:
        """How the head's type stands to the base's: a `NARROWER` one has fewer values.

        Read as values are: a list of narrower elements is narrower. `invariant` reads `list` and `dict` as type
        checkers do, to which it is simply another.
        """
        before = self._in_new_names(base)
        shrinks = _Fit(self._head, self._base, invariant=invariant).fits(head, before)
        grows = _Fit(self._base, self._head, invariant=invariant).fits(before, head)
        if shrinks:
            return Relation.SAME if grows else Relation.NARROWER
        return Relation.WIDER if grows else Relation.OTHER

    def named_values(self, base: Type, head: Type) -> tuple[frozenset[str], frozenset[str]]:
        """The values that `Literal` names on each side, outside of what both sides have by the same name."""
        before = self._in_new_names(base)
        return frozenset(self._values(before, self._base)), frozenset(self._values(head, self._head))

    def bounds(self, base: Type, head: Type) -> tuple[tuple[Atom, Atom], ...]:
        """The options that are alike but for their metadata, at any depth, each pair once."""
        return tuple(dict.fromkeys(self._bounds(self._in_new_names(base), head)))

    def _bounds(self, base: Type, head: Type) -> Iterator[tuple[Atom, Atom]]:
        before, after = self._written_out(base, self._base), self._written_out(head, self._head)
        for new in after:
            alike = [old for old in before if old.name == new.name and len(old.arguments) == len(new.arguments)]
            old = next((one for one in alike if one.arguments == new.arguments), alike[0] if alike else None)
            if old is None:
                continue
            if old.marks != new.marks:
                yield replace(old, arguments=()), replace(new, arguments=())
            for mine, theirs in zip(old.arguments, new.arguments, strict=True):
                yield from self._bounds(mine, theirs)

    def _in_new_names(self, options: Type) -> Type:
        return tuple(
            replace(
                one,
                name=self._renamed.get(one.name, one.name),
                arguments=tuple(self._in_new_names(argument) for argument in one.arguments),
            )
            for one in options
        )

    def _written_out(self, options: Type, aliases: Aliases, seen: frozenset[str] = frozenset()) -> Type:
        """With the names of aliases that one side alone has replaced by what they stand for."""
        made: list[Atom] = []
        for one in options:
            if one.name in aliases and one.name not in seen and not (one.name in self._base and one.name in self._head):
                made += marked(self._written_out(aliases[one.name], aliases, seen | {one.name}), one.marks)
            else:
                made.append(one)
        return tuple(made)

    def _values(self, options: Type, aliases: Aliases) -> Iterator[str]:
        for one in self._written_out(options, aliases):
            if one.value:
                yield one.value
            for argument in one.arguments:
                yield from self._values(argument, aliases)


class _Fit:
    """Whether all values of one type are values of another, each with the aliases of its side."""

    def __init__(self, mine: Aliases, theirs: Aliases, *, invariant: bool) -> None:
        self._mine = mine
        self._theirs = theirs
        self._invariant = invariant
        self._asked: set[tuple[Atom, Type]] = set()

    def fits(self, mine: Type, theirs: Type) -> bool:
        return all(self._one_fits(one, theirs) for one in mine)

    def _one_fits(self, one: Atom, theirs: Type) -> bool:
        # A question met again while it is being answered: a recursive type, which fits unless something else does not.
        question = (replace(one, marks=()), theirs)
        if question in self._asked or any(self._is_direct(one, other) for other in theirs):
            return True
        self._asked.add(question)
        try:
            if one.name in self._mine and self.fits(self._mine[one.name], theirs):
                return True
            return any(self._one_fits(one, self._theirs[other.name]) for other in theirs if other.name in self._theirs)
        finally:
            self._asked.discard(question)

    def _is_direct(self, one: Atom, other: Atom) -> bool:
        if other.name == "Any":
            return True
        if one.value:
            return (one.value == other.value) if other.value else (one.kind == other.name)
        if one.name != other.name or other.value or len(one.arguments) != len(other.arguments):
            return False
        back = _Fit(self._theirs, self._mine, invariant=True)
        return all(
            self.fits(mine, theirs) and (not self._invariant or one.name not in _INVARIANT or back.fits(theirs, mine))
            for mine, theirs in zip(one.arguments, other.arguments, strict=True)
        )
