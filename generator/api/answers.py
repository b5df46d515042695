"""What a successful call gives, in which media type: values, and streams of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from generator.api.media import is_typed, stream_of
from generator.api.model import Choice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from generator.api.model import Response


class Answers(msgspec.Struct, frozen=True):
    """The answers of an operation: those that come by themselves, and those that a call can choose."""

    responses: tuple[Response, ...]
    others: tuple[Response, ...]
    accepts: tuple[str, ...]
    choices: tuple[Choice, ...]


def answers(listed: Iterable[Response], failures: Collection[str], *, is_head: bool) -> Answers:
    """The answers, sorted: of each status the first comes by itself, and those that are the same in Python.

    `failures` are the types that say that a call failed. There is a choice where media types differ in Python, or are
    text or bytes: which JSON it was in nobody can see.
    """
    by_status: dict[str, list[Response]] = {}
    for one in listed:
        by_status.setdefault(one.status, []).append(one)
    own = {status: [one for one in some if _kind(one) == _kind(some[0])] for status, some in by_status.items()}
    successes = [status for status in by_status if status.startswith("2")]
    successes = successes or [status for status in by_status if status == "default"]
    default = _given([one for status in successes for one in own[status]], failures)
    named = dict.fromkeys(
        one.media_type for some in (own, by_status) for status in successes for one in some[status] if one.media_type
    )
    every = tuple(one for some in by_status.values() for one in some)
    responses = tuple(one for some in own.values() for one in some)
    is_json = responses == every and all(is_typed(one, "response") for one in named)
    if is_head or is_json or len(named) < 2:
        return Answers(every, (), (), (Choice((), ("None",), ()) if is_head else default,))
    chosen = {
        media_type: [
            one
            for status in successes
            for one in [one for one in by_status[status] if one.media_type == media_type] or own[status]
        ]
        for media_type in named
    }
    choices = _grouped(default, {media_type: _given(some, failures) for media_type, some in chosen.items()})
    return Answers(responses, tuple(one for one in every if one not in responses), tuple(named), tuple(choices))


def _grouped(default: Choice, given: Mapping[str, Choice]) -> Iterator[Choice]:
    """Those that are the same in Python as one, the default first."""
    groups: dict[Choice, list[str]] = {default: []}
    for media_type, one in given.items():
        groups.setdefault(one, []).append(media_type)
    return (replace(one, media_types=tuple(media_types)) for one, media_types in groups.items())


def _kind(response: Response) -> tuple[str, ...]:
    """What an answer is in Python."""
    return ("a stream", *_items(response, ())) if response.elements else _values(response)


def _given(responses: Iterable[Response], failures: Collection[str]) -> Choice:
    """The union of what answers bring, without the shapes that say failure."""
    values: list[str] = []
    items: list[str] = []
    for one in responses:
        if one.elements:
            items += _items(one, failures)
        else:
            values += [part for part in _values(one) if part not in failures]
    values.sort(key=lambda part: part == "None")
    return Choice((), tuple(dict.fromkeys(values)) or (() if items else ("None",)), tuple(dict.fromkeys(items)))


def _values(response: Response) -> tuple[str, ...]:
    return response.type.options if response.type is not None else ("None",)


def _items(response: Response, failures: Collection[str]) -> tuple[str, ...]:
    """The types of what comes in a stream: of events, what stands around their data too."""
    options = dict.fromkeys(option for one in response.elements for option in one.type.options)
    data = [one for one in options if one not in failures]
    is_event = stream_of(response.media_type or "") == "events"
    return (f"ServerSentEvent[{' | '.join(data) or 'Any'}]",) if is_event else tuple(data)


def comes_in_parts(response: Response) -> bool:
    """Whether an answer is a stream, or can be taken as its bytes come."""
    is_raw = response.type is not None and response.type.plain in ("bytes", "str")
    return bool(response.elements) or (is_raw and not is_typed(response.media_type or "", "response"))
