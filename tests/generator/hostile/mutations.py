"""Changes to a document that no author would mean: each is small, and several together give what nobody foresaw."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Steps: TypeAlias = "tuple[str | int, ...]"

ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 1.5, -0.0, 1e300, 10**30, "", " ", "\n", "a", "null", "$ref", "#", "#/", "/", ".."),
    *("http://[", "{", "{}", "{a}", "\u0000", "\U0001f431", "\ud800", "x" * 300, '"""', "\\", "^(a+)+$", "(", "[]"),
    *([], [[]], {}, [None], {"": None}, {"$ref": "#"}, {"$ref": "#/"}, {"$ref": ""}, {"$ref": 1}, {"type": "null"}),
)
"""Values that are odd in most places."""
WORDS: Final = (
    *("$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "items", "properties", "additionalProperties"),
    *("required", "enum", "const", "default", "type", "format", "pattern", "patternProperties", "discriminator"),
    *("dependentRequired", "minimum", "maximum", "minLength", "maxItems", "uniqueItems", "readOnly", "writeOnly"),
    *("nullable", "description", "title", "parameters", "schema", "content", "in", "name", "style", "explode"),
    *("responses", "requestBody", "headers", "servers", "url", "tags", "security", "operationId", "200", "default"),
    *("get", "post", "paths", "components", "schemas", "info", "openapi", "x-batch", "x-python-name", "encoding"),
    *("x-failure", "x-error-field", "x-echo", "x-retry", "examples", "prefixItems", "contains", "propertyNames", ""),
)
"""Keys that mean something somewhere."""


@dataclass(frozen=True)
class Mutation:
    """What is done, at which place, and with what; numbers choose among what there is."""

    kind: str
    place: int
    other: int


def mutations(most: int = 6) -> st.SearchStrategy[list[Mutation]]:
    """A few at once; hypothesis makes them fewer and nearer to the top where that breaks as well."""
    number = st.integers(0, 2**20)
    return st.lists(st.builds(Mutation, st.sampled_from(sorted(KINDS)), number, number), min_size=1, max_size=most)


def mutated(document: Any, made: Sequence[Mutation], donors: Sequence[Any] = ()) -> Any:
    """A copy of a document with mutations made one after another; subtrees of the donors are spliced into it."""
    holder = [copy.deepcopy(document)]
    for one in made:
        KINDS[one.kind](holder, one, donors)
    return holder[0]


def told(document: Any, made: Sequence[Mutation], donors: Sequence[Any] = ()) -> str:
    """What mutations change in a document, for the eyes of who has to mend it."""
    before = dict(_leaves(document))
    after = dict(_leaves(mutated(document, made, donors)))
    gone = [f"- {path}: {value}" for path, value in before.items() if path not in after]
    new = [f"+ {path}: {value}" for path, value in after.items() if before.get(path) != value]
    return "\n".join([repr(list(made)), *gone[:20], *new[:40]])


def _leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not members or not value:
        yield pointer, json.dumps(value)[:100]
    for key, member in members:
        yield from _leaves(member, f"{pointer}/{key}")


# -- places ---------------------------------------------------------------------------------------------------------


def _paths(value: Any) -> list[Steps]:
    """Every place of a value, the upper ones first."""
    found: list[Steps] = [()]
    for path in found:
        inner = _at(value, path)
        members = inner if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
        found += [(*path, key) for key in members]
    return found


def _at(value: Any, path: Steps) -> Any:
    for step in path:
        value = value[step]
    return value


def _chosen(holder: list[Any], number: int) -> tuple[Any, str | int]:
    """What holds a place, and its key there."""
    paths = _paths(holder[0])
    path = paths[number % len(paths)]
    return (_at(holder[0], path[:-1]), path[-1]) if path else (holder, 0)


def _some(value: Any, number: int) -> Any:
    """A copy of some subtree."""
    paths = _paths(value)
    return copy.deepcopy(_at(value, paths[number % len(paths)]))


# -- kinds ----------------------------------------------------------------------------------------------------------


def _delete(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    if where is not holder:
        del where[key]


def _duplicate(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    if isinstance(where, list):
        if where is not holder:
            where.insert(made.other % (len(where) + 1), copy.deepcopy(where[int(key)]))
    else:
        others = (f"{key}2", str(key).upper(), f" {key}", f"{key}_", *WORDS)
        where[others[made.other % len(others)]] = copy.deepcopy(where[key])


def _retype(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    value = where[key]
    forms: tuple[Callable[[], Any], ...] = (
        lambda: json.dumps(value),
        lambda: [value],
        lambda: {"a": value},
        lambda: len(str(value)),
        lambda: bool(value),
        lambda: list(value.items()) if isinstance(value, dict) else str(value).split(),
        lambda: dict(enumerate(map(str, value))) if isinstance(value, list) else {str(value)[:20]: value},
    )
    where[key] = json.loads(json.dumps(forms[made.other % len(forms)]()))


def _replace(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    where[key] = copy.deepcopy(ODD[made.other % len(ODD)])


def _null(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    where[key] = None


def _swap(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    here, there = _some(holder[0], made.place), _some(holder[0], made.other)
    where, key = _chosen(holder, made.place)
    where[key] = there
    where, key = _chosen(holder, made.other)
    where[key] = here


def _nest(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    """A subtree, possibly all of it, within itself, or within a word."""
    where, key = _chosen(holder, made.place)
    value = where[key]
    if isinstance(value, dict) and made.other % 2:
        value[WORDS[made.other % len(WORDS)]] = copy.deepcopy(value)
    else:
        word = WORDS[made.other % len(WORDS)]
        where[key] = {word: [value] if word in ("allOf", "anyOf", "oneOf") else value}


def _rename(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    if isinstance(where, dict):
        word = (*WORDS, *where)[made.other % (len(WORDS) + len(where))]
        members = {word if name == key else name: value for name, value in where.items()}
        where.clear()
        where.update(members)


def _truncate(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    where, key = _chosen(holder, made.place)
    value = where[key]
    if isinstance(value, str | list):
        where[key] = value[: made.other % (len(value) + 1)]
    elif isinstance(value, dict):
        for name in list(value)[made.other % (len(value) + 1) :]:
            del value[name]


def _splice(holder: list[Any], made: Mutation, donors: Sequence[Any]) -> None:
    """A subtree of another document."""
    where, key = _chosen(holder, made.place)
    sources = donors or (holder[0],)
    where[key] = _some(sources[made.other % len(sources)], made.other // len(sources))


def _add(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    """A word with some subtree of the same document."""
    where, key = _chosen(holder, made.place)
    word, value = WORDS[made.other % len(WORDS)], _some(holder[0], made.other)
    if isinstance(where[key], dict):
        where[key][word] = value
    elif isinstance(where[key], list):
        where[key].append(value)


def _redirect(holder: list[Any], made: Mutation, _donors: Sequence[Any]) -> None:
    """A reference to anywhere, in the place of anything; more often than not, in the place of another reference."""
    paths = _paths(holder[0])
    named = [path for path in paths if path and path[-1] == "$ref"]
    target = paths[made.other % len(paths)]
    if made.other % 3:
        schemas = [path for path in paths if len(path) == 3 and path[:2] == ("components", "schemas")]
        target = schemas[made.other % len(schemas)] if schemas else target
    reference = "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in target)
    if named and made.place % 2:
        path = named[made.place % len(named)]
        _at(holder[0], path[:-1])["$ref"] = reference
    else:
        where, key = _chosen(holder, made.place)
        where[key] = {"$ref": reference}


KINDS: Final[dict[str, Callable[[list[Any], Mutation, Sequence[Any]], None]]] = {
    "add": _add,
    "delete": _delete,
    "duplicate": _duplicate,
    "nest": _nest,
    "null": _null,
    "redirect": _redirect,
    "rename": _rename,
    "replace": _replace,
    "retype": _retype,
    "splice": _splice,
    "swap": _swap,
    "truncate": _truncate,
}
