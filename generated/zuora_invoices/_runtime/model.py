"""The base classes of all generated models: strict requests, tolerant responses."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - whoever asks for the type hints of a model looks for it here
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from pydantic import ConfigDict, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator

from .constraints import Condition, undecided
from .echo import Echo  # noqa: TC001 - as `Mapping`
from .findings import ANY_NAME, Finding, all_findings, broken_rules, refusal, unfit_fields
from .groups import groups_of
from .quick import fill, made
from .schemas import UnsureError
from .sending import Sending
from .unlisted import Allowing, Unlisted, allow_unlisted, allows_unlisted
from .versions import MinimumVersion  # noqa: TC001 - as `Mapping`
from .wire import WireModel, keep, wire_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from typing import Self

    from pydantic.config import ExtraValues

    from .constraints import Test
    from .unread import Unread


_SETS_OF_NAMES: Final = 1000  # of each class, of which is known what rules say
_UNREAD: Final = "_unread"


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

    @model_validator(mode="wrap")
    @classmethod
    def _check(cls, data: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        context, given = info.context, data
        sending = context if isinstance(context, Sending) else None
        unlisted = isinstance(context, Allowing)
        if type(data) is not dict and isinstance(data, WireModel):  # most are a dict, and to ask takes long
            if not isinstance(data, cls):
                message = f"must be {cls.__name__} or a dict of its fields, not {type(data).__name__}"
                raise refusal(cls, [Finding((), "model_type", message, data)])
            unlisted = unlisted or allows_unlisted(data)
            given = data if sending is None else _given(data)
        try:
            model = handler(given)
        except ValidationError as error:
            raise refusal(cls, all_findings(cls, data, error, context, unlisted=unlisted)) from None
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
        found = [*broken_rules(cls, fields), *unfit_fields(cls, fields, context, unlisted=unlisted)]
        if found:
            raise refusal(cls, found)
        return model


@cache
def _fits(cls: type[RequestModel]) -> Callable[[RequestModel, object], bool]:
    """Make a function that finds quickly that nothing is wrong with a model; where it says no, something may be."""
    names = wire_names(cls)
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
        others = (ANY_NAME,) if isinstance(extra, Unlisted) else ()
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
        names = wire_names(type(model))
        fields = {names.get(name, name): values[name] for name in given if name in values}
    if extra:
        fields.update(extra)
    return fields


@cache
def _is_clear(cls: type[WireModel]) -> bool:
    """Whether no Python name of a field is the wire name of another."""
    names = wire_names(cls)
    return all(name == wire or name not in names.values() for name, wire in names.items())
