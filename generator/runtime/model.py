"""The base classes of all generated models: strict requests, tolerant responses, exact JSON for both."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, cast

from msgspec import Struct
from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from .alternatives import is_alternative, marked
from .codec import decode, encode
from .constraints import Condition, HasFields, undecided
from .echo import Echo  # noqa: TC001 - whoever asks for the type hints of a model looks for it, and those below, here
from .groups import PropertyGroup, groups_of
from .messages import explain
from .quick import fill, made
from .schemas import UnsureError
from .unlisted import Allowing, Unlisted, allow_unlisted, allows_unlisted
from .versions import MinimumVersion  # noqa: TC001 - as `Echo`

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from typing import Self

    from pydantic import GetCoreSchemaHandler
    from pydantic.config import ExtraValues
    from pydantic_core import CoreSchema, ErrorDetails

    from .constraints import Test
    from .origins import Origins
    from .unread import Unread


_SETS_OF_NAMES: Final = 1000  # of each class, of which is known what rules say
_UNREAD: Final = "_unread"
_ANY_NAME: Final[PropertyGroup[object]] = PropertyGroup("")
"""What unlisted fields are checked as: any JSON value, its numbers exact."""


class WireModel(BaseModel, HasFields):
    """A JSON object of the API. Fields go by their Python names or their wire names, whichever the caller uses."""

    # defer_build: a schema is compiled at its first use, so that importing the package stays cheap.
    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, defer_build=True, protected_namespaces=())

    def to_wire(self) -> dict[str, object]:
        """The object as it goes out: wire names, only what was set, `Decimal` and `date` still as such."""
        return self.model_dump(by_alias=True, exclude_unset=True, warnings=False)

    def wire_fields(self) -> Mapping[str, object]:
        """Wire name -> value of each field that was set, one level deep."""
        names, given = _wire_names(type(self)), self.model_fields_set
        # __dict__ has them in order, and unlike getattr does not warn of deprecated fields.
        fields = {names.get(name, name): value for name, value in self.__dict__.items() if name in given}
        return {**fields, **self.model_extra} if self.model_extra else fields

    def wire_field(self, name: str) -> object:
        """One of those that `wire_fields` gives, by its wire name; `None` if it was not given."""
        python = _python_names(type(self)).get(name)
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


class ResponseModel(WireModel):
    """What the API answers, read tolerantly: unknown fields are kept, unknown values of enumerations too.

    No value is turned into one of another JSON type.
    """

    model_config = ConfigDict(extra="allow", strict=True)

    failure: ClassVar[bool] = False
    """Whether an answer of this shape says that the call failed, whatever its status."""
    echo: ClassVar[Echo | None] = None
    """What an answer of this shape says again of its request."""

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The fields of this object, and of those in it, that came with a value that is not as described.

        Such a field is `None`, one that is required too, and only then. There are none unless a call has read the
        object, and without `strict_answers`.
        """
        unread: tuple[Unread, ...] = (self.__pydantic_private__ or {}).get(_UNREAD, ())
        return unread


def list_unread(model: ResponseModel, unread: tuple[Unread, ...]) -> None:
    """Say what of an object could not be read."""
    keep(model, _UNREAD, unread)


def keep(model: BaseModel, name: str, value: object) -> None:
    """Let an object, and copies of it, have something that is none of its fields."""
    # Not a private attribute as pydantic declares them, which would take time wherever an object is made.
    object.__setattr__(model, "__pydantic_private__", {**(model.__pydantic_private__ or {}), name: value})


