"""Profiles: what they may say, who may read them, and what counts more than they do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from tests.loopback import Answer, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

LIST = ("letters", "list-letters", "--to", "Ana")
WHOLE = """
base_url = "The real one"
token = "not-to-be-seen"
[options]
headers = {X-Secret = "nor-this"}
"""
VARIABLES = ("BASE_URL", "PROFILE", "TOKEN", "CLIENT_ID", "CLIENT_SECRET")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's settings, which is not there yet."""
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in VARIABLES:
        monkeypatch.delenv(f"POST_OFFICE_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "default", mode: int = 0o600) -> None:
    folder = click.get_app_dir("post-office")
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a text, as click gives it
    file = os.path.join(folder, f"{name}.toml")  # noqa: PTH118 - as above
    with open(file, "w", encoding="utf-8") as stream:  # noqa: PTH123 - as above
        stream.write(text)
    os.chmod(file, mode)  # noqa: PTH101 - as above


def run(commands: Callable[[], click.Group], *arguments: str, **variables: str) -> Result:
    environment = {f"POST_OFFICE_{name}": value for name, value in variables.items()}
    done = CliRunner().invoke(commands(), arguments, env=environment)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert "not-to-be-seen" not in done.output
    assert "nor-this" not in done.output
    return done


@pytest.mark.usefixtures("home")
def test_the_default_profile_says_where_and_as_whom(commands: Callable[[], click.Group]) -> None:
    write(WHOLE)
    done = run(commands, *LIST, "--dry-run")
    assert done.stdout.startswith("GET https://post.example/letters?to=Ana\n")
    assert "X-Secret: ***\n" in done.stdout


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o777])
def test_a_profile_that_others_can_read_is_refused(commands: Callable[[], click.Group], mode: int) -> None:
    write(WHOLE, mode=mode)
    done = run(commands, *LIST, "--dry-run")
    assert done.exit_code == 2
    assert "is open to others: chmod 600 " in done.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("base_url", "is no TOML: "),
        (
            "password = 'x'",
            "has 'password'; it can have base_url, token, client_id, client_secret and a table [options]",
        ),
        ("base_url = 5", "base_url must be a string"),
        ("token = ['not-to-be-seen']", "token must be a string"),
        ("options = 5", "has 'options'; it can have "),
        ("base_url = 'Nowhere'", "'Nowhere' is no address and no server of the description\n  https://post.example "),
        (
            "base_url = 'https://x.example'\n[options]\npatience = 5",
            "client: patience= is no option; there are timeout, ",
        ),
        ("base_url = 'https://x.example'\n[options]\ntimeout = 'long'", "client: timeout= must be a number of seconds"),
    ],
)
def test_what_a_profile_cannot_say(commands: Callable[[], click.Group], text: str, said: str) -> None:
    write(text)
    done = run(commands, *LIST, "--dry-run")
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.usefixtures("home")
def test_a_profile_that_is_named_has_to_be_there(commands: Callable[[], click.Group]) -> None:
    for profile in ("prod", "./prod.toml", "prod.toml"):
        done = run(commands, *LIST, "--profile", profile)
        assert (done.exit_code, "there is no profile " in done.stderr) == (2, True)
    write(WHOLE, "prod")
    assert run(commands, *LIST, "--profile", "prod", "--dry-run").exit_code == 0
    assert run(commands, *LIST, "--dry-run", PROFILE="prod").stdout.startswith("GET https://post.example/")


def test_what_says_it_most_closely_counts(commands: Callable[[], click.Group], home: Path) -> None:
    write("base_url = 'https://default.example'\ntoken = 'default'")
    (home / "mine.toml").write_text("base_url = 'https://mine.example'\ntoken = 'mine'", encoding="utf-8")
    (home / "mine.toml").chmod(0o600)

    def host(*options: str, **variables: str) -> str:
        return run(commands, *LIST, *options, "--dry-run", **variables).stdout.split("/")[2]

    assert host() == "default.example"
    assert host(BASE_URL="https://variable.example") == "variable.example"
    assert host("--profile", "mine.toml", BASE_URL="https://variable.example") == "mine.example"
    assert host("--profile", "mine.toml", "--base-url", "for trials") == "trial.post.example"


def test_credentials_are_of_one_place_alone(commands: Callable[[], click.Group], home: Path) -> None:
    write("token = 'default'")
    (home / "mine.toml").write_text("token = 'mine'", encoding="utf-8")
    (home / "mine.toml").chmod(0o600)
    with serving(lambda _: Answer(body=b"[]")) as server:

        def seen(*options: str, **variables: str) -> str:
            assert run(commands, *LIST, "--base-url", server.url, *options, **variables).exit_code == 0
            return server.last.headers["authorization"]

        assert seen() == "Bearer default"
        assert seen(TOKEN="variable") == "Bearer variable"
        assert seen("--profile", "mine.toml", TOKEN="variable") == "Bearer mine"
        write("base_url = 'https://no.example'")
        assert seen(TOKEN="variable") == "Bearer variable"
