"""Bounds of an annotation, as `Annotated` has them, compared: which are stricter than before, in words."""

from __future__ import annotations

import ast
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.review.surface.annotation import Atom

_NOUNS: Final = {"str": " characters", "bytes": " bytes", "list": " elements"}
_STEPS: Final = ("multiple_of", "MultipleOf")
_PATTERNS: Final = ("pattern", "Matches")
_FORMS: Final = {
    "Timestamp": "times of the form `{}`",
    "BeforeValidator": "what `{}` takes",
    "instant": "times with a zone",
    "exact_json": "JSON values",
}
_KNOWN: Final = frozenset(
    (
        *("min_length", "max_length", "ge", "gt", "le", "lt", *_STEPS, *_PATTERNS, *_FORMS),
        *("Among", "Unique", "ExactlyOne", "Tagged"),
    )
)
_SERIALIZED: Final = frozenset(("PlainSerializer",))
"""What goes out; the forms say the same of what comes in."""


class BoundChange(msgspec.Struct, frozen=True):
    """A bound that is another than before."""

    stricter: bool
    """Whether a value that was taken may now be refused: also where that cannot be told."""
    before: str
    """The bound in words, such as `at most 5 characters`; empty where there was none."""
    after: str

    @property
    def text(self) -> str:
        """What follows the name that it is about."""
        if not self.after:
            return f"is no longer limited to {self.before}"
        return f"takes {self.after}, was {self.before or 'unlimited'}"


def bound_changes(base: Atom, head: Atom) -> Iterator[BoundChange]:
    """How the bounds of two types that are alike differ."""
    before, after = dict(base.marks), dict(head.marks)
    noun = _NOUNS.get(head.kind, "")
    yield from _limits(_length(before, "min_length"), _length(after, "min_length"), 1, "at least ", "", noun)
    yield from _limits(_length(before, "max_length"), _length(after, "max_length"), -1, "at most ", "", noun)
    yield from _limits(_end(before, "ge", "gt", 1), _end(after, "ge", "gt", 1), 1, "at least ", "more than ", "")
    yield from _limits(_end(before, "le", "lt", -1), _end(after, "le", "lt", -1), -1, "at most ", "less than ", "")
    yield from _steps(_step(before), _step(after))
    yield from _values(before.get("Among"), after.get("Among"))
    yield from _others(_form(before), _form(after))
    yield from _sets(_patterns(base), _patterns(head))
    yield from _others(*("different elements" if "Unique" in one else "" for one in (before, after)))
    yield from _others(*("what is exactly one of these" if "ExactlyOne" in one else "" for one in (before, after)))
    yield from _tags(before.get("Tagged"), after.get("Tagged"))
    for name in sorted({*before, *after} - _KNOWN - _SERIALIZED):
        yield from _others(*(f"`{name}({one[name]})`" if name in one else "" for one in (before, after)))


def _number(expression: ast.expr) -> Decimal:
    """A number as generated code has it: `5`, `-0.5`, `Decimal("0.5")`."""
    if isinstance(expression, ast.Call):
        expression = expression.args[0]
    return Decimal(str(ast.literal_eval(expression)))


def _arguments(text: str) -> list[ast.expr]:
    call = ast.parse(f"f({text})", mode="eval").body
    return call.args if isinstance(call, ast.Call) else []


def _numbers(text: str) -> tuple[Decimal, ...]:
    return tuple(map(_number, _arguments(text)))


def _step(marks: Mapping[str, str]) -> Decimal | None:
    return next((_numbers(marks[name])[0] for name in _STEPS if name in marks), None)


def _length(marks: Mapping[str, str], name: str) -> tuple[Decimal, bool] | None:
    return (_numbers(marks[name])[0], False) if name in marks else None


def _end(marks: Mapping[str, str], closed: str, opened: str, sign: int) -> tuple[Decimal, bool] | None:
    """The end of a range, and whether it is itself outside; the stricter one where both are said."""
    found = [
        (_numbers(marks[name])[0], is_open) for name, is_open in ((closed, False), (opened, True)) if name in marks
    ]
    return max(found, key=lambda one: (sign * one[0], one[1]), default=None)


