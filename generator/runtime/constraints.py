"""Rules between the fields of one object, as data: what JSON Schema says with `anyOf`, `not`, `if` and `dependent...`.

A condition is asked for its `failures` in an object and names each with the wire path of the field to mend. `str()`
of a condition is the rule in words. As in JSON Schema, a condition on a field holds where the field is absent.

Nearly every object is fine, and whether it is depends on little more than which fields are given. So a condition also
makes a `test`, a closure that answers just that, at a fraction of the cost of looking for failures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .values import Json

Path: TypeAlias = tuple[str | int, ...]
Failure: TypeAlias = tuple[Path, str]
Fields: TypeAlias = Mapping[str, object]
Naming: TypeAlias = Callable[[str], str | None]
Test: TypeAlias = "Callable[[AbstractSet[str | None], HasFields], bool]"


class HasFields:
    """An object that can show the fields given to it, under their wire names."""

    __slots__ = ()

    def wire_fields(self) -> Fields:
        """Wire name -> value, without the fields that were not given."""
        raise NotImplementedError

    def wire_field(self, name: str) -> object:
        """The value of one of these; `None` if it was not given."""
        return self.wire_fields().get(name)


class Condition:
    """Something that holds or does not hold for the fields of an object. Never changed once made."""

    def __init__(self, *arguments: object) -> None:
        self._arguments = arguments

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._arguments))})"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        """What is wrong, each with the path from this object; nothing when the condition holds."""
        raise NotImplementedError

    def holds(self, fields: Fields) -> bool:
        """Tell whether the condition holds."""
        return next(self.failures(fields), None) is None

    def refusals(self, fields: Fields) -> Iterator[Failure]:
        """What is wrong when the condition holds although it must not."""
        if self.holds(fields):
            yield (), f"must not be so: {self}"

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        """Whether the condition holds for every object to which these names are given; `None` if that depends on more.

        Names are as in `test`.
        """
        del given, naming
        return None

    def test(self, naming: Naming) -> Test:
        """Make a function of the names given to an object, and of the object, that tells whether the condition holds.

        Names are those that `naming` makes of wire names; `None` stands for one that is never given.
        """
        del naming
        return lambda _, model: self.holds(model.wire_fields())


class Present(Condition):
    """All the named fields are given."""

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.names = names

    def __str__(self) -> str:
        return f"{_listed(self.names)} {'is' if len(self.names) == 1 else 'are'} given"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        for name in self.names:
            if name not in fields:
                yield (name,), "is required"

    def refusals(self, fields: Fields) -> Iterator[Failure]:
        if self.holds(fields):
            last = self.names[-1]
            others = self.names[:-1]
            yield (last,), f"excludes {_listed(others)}: give only one of them" if others else "must not be given"

    def test(self, naming: Naming) -> Test:
        names = frozenset(map(naming, self.names))
        return lambda given, _: names <= given

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        return frozenset(map(naming, self.names)) <= given


class In(Condition):
    """The named field, where given, has one of some values."""

    def __init__(self, name: str, *values: Json) -> None:
        super().__init__(name, *values)
        self.name = name
        self.values = values

    def __str__(self) -> str:
        return f"{self.name} is {_listed([str(value) for value in self.values], 'or')}"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        if self.name in fields and not any(_same(fields[self.name], value) for value in self.values):
            yield (self.name,), f"must be {_listed([str(value) for value in self.values], 'or')}"

    def test(self, naming: Naming) -> Test:
        name = naming(self.name)
        return lambda given, model: name not in given or self.holds(model.wire_fields())

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        return None if naming(self.name) in given else True


class Inside(Condition):
    """A condition holds for the object in the named field, or for each object of the array there."""

    def __init__(self, name: str, condition: Condition) -> None:
        super().__init__(name, condition)
        self.name = name
        self.condition = condition

    def __str__(self) -> str:
        return f"in {self.name}, {self.condition}"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        value = fields.get(self.name)
        if isinstance(value, Sequence) and not isinstance(value, str):
            for index, element in enumerate(value):
                for path, message in self._inside(element):
                    yield (self.name, index, *path), message
        else:
            for path, message in self._inside(value):
                yield (self.name, *path), message

    def _inside(self, value: object) -> Iterator[Failure]:
        fields = value.wire_fields() if isinstance(value, HasFields) else value
        return self.condition.failures(fields) if isinstance(fields, Mapping) else iter(())

    def test(self, naming: Naming) -> Test:
        name = naming(self.name)
        return lambda given, model: name not in given or self.holds(model.wire_fields())

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        return None if naming(self.name) in given else True


class Not(Condition):
    """A condition does not hold."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(condition)
        self.condition = condition

    def __str__(self) -> str:
        return f"it is not so that {self.condition}"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        return self.condition.refusals(fields)

    def test(self, naming: Naming) -> Test:
        holds = self.condition.test(naming)
        return lambda given, model: not holds(given, model)

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        held = self.condition.verdict(given, naming)
        return None if held is None else not held


class _Several(Condition):
    def __init__(self, *conditions: Condition) -> None:
        super().__init__(*conditions)
        self.conditions = conditions

    def _names(self) -> list[str] | None:
        """The names, if this is a choice between single fields: by far the most common use."""
        if all(isinstance(one, Present) and len(one.names) == 1 for one in self.conditions):
            return [name for one in self.conditions if isinstance(one, Present) for name in one.names]
        return None


