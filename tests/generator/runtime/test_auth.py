"""Credentials go onto requests, and nowhere else."""

from __future__ import annotations

import copy
import math
import pickle
import traceback
from typing import Literal

import pytest

from generator.runtime.address import parse
from generator.runtime.auth import Credentials, Signature
from generator.runtime.core import SyncClient
from generator.runtime.errors import ConfigurationError
from generator.runtime.operation import Operation, SecurityScheme
from generator.runtime.options import Settings
from generator.runtime.secret import Secret

SECRET = "s3cr3t-value"
BASE = parse("http://localhost")
BEARER = SecurityScheme("bearer", "token")
BASIC = SecurityScheme("basic", "username")
HEADER = SecurityScheme("header", "header_key", "X-Key")
QUERY = SecurityScheme("query", "query_key", "key")
COOKIE = SecurityScheme("cookie", "cookie_key", "pass")
OTHER_COOKIE = SecurityScheme("cookie", "other_key", "other")


def guarded(*security: tuple[SecurityScheme, ...]) -> Operation[object]:
    return Operation("addPet", "GET", "/pets", security=security)


def sign(
    secrets: dict[str, str | None], *security: tuple[SecurityScheme, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    signature = signed(Credentials(secrets, BASE), guarded(*security))
    return dict(signature.headers), dict(signature.query)


def signed(credentials: Credentials, operation: Operation[object]) -> Signature:
    """What a signing that asks for nothing comes to."""
    with pytest.raises(StopIteration) as end:
        next(credentials.sign(operation, Settings(), math.inf))
    signature: Signature = end.value.value
    return signature


def test_each_kind_goes_where_it_belongs() -> None:
    assert sign({"token": "t"}, (BEARER,)) == ({"Authorization": "Bearer t"}, {})
    assert sign({"username": "Aladdin", "password": "open sesame"}, (BASIC,)) == (
        {"Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
        {},
    )
    assert sign({"header_key": "k"}, (HEADER,)) == ({"X-Key": "k"}, {})
    assert sign({"query_key": "k"}, (QUERY,)) == ({}, {"key": "k"})
    assert sign({"cookie_key": "a b;c"}, (COOKIE,)) == ({"Cookie": "pass=a%20b%3Bc"}, {})


def test_all_of_one_alternative_go_together() -> None:
    secrets: dict[str, str | None] = {
        "token": "t",
        "header_key": "h",
        "query_key": "q",
        "cookie_key": "c",
        "other_key": "o",
    }
    assert sign(secrets, (BEARER, HEADER, QUERY, COOKIE, OTHER_COOKIE)) == (
        {"Authorization": "Bearer t", "X-Key": "h", "Cookie": "pass=c; other=o"},
        {"key": "q"},
    )


def test_the_first_alternative_that_can_be_met_is_used() -> None:
    ways = ((BEARER, HEADER), (BASIC,), (QUERY,))
    assert sign({"token": "t", "query_key": "q"}, *ways) == ({}, {"key": "q"})
    assert sign({"token": "t", "header_key": "h", "query_key": "q"}, *ways)[1] == {}


@pytest.mark.parametrize("ways", [((BEARER,), ()), ((), (BEARER,))])
def test_where_none_is_needed_one_that_is_there_is_still_sent(ways: tuple[tuple[SecurityScheme, ...], ...]) -> None:
    assert sign({}, *ways) == ({}, {})
    assert sign({"token": "t"}, *ways) == ({"Authorization": "Bearer t"}, {})


def test_without_security_nothing_is_sent() -> None:
    assert sign({"token": "t"}) == ({}, {})


def test_what_is_missing_is_named_and_what_is_there_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as error:
        sign({"username": SECRET, "password": None}, (BASIC,), (BEARER, HEADER))
    assert str(error.value).startswith("addPet: needs a credential")
    assert "token= and header_key=" in str(error.value)
    assert SECRET not in "".join(traceback.format_exception(error.value))


def test_a_basic_credential_that_lacks_its_password_says_so() -> None:
    with pytest.raises(ConfigurationError, match="password="):
        sign({"username": "u"}, (BASIC,))


SHOWN: list[object] = [
    Credentials({"token": SECRET}, BASE),
    Signature({"Authorization": Secret(SECRET)}, {"key": Secret(SECRET)}, Secret(SECRET)),
    SyncClient("http://localhost", {"token": SECRET}, "", "agent/1", None, {}),
]


@pytest.mark.parametrize("value", SHOWN, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("how", ["{!r}", "{!s}", "{!a}", "{}"])
def test_a_secret_is_never_shown(value: object, how: str) -> None:
    assert SECRET not in how.format(value)
    assert SECRET not in how.format([value])


def test_which_credentials_there_are_is_shown() -> None:
    assert repr(Credentials({"token": SECRET, "key": None}, BASE)) == "Credentials(token=***)"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("value", [SHOWN[0], SHOWN[2]], ids=lambda value: type(value).__name__)
def test_a_secret_is_never_pickled(value: object, protocol: int) -> None:
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(value, protocol)


def test_a_signature_is_not_pickled_with_its_secret() -> None:
    try:
        text = pickle.dumps(SHOWN[1])
    except TypeError:
        return
    assert SECRET.encode() not in text


def test_credentials_do_not_change_with_the_mapping_that_they_were_made_of() -> None:
    secrets: dict[str, str | None] = {"token": "old"}
    credentials = Credentials(secrets, BASE)
    secrets["token"] = "new"
    assert signed(credentials, guarded((BEARER,))).headers == {"Authorization": "Bearer old"}


def test_copies_are_refused_rather_than_spread() -> None:
    with pytest.raises(TypeError, match="pickle"):
        copy.deepcopy(Credentials({"token": SECRET}, BASE))


@pytest.mark.parametrize("kind", ["bearer", "header"])
def test_a_secret_that_no_header_can_carry_is_refused_without_being_shown(kind: Literal["bearer", "header"]) -> None:
    """A line break in a token would begin a header of its own; httpx would show the value in its own error."""
    scheme = SecurityScheme(kind, "token", "X-Key")
    with pytest.raises(ConfigurationError) as error:
        signed(Credentials({"token": f"{SECRET}\r\nX-Evil: 1"}, BASE), guarded((scheme,)))
    assert SECRET not in str(error.value)