def _limits(
    before: tuple[Decimal, bool] | None,
    after: tuple[Decimal, bool] | None,
    sign: int,
    closed: str,
    opened: str,
    noun: str,
) -> Iterator[BoundChange]:
    """`sign` is 1 where a greater limit is stricter, -1 where a smaller one is."""
    if before == after:
        return
    old, new = (
        _limit_text(limit, opened if limit is not None and limit[1] else closed, noun) for limit in (before, after)
    )
    if before is None or after is None:
        yield BoundChange(before is None, old, new)
        return
    stricter = (sign * after[0], after[1]) > (sign * before[0], before[1])
    yield BoundChange(stricter, f"{before[0]:f}" if before[1] == after[1] else old, new)


def _limit_text(limit: tuple[Decimal, bool] | None, text: str, noun: str) -> str:
    if limit is None:
        return ""
    return f"{text}{limit[0]:f}{noun.removesuffix('s') if limit[0] == 1 else noun}"


def _steps(before: Decimal | None, after: Decimal | None) -> Iterator[BoundChange]:
    if before != after:
        looser = after is None or (before is not None and before % after == 0)
        yield BoundChange(not looser, *("" if one is None else f"multiples of {one:f}" for one in (before, after)))


def _values(before: str | None, after: str | None) -> Iterator[BoundChange]:
    old, new = (None if one is None else _listed(one) for one in (before, after))
    if old != new:
        looser = new is None or (old is not None and set(old) <= set(new))
        texts = ("" if one is None else ", ".join(one) for one in (old, new))
        yield BoundChange(not looser, *texts)


def _listed(text: str) -> list[str]:
    """Values as arguments have them: numbers first, by size, each in one spelling; then what else there is."""
    numbers: list[Decimal] = []
    others: list[str] = []
    for one in _arguments(text):
        is_number = isinstance(one, ast.Constant) and type(one.value) in (int, float)
        if is_number or isinstance(one, ast.Call | ast.UnaryOp):
            numbers.append(_number(one))
        else:
            others.append(ast.unparse(one))
    return [*(_spelled(one) for one in sorted(numbers)), *sorted(others)]


def _spelled(number: Decimal) -> str:
    """A number as equal ones are all spelled."""
    text = f"{number:f}" if number else "0"
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _tags(before: str | None, after: str | None) -> Iterator[BoundChange]:
    """By which texts in a field options are told apart; which classes they are is said of the classes."""
    (old, known), (new, taken) = (_told(one) for one in (before, after))
    if (old, known) != (new, taken):
        looser = not new or (old == new and known <= taken)
        texts = (
            f"`{name}` as {', '.join(sorted(tags))}" if name else "" for name, tags in ((old, known), (new, taken))
        )
        yield BoundChange(not looser, *texts)


def _told(text: str | None) -> tuple[str, set[str]]:
    if text is None:
        return "", set()
    name, tags = (ast.literal_eval(one) for one in _arguments(text)[:2])
    return name, {f"`{tag}`" for tag in tags}


def _form(marks: Mapping[str, str]) -> str:
    for name in ("Timestamp", "BeforeValidator"):
        if name in marks:
            return _FORMS.get(marks[name]) or _FORMS[name].format(marks[name].strip("'\""))
    return ""


def _patterns(atom: Atom) -> set[str]:
    """What a text must match, in words: there may be a format and a pattern of its own."""
    found: set[str] = set()
    for name, text in atom.marks:
        if name in _PATTERNS:
            arguments = ast.literal_eval(f"({text},)")
            found.add(arguments[1].removeprefix("must be ") if len(arguments) > 1 else f"what matches `{arguments[0]}`")
    return found


def _sets(before: set[str], after: set[str]) -> Iterator[BoundChange]:
    """Rules that hold together: one more is stricter, one less is looser."""
    gone, new = sorted(before - after), sorted(after - before)
    if gone or new:
        yield BoundChange(bool(new), " and ".join(gone), " and ".join(new))


def _others(before: str, after: str) -> Iterator[BoundChange]:
    """Of two that cannot be compared, the new one counts as stricter."""
    if before != after:
        yield BoundChange(bool(after), before, after)