class RequestModel(WireModel):
    """What goes to the API, checked strictly: types, unknown fields, and the rules between fields in `constraints`.

    Pydantic takes unknown fields here; the check below refuses those of no group, and says which name was meant.

    Everything that is wrong is in one `pydantic.ValidationError`, each finding under the wire path of its field; see
    `violations`.
    """

    model_config = ConfigDict(extra="allow", strict=True, allow_inf_nan=False)

    constraints: ClassVar[tuple[Condition, ...]] = ()
    """The rules between fields."""
    nullable: ClassVar[frozenset[str]] = frozenset()
    """Wire names of the optional fields for which `null` is a value; `None` for any other one is refused."""
    minimum_versions: ClassVar[Mapping[str, MinimumVersion]] = {}
    """Wire names of the fields that a call may send with newer versions of the API only."""

    if not TYPE_CHECKING:  # for type checkers it has the fields as parameters

        def __init__(self, /, **data: Any) -> None:
            if not fill(self, data):
                super().__init__(**data)

        __init__.__pydantic_base_init__ = True  # it does what pydantic's does

    @classmethod
    def model_validate(cls, obj: Any, *, extra: ExtraValues | None = None, **options: Any) -> Self:
        """Read a mapping, checked as when the object is made; `options` are those of pydantic's method of that name.

        `extra="allow"` takes fields that the description does not list, at any depth, as any JSON value. The object
        then keeps them, sends them, and may be given more of them in `model_extra`; all else is checked as ever.

        Raises:
            pydantic.ValidationError: the object does not fit the model.
        """
        if extra == "allow":
            options["context"] = Allowing()
        elif extra is None and not options and type(obj) is dict:
            try:
                return cast("Self", made(cls, obj))
            except UnsureError:
                pass
        return super().model_validate(obj, extra=extra, **options)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema, in which errors can be placed."""
        return marked(handler(source), handler)

    @model_validator(mode="wrap")
    @classmethod
    def _check(cls, data: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        context, given = info.context, data
        sending = context if isinstance(context, Sending) else None
        unlisted = isinstance(context, Allowing)
        if type(data) is not dict and isinstance(data, WireModel):  # most are a dict, and to ask takes long
            if not isinstance(data, cls):
                message = f"must be {cls.__name__} or a dict of its fields, not {type(data).__name__}"
                raise _report(cls, [Finding((), "model_type", message, data)])
            unlisted = unlisted or allows_unlisted(data)
            given = data if sending is None else _given(data)
        try:
            model = handler(given)
        except ValidationError as error:
            raise _report(cls, _all_findings(cls, data, error, context, unlisted=unlisted)) from None
        # An instance was checked when it was made, and will be again before it is sent.
        if model is data:
            return model
        if sending is not None and sending.origins is not None and isinstance(data, cls):
            sending.origins.add(model, data)
        if unlisted:
            allow_unlisted(model)
        if _fits(cls)(model, context):
            return model
        fields = model.wire_fields()
        found = [*_broken_rules(cls, fields), *_unfit_fields(cls, fields, context, unlisted=unlisted)]
        if found:
            raise _report(cls, found)
        return model


class Sending(Struct, frozen=True):
    """The context of pydantic's validation of what is about to be sent: models are checked as if made anew.

    A model may have been changed since it was made, so each one, at any depth, is read like a dict of its fields into
    a fresh model. No other thread can change that one.
    """

    headers: Mapping[str, str]
    """Those of the call, as far as they are fit: fields can depend on them."""
    origins: Origins | None = None
    """Where to say which model a fresh one was made of, if anybody wants to know."""


def revalidated(
    adapter: TypeAdapter[object],
    value: object,
    headers: Mapping[str, str],
    *,
    strict: bool | None = None,
    origins: Origins | None = None,
) -> object:
    """The value as it would be if every model in it were made anew now, for a call with these headers.

    What `adapter.dump_python(result, by_alias=True, exclude_unset=True)` makes of the result may go out.

    Raises:
        pydantic.ValidationError: something breaks the description; names everything that does.
        RecursionError: the value holds itself.
    """
    return adapter.validate_python(value, strict=strict, context=Sending(headers, origins))


class Finding(NamedTuple):
    """Something that is wrong with an object: where in it, the kind of error, the message, the value given, details."""

    path: tuple[str | int, ...]
    kind: str
    message: str
    value: object
    details: Mapping[str, object] = {}


def _found(path: tuple[str | int, ...], error: ErrorDetails) -> Finding:
    """What pydantic has found, in our words."""
    return Finding(path, error["type"], explain(error)[1], error["input"], error.get("ctx", {}))


@cache
def _fits(cls: type[RequestModel]) -> Callable[[RequestModel, object], bool]:
    """Make a function that finds quickly that nothing is wrong with a model; where it says no, something may be."""
    names = _wire_names(cls)
    python = {wire: name for name, wire in names.items()}

    # A wire name that is another field's Python name is never given: that one would be meant.
    def naming(wire: str) -> str | None:
        return python.get(wire, None if wire in names else wire)

    tests = {one: one.test(naming) for one in cls.constraints}
    every = tuple(tests.values())
    known: dict[frozenset[str], tuple[Test, ...] | None] = {}

    def undecided_tests(given: AbstractSet[str]) -> tuple[Test, ...] | None:
        """Those that depend on more than names; `None` if one of the others fails."""
        key = frozenset(given)
        try:
            return known[key]
        except KeyError:
            if len(known) >= _SETS_OF_NAMES:
                return every
        rules = undecided(cls.constraints, key, naming)
        known[key] = found = None if rules is None else tuple(tests[one] for one in rules)
        return found

    nullable = frozenset(python[wire] for wire in cls.nullable if wire in python)
    newer = [(python[wire], one) for wire, one in cls.minimum_versions.items() if wire in python]
    groups = groups_of(cls)
    reserved = frozenset([*names, *python, *(group.name for group in groups)])

    def take(extra: dict[str, object], context: object) -> bool:
        """Bring unknown fields into the form of their groups."""
        others = (_ANY_NAME,) if isinstance(extra, Unlisted) else ()
        for name, value in extra.items():
            taken = False
            if name not in reserved:
                for group in [one for one in groups if name in one] or others:
                    try:
                        extra[name] = group.read(value, context)
                    except ValidationError:
                        return False
                    taken = True
            if not taken:
                return False
        return True

    def fits(model: RequestModel, context: object) -> bool:
        given, values, extra = model.__pydantic_fields_set__, model.__dict__, model.__pydantic_extra__
        # Nulls, and what was given and then deleted.
        odd = [name for name in given if values.get(name) is None]
        if extra:
            if not take(extra, context):
                return False
            given, odd = given | extra.keys(), [name for name in odd if name not in extra]
        if odd and not (nullable.issuperset(odd) and values.keys() >= set(odd)):
            return False
        if isinstance(context, Sending) and any(name in given and one.fault(context.headers) for name, one in newer):
            return False
        rules = undecided_tests(given) if every else every
        if rules is None:
            return False
        for holds in rules:  # noqa: SIM110 - all() over a generator takes half as long again
            if not holds(given, model):
                return False
        return True

    return fits


def _given(model: WireModel) -> dict[str, object]:
    """What `wire_fields` gives, faster: in any order, and by Python names where none can be taken for a wire name."""
    values, given, extra = model.__dict__, model.__pydantic_fields_set__, model.__pydantic_extra__
    if _is_clear(type(model)):
        fields = {name: values[name] for name in given if name in values}
    else:
        names = _wire_names(type(model))
        fields = {names.get(name, name): values[name] for name in given if name in values}
    if extra:
        fields.update(extra)
    return fields


@cache
def _is_clear(cls: type[WireModel]) -> bool:
    """Whether no Python name of a field is the wire name of another."""
    names = _wire_names(cls)
    return all(name == wire or name not in names.values() for name, wire in names.items())


def _all_findings(
    cls: type[RequestModel], data: object, error: ValidationError, context: object, *, unlisted: bool = False
) -> Iterator[Finding]:
    """All that is wrong with data that pydantic refuses.

    One report of everything: what was given is put to the rules too, though some of it is unfit.
    """
    names = _wire_names(cls)
    known: set[tuple[str | int, ...]] = set()
    for one in error.errors(include_url=False):
        top, *rest = one["loc"] or ("",)
        path = (names.get(str(top), top), *rest)
        known.add(path)
        yield _found(path, one)
    given = data.wire_fields() if isinstance(data, cls) else data
    if isinstance(given, Mapping):
        fields = {names.get(str(name)) or str(name): value for name, value in given.items()}
        for found in (*_broken_rules(cls, fields), *_unfit_fields(cls, fields, context, unlisted=unlisted)):
            # Of a field that is unfit as a whole nothing more is said, nor of what is inside.
            if not any(found.path[:end] in known for end in range(1, len(found.path) + 1)):
                yield found


def _broken_rules(cls: type[RequestModel], fields: Mapping[str, object]) -> Iterator[Finding]:
    """The rules between fields that do not hold."""
    for condition in cls.constraints:
        for path, message in condition.failures(fields):
            yield Finding(path, "constraint", message, fields.get(str(path[0])) if path else None)


def _unfit_fields(
    cls: type[RequestModel], fields: Mapping[str, object], context: object, *, unlisted: bool = False
) -> Iterator[Finding]:
    """Nulls that must not be, fields that the model does not declare, and fields that are too new for the call."""
    names = _wire_names(cls)
    declared = set(names.values())
    for name, value in fields.items():
        if name in declared:
            newer = cls.minimum_versions.get(name)
            if value is None and name not in cls.nullable:
                yield Finding((name,), "null", "must not be null: leave the field out instead", value)
            elif newer is not None and isinstance(context, Sending) and (fault := newer.fault(context.headers)):
                yield Finding((name,), "minimum_version", fault, value)
            continue
        if name in names:
            yield Finding((names[name],), "given_twice", f"is given twice, as {names[name]} and as {name}", value)
            continue
        if any(name == one.name for one in groups_of(cls)):
            yield Finding(
                (name,), "unknown_field", "is not a field here: give each of its members by its own name", value
            )
            continue
        groups = [one for one in groups_of(cls) if name in one] or [_ANY_NAME] * unlisted
        if not groups:
            yield Finding((name,), "unknown_field", f"is not a field here{_suggestion(name, cls)}", value)
        for group in groups:
            try:
                group.read(value, context)
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    yield _found((name, *one["loc"]), one)


def _report(cls: type[RequestModel], found: Iterable[Finding]) -> ValidationError:
    details: dict[object, InitErrorDetails] = {}
    for one in found:
        path = tuple(step for step in one.path if step != "" and not is_alternative(step))
        # A message is said as it is, and filled in last: braces in it would else be taken for placeholders.
        context = {**{key: value for key, value in one.details.items() if key != "message"}, "message": one.message}
        kind = PydanticCustomError(cast("Any", one.kind), "{message}", context)  # Any: a LiteralString
        # Alternatives can find the same.
        details.setdefault((path, one.kind, one.message), InitErrorDetails(type=kind, loc=path, input=one.value))
    return ValidationError.from_exception_data(cls.__name__, list(details.values()))


def _suggestion(name: str, cls: type[WireModel]) -> str:
    import difflib  # here, as it is needed for errors alone

    close = difflib.get_close_matches(name, _wire_names(cls).values(), n=1)
    groups = " or ".join(map(str, groups_of(cls)))
    hint = f"; did you mean {close[0]}?" if close else ""
    return f" ({groups} would be){hint}" if groups else hint


@cache
def _wire_names(cls: type[WireModel]) -> dict[str, str]:
    """Python name -> wire name of the declared fields."""
    if not cls.__pydantic_fields_complete__:
        cls.model_rebuild()  # one of a circle of classes, whose fields have no wire names of their own before that
    return {name: info.serialization_alias or name for name, info in cls.model_fields.items()}


def declared(model: WireModel, wire_name: str) -> object:
    """The value of a declared field by its wire name, however the answer spelled that; `None` if there is none."""
    name = _python_names(type(model)).get(wire_name)
    return None if name is None else model.__dict__.get(name)


@cache
def _python_names(cls: type[WireModel]) -> dict[str, str]:
    """Wire name -> Python name of the declared fields."""
    return {wire: name for name, wire in _wire_names(cls).items()}
