"""Names: from what stands on the wire to Python identifiers. The sole owner of that mapping; a leaf."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


_WORD_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^0-9A-Za-z]+")

# Attributes of pydantic's BaseModel and of the runtime's models, and the type names that annotations use: a field of
# that name would hide what the class body needs.
_TAKEN_BY_MODELS = _listed(
    """construct copy dict fields from_orm json parse_file parse_obj parse_raw schema schema_json update_forward_refs
    validate bool bytes date datetime float frozenset int list str constraints failure minimum_versions nullable
    alternative_names to_wire wire_fields"""
)
TAKEN_BY_BATCHES = _listed("batch belongs_to created failed raise_for_failures")
"""What models of batches have besides."""
TAKEN_BY_CLIENTS = _listed("cached_property close with_options")
"""What clients have besides their resources, and need in their class bodies."""
TAKEN_BY_RESOURCES = _listed("AsyncHttpClient AsyncToken HttpClient Options Token Unpack")
"""Types in the files of clients and resources, besides those of all files."""
_TAKEN_BY_METHODS = _listed("self body options models date datetime bool bytes dict float int list str")
_TAKEN_BY_OPERATIONS = _listed("FAILURE")
_TAKEN_BY_CLASSES = _listed(
    """AllOf Among Annotated Any AnyJson AnyOf ClassVar Condition ConfigDict Count Date DateTime Decimal Email Field In
    Inside Instant Json Literal Mapping Matches MinimumVersion MultipleOf Not Number OneOf Optional Present
    PropertyGroup RequestModel ResponseModel Timestamp TotalItems TypeAlias TypeAliasType Union Unique When Client
    AsyncClient SyncResource AsyncResource"""
) | frozenset(name for name in dir(builtins) if name[0].isupper())


def words(wire: str) -> list[str]:
    """The words of a wire name: `shipToHomeId`, `ship-to.home_id` and `ShipToHomeID` all have four."""
    plain = unicodedata.normalize("NFKD", wire).encode("ascii", "ignore").decode()
    return [word for word in _WORD_BREAK.split(plain) if word]


def snake(wire: str) -> str:
    """A name for a field, parameter, method or module: `ExternalId__X` gives `external_id_x`."""
    name = "_".join(word.lower() for word in words(wire)) or "empty"
    return _identifier(name, "field_")


def field(wire: str, reserved: Container[str] = ()) -> str:
    """A name for a model's field; `reserved` names are taken in that model besides those taken in all."""
    name = snake(wire)
    return f"{name}_" if name in _TAKEN_BY_MODELS or name in reserved or name.startswith("model_") else name


def argument(wire: str) -> str:
    """A name for a method's argument."""
    name = snake(wire)
    return f"{name}_" if name in _TAKEN_BY_METHODS else name


def pascal(wire: str) -> str:
    """A name for a class: `order-line.type` gives `OrderLineType`; capitals inside words stay."""
    name = "".join(word[0].upper() + word[1:] for word in words(wire)) or "Empty"
    if not name[0].isalpha():
        name = f"Schema{name}"
    return f"{name}Model" if keyword.iskeyword(name) else name  # None, True and False


def class_name(wire: str) -> str:
    """A name for a model's class."""
    name = pascal(wire)
    return f"{name}Model" if name in _TAKEN_BY_CLASSES else name


def constant(wire: str) -> str:
    """A name for an operation's constant."""
    name = snake(wire).upper()
    return f"{name}_" if name in _TAKEN_BY_OPERATIONS else name


def unique(name: str, taken: Container[str]) -> str:
    """`name`, or the first of `name2`, `name3`, ... that is free. For names that are ours to choose."""
    if name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"


def _identifier(name: str, prefix: str) -> str:
    if not name[0].isalpha():
        name = prefix + name
    return f"{name}_" if keyword.iskeyword(name) else name