class AllOf(_Several):
    """Every one of some conditions holds."""

    def __str__(self) -> str:
        return ", and ".join(map(str, self.conditions))

    def failures(self, fields: Fields) -> Iterator[Failure]:
        for condition in self.conditions:
            yield from condition.failures(fields)

    def test(self, naming: Naming) -> Test:
        tests = [condition.test(naming) for condition in self.conditions]
        return lambda given, model: all(holds(given, model) for holds in tests)

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        return _every([condition.verdict(given, naming) for condition in self.conditions])


class AnyOf(_Several):
    """At least one of some conditions holds."""

    def __str__(self) -> str:
        names = self._names()
        return f"at least one of {_listed(names)} is given" if names else ", or ".join(map(str, self.conditions))

    def failures(self, fields: Fields) -> Iterator[Failure]:
        if not any(condition.holds(fields) for condition in self.conditions):
            names = self._names()
            if names:
                yield (names[0],), f"at least one of {_listed(names)} is required"
            else:
                yield (), f"must be so: {self}"

    def refusals(self, fields: Fields) -> Iterator[Failure]:
        for condition in self.conditions:
            yield from condition.refusals(fields)

    def test(self, naming: Naming) -> Test:
        if (names := self._names()) is not None:
            either = frozenset(map(naming, names))
            return lambda given, _: not either.isdisjoint(given)
        tests = [condition.test(naming) for condition in self.conditions]
        return lambda given, model: any(holds(given, model) for holds in tests)

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        return _some([condition.verdict(given, naming) for condition in self.conditions])


class OneOf(_Several):
    """Exactly one of some conditions holds."""

    def __str__(self) -> str:
        names = self._names()
        if names:
            return f"exactly one of {_listed(names)} is given"
        return f"exactly one of these holds: {'; '.join(map(str, self.conditions))}"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        held = [condition for condition in self.conditions if condition.holds(fields)]
        if len(held) != 1:
            names = self._names()
            if names:
                given = [name for name in names if name in fields]
                yield (given[-1] if given else names[0],), f"exactly one of {_listed(names)} is required"
            else:
                yield (), f"must be so: {self}"

    def test(self, naming: Naming) -> Test:
        tests = [condition.test(naming) for condition in self.conditions]
        return lambda given, model: sum(holds(given, model) for holds in tests) == 1

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        held = [condition.verdict(given, naming) for condition in self.conditions]
        return None if None in held else held.count(True) == 1


class When(Condition):
    """Where one condition holds, so must another."""

    def __init__(self, condition: Condition, then: Condition) -> None:
        super().__init__(condition, then)
        self.condition = condition
        self.then = then

    def __str__(self) -> str:
        return f"when {self.condition}, {self.then}"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        if self.condition.holds(fields):
            for path, message in self.then.failures(fields):
                yield path, f"{message} when {self.condition}"

    def test(self, naming: Naming) -> Test:
        applies, holds = self.condition.test(naming), self.then.test(naming)
        return lambda given, model: not applies(given, model) or holds(given, model)

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        applies = self.condition.verdict(given, naming)
        return _some([None if applies is None else not applies, self.then.verdict(given, naming)])


class Count(Condition):
    """An object has at least and at most so many fields."""

    def __init__(self, least: int = 0, most: int | None = None) -> None:
        super().__init__(least, most)
        self.least = least
        self.most = most

    def __str__(self) -> str:
        return f"there are {self._range()}"

    def _range(self) -> str:
        return f"at least {self.least} fields" if self.most is None else f"{self.least} to {self.most} fields"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        if len(fields) < self.least or (self.most is not None and len(fields) > self.most):
            yield (), f"must have {self._range()}"


class TotalItems(Condition):
    """Arrays at a path hold at most so many elements over all of them together: `TotalItems("a[*].b", 1000)`."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__(path, most)
        self.path = path
        self.most = most

    def __str__(self) -> str:
        return f"{self.path} has at most {self.most} items in all"

    def failures(self, fields: Fields) -> Iterator[Failure]:
        total = self.total(fields)
        if total > self.most:
            top = self.path.partition("[*]")[0]
            yield (top,), f"has {total} items in {self.path}; at most {self.most} are allowed over all of them together"

    def test(self, naming: Naming) -> Test:
        del naming
        return lambda _, model: self.total(model) <= self.most

    def verdict(self, given: AbstractSet[str | None], naming: Naming) -> bool | None:
        return None if naming(self.path.partition("[*]")[0]) in given else True

    def total(self, fields: object) -> int:
        """How many elements the arrays hold."""
        return sum(len(array) for array in _arrays(fields, self.path.split("[*].")))


def undecided(
    conditions: Sequence[Condition], given: AbstractSet[str | None], naming: Naming
) -> tuple[Condition, ...] | None:
    """The conditions that depend on more than these names; `None` if one of the others does not hold."""
    verdicts = [one.verdict(given, naming) for one in conditions]
    if False in verdicts:
        return None
    return tuple(one for one, verdict in zip(conditions, verdicts, strict=True) if verdict is None)


def _every(verdicts: list[bool | None]) -> bool | None:
    return False if False in verdicts else None if None in verdicts else True


def _some(verdicts: list[bool | None]) -> bool | None:
    return True if True in verdicts else None if None in verdicts else False


def _arrays(value: object, steps: list[str]) -> Iterator[Sequence[object]]:
    """The arrays at the end of a path whose every step but the last goes through the elements of an array."""
    if isinstance(value, HasFields):
        array = value.wire_field(steps[0])
    else:
        array = value.get(steps[0]) if isinstance(value, Mapping) else None
    if not isinstance(array, Sequence) or isinstance(array, str):
        return
    if len(steps) == 1:
        yield array
    else:
        for element in array:
            yield from _arrays(element, steps[1:])


def _listed(names: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _same(left: object, right: object) -> bool:
    """Equality as JSON has it: `true` is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right
