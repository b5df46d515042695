"""Whether the options of a choice are told apart by what is plain in them, so that no value fits two."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from generator.document.tree import Node, Object
from generator.normalization.shapes import array, kinds
from generator.python.typeref import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.normalization.composition import Composer

_Known: TypeAlias = "dict[int, tuple[Node, set[str]]]"
"""Options by the identity of their values, which they keep, and the types of each."""


def exclude_each_other(options: Sequence[Node], composer: Composer) -> bool:
    """Whether schemas are of other types each, list other values, or are objects that a field tells apart."""
    flats = [Node(one.document, one.pointer, composer.expanded(one), one.location) for one in options]
    known: _Known = {}
    fields = [_tags(flat, composer) for flat in flats]
    shared = [name for name in fields[0] if all(name in tags for tags in fields)] if fields else []
    ways = [
        [_texts(flat.object) for flat in flats],
        [_types(flat, composer, known) for flat in flats],
        *([tags[name] for tags in fields] for name in shared),
    ]
    return any(all(sets) and sum(map(len, sets)) == len(set().union(*sets)) for sets in ways)


def _types(flat: Node, composer: Composer, known: _Known) -> set[str]:
    """The types of the values that can fit a schema, whole numbers among the numbers; none where it may be any."""
    found = {"number" if kind == "integer" else kind for kind in kinds(flat.object)}
    for key in ("anyOf", "oneOf"):
        options = [_types_of(one, composer, known) for one in flat.elements_of(key)]
        if not found and options and all(options):
            found = set[str]().union(*options)
    return found


def _types_of(option: Node, composer: Composer, known: _Known) -> set[str]:
    """The same of an option inside an option, looked at once wherever it stands."""
    if id(option.value) not in known:
        flat = Node(option.document, option.pointer, composer.expanded(option), option.location)
        known[id(option.value)] = option, _types(flat, composer, known)
    return known[id(option.value)][1]


def _tags(flat: Node, composer: Composer) -> dict[str, set[str]]:
    """The values of fields that an object must have and for which few texts will do."""
    if kinds(flat.object) != ["object"]:
        return {}
    required = array(flat.object.get("required"))
    found = {name: _texts(composer.expanded(one)) for name, one in flat.members_of("properties") if name in required}
    return {name: texts for name, texts in found.items() if texts}


def _texts(flat: Object) -> set[str]:
    """The values that a schema lists, if all of them are texts."""
    listed = values(flat)
    return {str(one) for one in listed} if all(isinstance(one, str) for one in listed) else set()
