"""`.ci/run`, with others in place of make, apt-get and programs: when it installs what is missing, and what it says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "run"
BASH = shutil.which("bash") or "bash"
ROOT_USER = "echo 0"
SOMEONE = "echo 1000"
INSTALLING = (
    """echo "$@" >> "$LOG"; case "$*" in *chromium) made=chromium;; *gcc*) made=cc;; *locales) made=localedef;; """
)
INSTALLING += """*npm) made=npm;; *) exit;; esac; printf '#!/bin/sh\\n' > "$BIN/$made"; chmod +x "$BIN/$made" """
ALL = ("chromium", "cc", "localedef", "npm")


def run(
    folder: Path,
    *,
    user: str = ROOT_USER,
    declined: str | None = None,
    without: str = "chromium",
    **programs: str,
) -> tuple[int, str, str]:
    """Run it in a folder of its own where there are these programs, each a line of sh, and all but one of those that
    tests need; one of the variables says that what it is about is not required. Exit code, log, messages."""
    folder_of_programs, log = folder / "bin", folder / "log"
    folder_of_programs.mkdir()
    (folder / ".ci").mkdir()
    shutil.copy(SCRIPT, folder / ".ci" / "run")
    log.touch()
    for name in ("dirname", "env", "sh", "chmod", "mktemp", "rm"):
        found = shutil.which(name)
        assert found is not None
        (folder_of_programs / name).symlink_to(found)
    told = {"make": 'echo "make $1, browser required: [$REQUIRE_BROWSER]" >> "$LOG"', "id": user}
    told |= {name: "true" for name in ALL if name != without} | programs
    for name, line in told.items():
        file = folder_of_programs / name.replace("_", "-")
        file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        file.chmod(0o755)
    variables = {"PATH": str(folder_of_programs), "LOG": str(log), "BIN": str(folder_of_programs)}
    done = subprocess.run(
        [BASH, folder / ".ci" / "run"],
        env=variables if declined is None else {**variables, declined: ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, log.read_text(encoding="utf-8"), done.stderr


CHECKED = "".join(f"make {one}, browser required: [1]\n" for one in ("descriptions", "check", "test", "test-slow"))
INSTALLED = "update -qq\ninstall -qq --yes --no-install-recommends {}\n"
CHROMIUM = INSTALLED.format("chromium")


@pytest.mark.parametrize("browser", ["chromium", "chromium_browser", "google_chrome", "google_chrome_stable"])
def test_where_there_is_a_browser_nothing_is_installed(browser: str, tmp_path: Path) -> None:
    programs = {browser: "true", "apt_get": INSTALLING}
    assert run(tmp_path, **programs) == (0, CHECKED, "")


def test_root_installs_one(tmp_path: Path) -> None:
    code, ran, said = run(tmp_path, apt_get=INSTALLING)
    assert (code, ran) == (0, CHROMIUM + CHECKED)
    assert said == "installing Debian's chromium\n"


def test_others_ask_sudo_and_never_for_a_password(tmp_path: Path) -> None:
    sudo = 'echo "sudo $1" >> "$LOG"; shift; "$@"'
    code, ran, _ = run(tmp_path, user=SOMEONE, sudo=sudo, apt_get=INSTALLING)
    update, install = CHROMIUM.splitlines()
    assert (code, ran) == (0, f"sudo -n\n{update}\nsudo -n\n{install}\n{CHECKED}")


def test_lists_that_cannot_be_fetched_are_no_end(tmp_path: Path) -> None:
    code, ran, said = run(tmp_path, apt_get=f"if [ $1 = update ]; then exit 1; fi; {INSTALLING}")
    assert (code, ran.endswith(CHECKED)) == (0, True)
    assert "not up to date" in said


@pytest.mark.parametrize(
    ("user", "programs", "why"),
    [
        (ROOT_USER, {}, "no apt-get to install one"),
        (SOMEONE, {"apt_get": INSTALLING}, "neither root nor sudo"),
        (SOMEONE, {"apt_get": INSTALLING, "sudo": "exit 1"}, "apt-get could not install it"),
        (ROOT_USER, {"apt_get": "exit 100"}, "apt-get could not install it"),
        (ROOT_USER, {"apt_get": "true"}, "none is found"),
    ],
)
def test_where_none_can_be_had_it_says_so_and_stops(
    user: str, programs: dict[str, str], why: str, tmp_path: Path
) -> None:
    code, ran, said = run(tmp_path, user=user, **programs)
    assert code == 1
    assert "make" not in ran
    assert why in said
    assert "REQUIRE_BROWSER= .ci/run" in said


def test_it_can_do_without(tmp_path: Path) -> None:
    assert run(tmp_path, declined="REQUIRE_BROWSER") == (0, CHECKED.replace("[1]", "[]"), "")


MISSING = {
    "cc": ("gcc libc6-dev", "REQUIRE_ELSEWHERE"),
    "localedef": ("locales", "REQUIRE_ELSEWHERE"),
    "npm": ("npm", "REQUIRE_DESCRIPTIONS"),
}


@pytest.mark.parametrize("missing", MISSING)
def test_so_it_is_with_what_other_tests_need(missing: str, tmp_path: Path) -> None:
    packages, variable = MISSING[missing]
    (tmp_path / "with").mkdir()
    assert run(tmp_path / "with", without=missing, apt_get=INSTALLING) == (
        0,
        INSTALLED.format(packages) + CHECKED,
        f"installing Debian's {packages}\n",
    )
    (tmp_path / "without").mkdir()
    code, ran, said = run(tmp_path / "without", without=missing, apt_get="exit 100")
    assert (code, ran) == (1, "")
    assert f"{variable}= .ci/run" in said
    (tmp_path / "neither").mkdir()
    code, ran, said = run(tmp_path / "neither", without=missing, declined=variable)
    assert (code, said) == (0, "")
    assert ("make descriptions" in ran) is (variable != "REQUIRE_DESCRIPTIONS")


def test_what_fails_ends_it(tmp_path: Path) -> None:
    code, ran, _ = run(tmp_path, chromium="true", make='echo "make $1" >> "$LOG"; [ "$1" != check ] || exit 2')
    assert (code, ran) == (2, "make descriptions\nmake check\n")
