"""Options are checked where they are given, and add up to the same settings on whichever way they come."""

from __future__ import annotations

import math
from collections import UserDict
from typing import TYPE_CHECKING, Any, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.core import SyncClient
from generator.runtime.errors import ConfigurationError
from generator.runtime.options import _CHECKS, Options, Settings, fresh_key

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "s3cr3t-value"


def changed(settings: Settings | None = None, /, **options: Any) -> Settings:
    return (settings or Settings()).changed(Options(**options))  # type: ignore[typeddict-item]  # unfit ones, too


def fault(**options: Any) -> str:
    with pytest.raises(ConfigurationError) as caught:
        changed(**options)
    assert caught.value.operation == "client"
    assert caught.value.outcome == "not_sent"
    return caught.value.message


def test_each_option_has_a_check_a_default_and_a_line_of_documentation() -> None:
    names = set(get_type_hints(Options, {"Hook": object}, {"Hook": object}))
    assert set(_CHECKS) == names == set(Settings.__struct_fields__) - {"user_agent"}
    lines = [line.strip() for line in (Options.__doc__ or "").splitlines()]
    assert all(any(line.startswith(f"{name}: ") for line in lines) for name in names)


def test_the_defaults_are_the_documented_ones_and_pass_their_own_checks() -> None:
    settings = Settings()
    assert changed(**{name: getattr(settings, name) for name in _CHECKS}) == settings
    assert (settings.timeout, settings.deadline, settings.max_retries, settings.max_wait) == (60, 300, 4, 60)
    assert (settings.backoff, settings.compress_above, settings.max_response_bytes) == (0.5, 32 << 10, 64 << 20)
    assert settings.make_key is fresh_key
    assert UUID(fresh_key()).version == 4
    assert fresh_key() != fresh_key()


async def awaited(event: object) -> None: ...


class Awaited:
    async def __call__(self, event: object) -> None: ...


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("timeout", [1, 0.001, 3e7], [0, -1, math.nan, math.inf, 1e300, 10**400, "1", None, True, False]),
        ("deadline", [1, 0.5, None], [0, -0.0, math.nan, math.inf, 1e12, "1", True]),
        ("max_retries", [0, 1, 100], [-1, 1.0, "1", None, True, False]),
        ("max_wait", [0, 0.0, 3], [-1, math.nan, math.inf, 1e300, None, True, False]),
        ("backoff", [0, 0.0, 3], [-1, math.nan, math.inf, 1e300, None, True, False]),
        ("compress_above", [0, 5, None, 10**30], [-1, 1.5, "1", True, False]),
        ("max_response_bytes", [1, 10**12], [0, -1, 1.5, None, "1", True, False, 2**63]),
        ("strict_answers", [True, False], [1, 0, None, "yes"]),
        ("make_key", [fresh_key, str], ["key", None, 3]),
        ("hooks", [[], (), [print], (print, repr)], [print, None, "print", [None], {print}, [awaited], [Awaited()]]),
    ],
)
def test_values_that_an_option_can_have(name: str, good: list[object], bad: list[object]) -> None:
    for value in good:
        assert getattr(changed(**{name: value}), name) == (tuple(value) if isinstance(value, list) else value)
    for value in bad:
        assert fault(**{name: value}).startswith(f"{name}= must be ")


@pytest.mark.parametrize("headers", [None, "X: y", [("X", "y")], {"X": 1}, {"X": b"y"}, {"X": None}, {1: "y"}])
@pytest.mark.parametrize("where", ["client", "getPet"])
def test_headers_of_another_kind(headers: object, where: str) -> None:
    with pytest.raises(ConfigurationError, match="headers= ") as caught:
        Settings().changed({"headers": headers}, where)  # type: ignore[typeddict-item]  # wrong on purpose
    assert caught.value.operation == where


@pytest.mark.parametrize("text", ["a\nb", "a\r\nX-Evil: 1", "ä", "\0", " a", "a ", "a\x7f", "a\u2028"])
def test_a_value_that_would_break_out_of_its_header_is_refused_and_not_shown(text: str) -> None:
    said = fault(headers={"X-Pass": SECRET + text if text != " a" else text + SECRET})
    assert SECRET not in said
    assert "X-Pass" in said


@pytest.mark.parametrize("name", ["", " ", "a b", "a:", "X\r\nEvil", "ä", "a(b)", "a\0"])
def test_a_name_that_no_header_can_have(name: str) -> None:
    assert "no header can have" in fault(headers={name: "x"})


