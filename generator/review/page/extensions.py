"""Extensions for a reader: in words those that the generator reads, as its README explains; the others as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Object
from generator.review.rules import fragments
from generator.review.rules.terms import bare
from generator.wording import listed, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.document.tree import Json, Node

MOST: Final = 100
"""Characters of a value in JSON that are shown."""


def extension(name: str, node: Node) -> str:
    """What an extension says, in short; a value of another form than the generator reads stays as it is."""
    read = _KNOWN.get(name)
    found = read(node) if read is not None else ""
    return found or f"{name}: {_several(node.value) or plain(node.value)}"


def plain(value: Json) -> str:
    """A value as people write it: a text without quotation marks, unless it could be taken for something else."""
    return shortened(bare(fragments.plain(value)), MOST)


def _several(value: Json) -> str:
    """Numbers and texts as people list them; empty for anything else."""
    if not isinstance(value, Array) or any(isinstance(one, Object | Array) for one in value):
        return ""
    return shortened(listed([plain(one) for one in value]), MOST)


def _retry(node: Node) -> str:
    statuses = node.child("statuses")
    if statuses is None or not isinstance(statuses.value, Array):
        return ""
    return f"sent again after {_several(statuses.value)}" if statuses.value else "never sent again"


def _totals(node: Node) -> str:
    return ", ".join(f"at most {plain(one.value)} {path} in all" for path, one in node.members())


def _version(node: Node) -> str:
    return f"with {node.text('header')} {node.text('version')} or later" if node.text("header") else ""


def _batch(node: Node) -> str:
    requests, results = node.text("requests"), node.text("results")
    return f"one of {results} for each of {requests}" if requests and results else ""


def _echo(node: Node) -> str:
    names = _several(same.value) if (same := node.child("same")) is not None else ""
    sums = [
        f"{total} as the sum of {listed([plain(one.value) for one in rule.elements_of('of')])}"
        for total, rule in node.members_of("sums")
        if isinstance(rule.value, Object)
    ]
    said = [part for part in (names, *sums) if part]
    return f"says again what was sent: {'; '.join(said)}" if said else ""


def _lifetime(node: Node) -> str:
    seconds = node.value
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return ""
    hours = seconds % 3600 == 0
    return f"a key is kept for {seconds // 3600} h" if hours else f"a key is kept for {seconds} s"


def _limit(node: Node) -> str:
    told = {
        "remaining": "tells how many calls are left",
        "reset": "tells when calls are counted anew",
        "concurrency-limit": "tells how many calls may run at once",
        "concurrency-remaining": "tells how many more may run at once",
    }
    return told.get(node.value, "") if isinstance(node.value, str) else ""


def _categories(node: Node) -> str:
    categories = node.child("categories")
    if categories is None or not isinstance(categories.value, Object):
        return ""
    titles = [one.text("title") or name for name, one in categories.members()]
    return f"category by the last digits: {listed(titles, limit=6)}" if titles else ""


def _flag(words: str) -> Callable[[Node], str]:
    return lambda node: words if node.value is True else ""


def _text(words: str) -> Callable[[Node], str]:
    return lambda node: words.format(node.value) if isinstance(node.value, str) else ""


def _names(node: Node) -> str:
    names = _several(node.value)
    return f"also called {names} in answers" if names else ""


_KNOWN: Final[Mapping[str, Callable[[Node], str]]] = {
    "x-alternative-names": _names,
    "x-batch": _batch,
    "x-correlation-id": _flag("the caller's id of a call"),
    "x-datetime-format": _text("written as {}"),
    "x-echo": _echo,
    "x-error-categories": _categories,
    "x-error-field": _text("says why a call failed ({})"),
    "x-failure": _flag("a failure, whatever the status"),
    "x-idempotency-key": _flag("makes repeating safe"),
    "x-idempotency-key-lifetime": _lifetime,
    "x-max-total-items": _totals,
    "x-minimum-version": _version,
    "x-property-group": _text("together called {}"),
    "x-python-name": _text("called {} in Python"),
    "x-rate-limit": _limit,
    "x-retry": _retry,
}
