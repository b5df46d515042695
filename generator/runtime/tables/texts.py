"""What a description says of fields in words, and how names and headers are compared by words."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\d_a-zA-Z]+")
_SHORT: Final = {"no": "number", "nr": "number", "#": "number", "num": "number", "ref": "reference"}

_WEAK: Final = frozenset(
    ("number", "id", "name", "code", "date", "time", "value", "text", "key", "reference", "at", "on", "of", "by", "is")
)
"""What names say besides what they are about."""


@cache
def docs_of(model: type[BaseModel]) -> Mapping[str, str]:
    """The text below each field, by its name in Python: at run time only the source has it."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        found |= _docs_in(cls.__module__).get(cls.__qualname__, {}) if getattr(cls, "model_fields", None) else {}
    return found


@cache
def _docs_in(module: str) -> Mapping[str, Mapping[str, str]]:
    """The texts in all classes of a module, which is read once."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError, SyntaxError):  # the source is not there, as in a frozen program
        return {}
    return {one.name: dict(_docs_below(one.body)) for one in tree.body if isinstance(one, ast.ClassDef)}


def _docs_below(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            words = text.value.value if isinstance(text.value, ast.Constant) else None
            if isinstance(words, str):
                yield field.target.id, " ".join(words.split())


def sentence(text: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


@cache
def words(text: str) -> tuple[str, ...]:
    """The words of a name or a header, without accents, case and plural: `Unit-Prices` is `unit`, `price`."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return tuple(_whole(one.casefold()) for one in _WORD.findall(plain.replace("#", " no ")))


def _whole(word: str) -> str:
    """A word in the singular, and not shortened."""
    if word in _SHORT:
        return _SHORT[word]
    return word.removesuffix("s") if len(word) > len("tax") and not word.endswith("ss") else word


def likeness(header: Sequence[str], name: Sequence[str], around: Sequence[str], text: Sequence[str]) -> float:
    """How well a header fits a field, from 0 to 1: by the words of its name, of what it is in, and of its text."""
    if not header or not name:
        return 0
    if "".join(header) in ("".join(name), "".join((*around, *name))):
        return 1
    found = sum(max(_same(one, name), 0.7 * _same(one, around), 0.5 * _same(one, text)) for one in header) / len(header)
    weights = [0.4 if one in _WEAK else 1 for one in name]
    named = sum(
        weight * max(_same(other, [one]) for other in header) for one, weight in zip(name, weights, strict=True)
    )
    found *= 0.4 + 0.6 * named / sum(weights)
    if around and _WEAK.issuperset(name):  # the number of what?
        return max(found, likeness(header, (around[-1], *name), around[:-1], text))
    return found


def _same(word: str, others: Sequence[str]) -> float:
    """1 for a word that is among others, less for one that is an abbreviation: `qty` of `quantity`."""
    if word in others:
        return 1
    return 0.8 if any(_shortens(word, one) or _shortens(one, word) for one in others) else 0


def _shortens(short: str, word: str) -> bool:
    if len(short) < 3 or len(short) >= len(word) or short[0] != word[0]:
        return False
    letters = iter(word)
    return word.startswith(short) or (len(short) < 5 and short[-1] == word[-1] and all(one in letters for one in short))