@pytest.mark.parametrize(
    "name", ["Authorization", "authorization", "COOKIE", "Host", "Content-Length", "Accept-Encoding", "Content-Type"]
)
def test_headers_that_are_the_clients_own(name: str) -> None:
    assert "leave" in fault(headers={name: SECRET})
    assert SECRET not in fault(headers={name: SECRET})


def test_headers_add_up_whatever_the_case_of_their_names() -> None:
    first = changed(headers={"X-One": "1", "X-Two": "2"})
    both = changed(first, headers={"x-one": "11", "X-Three": "3"})
    assert dict(both.headers) == {"x-one": "11", "X-Two": "2", "X-Three": "3"}
    assert dict(first.headers) == {"X-One": "1", "X-Two": "2"}
    assert dict(changed(headers={"A": "1", "a": "2"}).headers) == {"a": "2"}


def test_the_user_agent_is_a_header_like_others_and_sent_once() -> None:
    settings = changed(Settings(user_agent="agent/1"), headers={"USER-AGENT": "mine/2", "X": "y"})
    assert (settings.user_agent, dict(settings.headers)) == ("mine/2", {"X": "y"})
    assert changed(settings, headers={"Z": "z"}).user_agent == "mine/2"


def test_settings_keep_no_hold_of_what_they_were_made_of() -> None:
    headers = {"X": "1"}
    hooks = [print]
    settings = changed(headers=headers, hooks=hooks)
    headers["X"] = "a\nb"
    hooks.clear()
    assert (dict(settings.headers), settings.hooks) == ({"X": "1"}, (print,))
    assert dict(changed(headers=UserDict({"X": "1"})).headers) == {"X": "1"}


def test_an_option_that_there_is_not() -> None:
    assert "is no option; there are timeout, " in fault(retries=3)
    with pytest.raises(ConfigurationError, match="mapping"):
        Settings().changed(5)  # type: ignore[arg-type]  # wrong on purpose


def test_one_unfit_option_changes_nothing() -> None:
    client = SyncClient("http://h", {}, "", "agent/1", None, {"timeout": 3})
    with pytest.raises(ConfigurationError):
        client.with_options(timeout=4, max_retries=-1)
    assert client._settings.timeout == 3


def test_settings_do_not_show_headers() -> None:
    settings = changed(headers={"X-Pass": SECRET})
    assert SECRET not in f"{settings!r} {settings} {[settings]}"


def options() -> st.SearchStrategy[dict[str, Any]]:
    seconds = st.floats(0.001, 1000)
    text = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=5)
    names = st.sampled_from(["X-A", "x-a", "X-B", "User-Agent", "user-agent"])
    values: dict[str, st.SearchStrategy[Any]] = {
        "timeout": seconds,
        "deadline": st.one_of(st.none(), seconds),
        "max_retries": st.integers(0, 9),
        "max_wait": seconds,
        "backoff": seconds,
        "headers": st.dictionaries(names, text, max_size=3),
        "compress_above": st.one_of(st.none(), st.integers(0, 99)),
        "max_response_bytes": st.integers(1, 99),
        "hooks": st.lists(st.sampled_from([print, repr])),
    }
    return st.fixed_dictionaries({}, optional=values)


def lowered(settings: Settings) -> Iterator[object]:
    for name in Settings.__struct_fields__:
        value = getattr(settings, name)
        yield {key.lower(): text for key, text in value.items()} if name == "headers" else value


@given(options(), st.randoms())
def test_options_in_any_order_or_one_by_one_are_the_same_settings(given_: dict[str, Any], random: Any) -> None:
    at_once = changed(**given_)
    names = list(given_)
    random.shuffle(names)
    assert changed(**{name: given_[name] for name in names}) == at_once
    settings = Settings()
    for name in names:
        settings = changed(settings, **{name: given_[name]})
    assert settings == at_once
    assert changed(at_once, **given_) == at_once


@given(options(), options())
def test_what_is_said_last_counts(first: dict[str, Any], second: dict[str, Any]) -> None:
    in_turn = changed(changed(**first), **second)
    headers = [*first.get("headers", {}).items(), *second.get("headers", {}).items()]
    merged = {name.lower(): text for name, text in headers}
    assert list(lowered(in_turn)) == list(lowered(changed(**{**first, **second, "headers": merged})))
