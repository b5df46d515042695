"""Names: from what stands on the wire to Python identifiers. The sole owner of that mapping.

A name depends on the set of names that it stands among, and on nothing else, such as their order: see :func:`distinct`.
"""

from __future__ import annotations

import builtins
import functools
import keyword
import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from generator.document.tree import Node

_Key = TypeVar("_Key")


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


_REMEMBERED: Final = 1 << 16
"""So many names are kept with what they give: each is asked for several times, and stands in many places."""
_SIGNED: Final = re.compile(r"[+-](?=[0-9])")
_NO_LETTERS: Final = re.compile(r"[^A-Za-z0-9]+")
_CASE_CHANGES: Final = re.compile(r"(?<=[^A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNSEEN: Final = frozenset("\u115f\u1160\u3164\uffa0")
_SIGNS: Final = {"+": "plus", "-": "minus"}
_MARKS: Final = {
    "!": "bang",
    '"': "quote",
    "#": "hash",
    "$": "dollar",
    "%": "percent",
    "&": "and",
    "'": "apostrophe",
    "(": "paren",
    ")": "close",
    "*": "star",
    "+": "plus",
    ",": "comma",
    "-": "dash",
    ".": "dot",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "lt",
    "=": "eq",
    ">": "gt",
    "?": "question",
    "@": "at",
    "[": "bracket",
    "\\": "backslash",
    "]": "close",
    "^": "caret",
    "_": "underscore",
    "`": "backtick",
    "{": "brace",
    "|": "or",
    "}": "close",
    "~": "tilde",
    " ": "space",
}

# Attributes of pydantic's BaseModel and of its class, and of the runtime's models, and the type names that annotations
# use: a field of that name would hide what the class body needs. A test holds the first against pydantic, as to load
# that takes longer than to read a description.
_TAKEN_BY_MODELS = _listed(
    """construct copy dict from_orm json model_computed_fields model_config model_construct model_copy model_dump
    model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name model_post_init
    model_rebuild model_validate model_validate_json model_validate_strings mro parse_file parse_obj parse_raw register
    schema schema_json update_forward_refs validate"""
) | _listed(
    """fields bool bytes date datetime dict float frozenset int list str constraints failure minimum_versions nullable
    alternative_names echo to_wire unread wire_field wire_fields"""
)
TAKEN_BY_BATCHES = _listed("batch belongs_to created failed raise_for_failures unknown")
"""What models of batches have besides."""
TAKEN_BY_CLIENTS = _listed("cached_property close with_options")
"""What clients have besides their resources, and need in their class bodies."""
TAKEN_BY_RESOURCES = _listed(
    """AnyStream AsyncBulkRun AsyncHttpClient AsyncStream AsyncToken BulkOptions BulkRun Elements HttpClient Options
    PathLike ServerSentEvent Stream Token Unpack"""
)
"""Types in the files of clients and resources, besides those of all files."""
_TAKEN_BY_METHODS = _listed("self body options models overload date datetime bool bytes dict float int list str")
TAKEN_BY_BULK = _listed(
    "elements journal bulk again batch_size fields limit patience progress rate shard total tries workers"
)
"""Arguments of the methods for any number of elements; most are those of `BulkOptions`."""
TAKEN_BY_CLASSES = _listed(
    """AllOf Among Annotated AnsweredDate AnsweredDateTime AnsweredNumber AnsweredTime AnsweredTimestamp Any AnyJson
    AnyOf AsText ClassVar Condition ConfigDict Count Date DateTime Decimal Email ExactlyOne Field In Inside
    Instant Integer Json Literal Mapping Matches MinimumVersion MultipleOf Not Number OneOf Optional Present
    PropertyGroup RequestModel ResponseModel Tagged Timestamp TotalItems TypeAlias TypeAliasType Union Unique
    Upload When Client AsyncClient SyncResource AsyncResource"""
) | frozenset(name for name in dir(builtins) if name[0].isupper())
"""Classes, and types of annotations, in the files of a package."""
_TAKEN: Final = {
    "property": _TAKEN_BY_MODELS | TAKEN_BY_BATCHES,
    "parameter": _TAKEN_BY_METHODS,
    "operation": _TAKEN_BY_METHODS,
    "tag": _TAKEN_BY_METHODS | TAKEN_BY_CLIENTS,
    "schema": TAKEN_BY_CLASSES,
    "security-scheme": _TAKEN_BY_METHODS,
}


@functools.lru_cache(maxsize=_REMEMBERED)
def words(wire: str) -> tuple[str, ...]:
    """The words of a wire name: `shipToHomeId`, `ship-to.home_id` and `ShipToHomeID` all have four.

    Letters that are of ASCII but for their accents lose these, if all letters are; others stay as they are. A sign
    before a number is a word, and so are marks where there is nothing else.
    """
    text = _letters(wire)
    signed = _SIGNED.match(text)
    found = _parts(f"{_SIGNS[text[0]]} {text[1:]}" if signed else text)
    return tuple(found or _parts(_spelled(text)))


def _letters(wire: str) -> str:
    if wire.isascii():
        return wire  # as it would come out of what follows
    plain = _bare(unicodedata.normalize("NFKD", wire))
    is_latin = all(mark.isascii() for mark in plain if _is_of_names(mark))
    return plain if is_latin else _bare(unicodedata.normalize("NFKC", wire))


def _bare(text: str) -> str:
    """A text without accents and signs that are characters of their own, and without letters that nobody sees."""
    return "".join(mark for mark in text if mark not in _UNSEEN and not unicodedata.category(mark).startswith("M"))


def _parts(text: str) -> list[str]:
    """The words of a text, at changes of case and at everything that no name may hold."""
    if text.isascii():
        return [part for run in _NO_LETTERS.split(text) for part in _CASE_CHANGES.split(run) if part]
    parts: list[str] = []
    for run in re.split(r"_+", "".join(mark if _is_of_names(mark) else "_" for mark in text)):
        start = 0
        for end in range(1, len(run)):
            before, here, behind = run[end - 1], run[end], run[end + 1 : end + 2]
            if here.isupper() and (not before.isupper() or behind.islower()):
                parts.append(run[start:end])
                start = end
        parts.append(run[start:])
    return [part for part in parts if part]


def _spelled(text: str) -> str:
    """A text with its marks in words, but for a single `_` between words."""
    plain = re.sub(r"(?<=[^\W_])_(?=[^\W_])", " ", text).replace("__", " underscores ")
    return "".join(mark if mark == " " or _is_of_names(mark) else f" {_in_words(mark)} " for mark in plain)


def _is_of_names(mark: str) -> bool:
    return mark.isalnum() and (mark.isascii() or f"a{mark}".isidentifier())


def _in_words(mark: str) -> str:
    return _MARKS[mark] if mark in _MARKS else unicodedata.name(mark, f"U{ord(mark):X}")


def distinct(
    wires: Mapping[_Key, str],
    form: Callable[[str], str],
    taken: AbstractSet[str] = frozenset(),
    chosen: Mapping[_Key, str] | None = None,
) -> dict[_Key, str]:
    """A name in Python for each of some wire names, no two the same and none that is `taken`; in their order.

    Names that the author has `chosen` are kept. Of wire names that would be one, the one that is most like it keeps it,
    and the others say what differs: their marks (`at_type`, `start_time_lt`), then their case (`e_upper`). Only what
    differs in no such way is numbered.
    """
    made: dict[_Key, str] = {}
    used: set[str] = set()
    for key, name in (chosen or {}).items():
        if key in wires and name not in used and name not in taken:
            made[key] = name
            used.add(name)
    for key in sorted(wires.keys() - made.keys(), key=lambda one: (_strangeness(wires[one], form), str(one))):
        hints = map(form, _hints(wires[key]) if form(wires[key]) not in taken else ())
        free = (one for one in hints if one not in used and one not in taken)
        made[key] = next(free, "") or unique(form(wires[key]), used | taken)
        used.add(made[key])
    return {key: made[key] for key in wires}


def _strangeness(wire: str, form: Callable[[str], str]) -> tuple[bool, int, int, str]:
    """How far a wire name is from its plain name in Python: the nearest comes first."""
    return form(wire) != wire, *_oddness(wire), wire


@functools.lru_cache(maxsize=_REMEMBERED)
def _oddness(wire: str) -> tuple[int, int]:
    return len(_parts(_spelled(_letters(wire)))), _CASES.index(_case(wire))


def _hints(wire: str) -> Iterator[str]:
    """A wire name, then what says more of how it is written."""
    spelled = _spelled(_letters(wire)) or "empty"
    yield wire
    yield spelled
    yield f"{wire or spelled} {_case(wire)}"
    yield f"{spelled} {_case(wire)}"


_CASES: Final = ("lower", "camel", "capital", "upper")


def _case(wire: str) -> str:
    letters = [mark for mark in wire if mark.isupper() or mark.islower()]
    if not letters or "".join(letters).islower():
        return "lower"
    if "".join(letters).isupper():
        return "upper"
    return "capital" if letters[0].isupper() else "camel"


def _recased(text: str, change: Callable[[str], str]) -> str:
    r"""A text in another case, but for letters that have none: `\u00df` would be two, `\u0131` is no other i."""
    if text.isascii():
        return change(text)
    made = [(mark, _bare(change(mark))) for mark in text]
    return "".join(new if len(new) == 1 and (_is_latin(mark) or not new.isascii()) else mark for mark, new in made)


def _is_latin(mark: str) -> bool:
    return _bare(unicodedata.normalize("NFKD", mark)).isascii()


@functools.lru_cache(maxsize=_REMEMBERED)
def snake(wire: str) -> str:
    """A name for a field, parameter, method or module: `ExternalId__X` gives `external_id_x`."""
    name = unicodedata.normalize("NFKC", "_".join(_recased(word, str.lower) for word in words(wire))) or "empty"
    return _identifier(name, "field_")


def field(wire: str, reserved: Container[str] = ()) -> str:
    """A name for a model's field; `reserved` names are taken in that model besides those taken in all."""
    name = snake(wire)
    return f"{name}_" if name in _TAKEN_BY_MODELS or name in reserved or name.startswith("model_") else name


def argument(wire: str) -> str:
    """A name for a method's argument."""
    name = snake(wire)
    return f"{name}_" if name in _TAKEN_BY_METHODS else name


@functools.lru_cache(maxsize=_REMEMBERED)
def pascal(wire: str) -> str:
    """A name for a class: `order-line.type` gives `OrderLineType`; capitals inside words stay."""
    name = (
        unicodedata.normalize("NFKC", "".join(_recased(word[0], str.upper) + word[1:] for word in words(wire)))
        or "Empty"
    )
    if not name.isidentifier():
        name = f"Schema{name}"
    return f"{name}Model" if keyword.iskeyword(name) else name  # None, True and False


def class_name(wire: str) -> str:
    """A name for a model's class."""
    name = pascal(wire)
    return f"{name}Model" if name in TAKEN_BY_CLASSES else name


def constant(wire: str) -> str:
    """A name for an operation's constant."""
    return unicodedata.normalize("NFKC", snake(wire).upper())


def unique(name: str, taken: Container[str]) -> str:
    """`name`, or the first of `name2`, `name3`, ... that is free. For names that are ours to choose."""
    if name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"


CHOICE: Final = "x-python-name"
"""The extension by which an author chooses a name."""


def chosen(nodes: Mapping[_Key, Node]) -> dict[_Key, str]:
    """The names that authors chose for what some nodes describe; those of references count where they stand."""
    return {key: name for key, node in nodes.items() if (name := node.text(CHOICE))}


def is_free(name: str, kind: str) -> bool:
    """Whether an author may give what is of a kind (`property`, `schema`, ...) this name: one that hides nothing."""
    right = name.isidentifier() and name == unicodedata.normalize("NFKC", name) and not name.startswith("_")
    return right and not keyword.iskeyword(name) and name not in _TAKEN[kind] and name.isprintable()


def _identifier(name: str, prefix: str) -> str:
    if not name.isidentifier():
        name = prefix + name
    return f"{name}_" if keyword.iskeyword(name) else name
