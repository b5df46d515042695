"""What is said of a wheel, an sdist or a checkout that must not be released, and how the README looks elsewhere."""

from __future__ import annotations

import re
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hatch_build import Readme, away_from_home
from tests.release import contents, differences, main, metadata_faults, release_faults

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ADDRESS = "https://example.com/owner/name"

# -- the README as an index shows it ---------------------------------------------------------------------------------

README = """\
See [the spec](spec/openapi.yaml), [the
house](a/README.md#rooms), [`code`](x.py), [here](#below) and [there](https://example.com/x).
In code `[a](b)` and

```python
a = [b](c)
```

nothing changes.
"""


def test_without_an_address_links_to_files_are_bare_text() -> None:
    expected = README.replace("[the spec](spec/openapi.yaml)", "the spec")
    expected = expected.replace("[the\nhouse](a/README.md#rooms)", "the\nhouse").replace("[`code`](x.py)", "`code`")
    assert away_from_home(README, "") == expected


def test_with_an_address_they_lead_to_the_files_of_the_version() -> None:
    expected = README.replace("(spec/openapi.yaml)", f"({ADDRESS}/blob/v1/spec/openapi.yaml)")
    expected = expected.replace("(a/README.md#rooms)", f"({ADDRESS}/blob/v1/a/README.md#rooms)")
    assert away_from_home(README, f"{ADDRESS}/blob/v1") == expected.replace("(x.py)", f"({ADDRESS}/blob/v1/x.py)")


@pytest.mark.parametrize("urls", [{}, {"Repository": ADDRESS}])
def test_ours_has_no_link_that_leads_nowhere(urls: dict[str, str]) -> None:
    made: dict[str, Any] = {"version": "1", "urls": urls}
    Readme(str(ROOT), {}).update(made)
    text: str = made["readme"]["text"]
    assert list(metadata_faults(metadata(text))) == []
    assert (f"]({ADDRESS}/blob/v1/CONTRIBUTING.md)" in text) == bool(urls)


# -- wheel and sdist -------------------------------------------------------------------------------------------------


def metadata(readme: str = "# It\n", more: str = "") -> bytes:
    head = "Metadata-Version: 2.4\nName: it\nVersion: 1.0\nDescription-Content-Type: text/markdown\n"
    return f"{head}{more}\n{readme}".encode()


def test_fine_metadata() -> None:
    readme = "# A head\n\n[a](#a-head) [b](https://example.com/x) [c](mailto:a@example.com)\n"
    assert list(metadata_faults(metadata(readme, f"Project-URL: Repository, {ADDRESS}\n"))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (metadata("[a](spec/openapi.yaml)"), "README.md: spec/openapi.yaml leads nowhere"),
        (metadata("[a](#nowhere)"), "leads nowhere"),
        (metadata("![a](picture.png)"), "README.md: picture.png leads nowhere"),
        (metadata("[a](http://example.com)"), "http://example.com leads nowhere"),
        (metadata(""), "README.md: it cannot be rendered, or is empty"),
        (metadata(more="Project-URL: Repository, https://localhost/x\n"), "Repository is no https address of a page"),
        (metadata(more="Project-URL: Home, http://example.com/x\n"), "Home is no https address of a page"),
        (metadata(more="Requires-Python: three\n"), "metadata: "),
        (metadata(more="License-Expression: mine, not yours\n"), "metadata: "),
    ],
)
def test_metadata_that_an_index_would_refuse_or_show_broken(text: bytes, said: str) -> None:
    [fault] = metadata_faults(text)
    assert said in fault


def test_a_wheel_that_the_sdist_gives_and_the_checkout_does_not() -> None:
    here = {"a.py": b"1", "b.py": b"2", "c.py": b"3"}
    assert list(differences("it.tar.gz", here, here)) == []
    of_it = {"a.py": b"1", "b.py": b"-", "d.py": b"4"}
    assert [re.sub(":.*", "", one.removeprefix("it.tar.gz: ")) for one in differences("it.tar.gz", of_it, here)] == [
        "its wheel has another b.py than the checkout gives",
        "its wheel lacks c.py",
        "its wheel has another d.py than the checkout gives",
    ]


def test_archives_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    with zipfile.ZipFile(tmp_path / "it.whl", "w") as wheel:
        wheel.write(file, "it/a.txt")
    with tarfile.open(tmp_path / "it.tar.gz", "w:gz") as sdist:
        sdist.add(file, "it-1.0/it/a.txt")
    assert contents(tmp_path / "it.whl") == contents(tmp_path / "it.tar.gz") == {"it/a.txt": b"a"}


# -- a release -------------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What is looked at of a checkout that can be released as v1.2.0."""
    package = tmp_path / "generated" / "zuora_invoices"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('__version__ = "1.2.0"\n', encoding="utf-8")
    project = f'[project]\nversion = "1.2.0"\n[project.urls]\nRepository = "{ADDRESS}"\n'
    (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.0 - 2026-12-01\n", encoding="utf-8")
    return tmp_path


def test_one_that_can_be_released(checkout: Path) -> None:
    assert list(release_faults(checkout, "v1.2.0", ADDRESS)) == []
    assert list(release_faults(checkout, "v1.2.0", None)) == []


@pytest.mark.parametrize(
    ("file", "text", "by", "said"),
    [
        ("pyproject.toml", "1.2.0", "1.3.0", "pyproject.toml: the tag is v1.2.0, the version 1.3.0: "),
        ("generated/zuora_invoices/__init__.py", "1.2.0", "1.3.0", "spec/openapi.yaml: info.version is 1.3.0, "),
        ("CHANGELOG.md", "2026-12-01", "unreleased", "CHANGELOG.md: no heading says when 1.2.0 is released: "),
        ("CHANGELOG.md", "1.2.0", "1.2.00", "CHANGELOG.md: no heading says when 1.2.0 is released: "),
        ("pyproject.toml", "[project.urls]", "[tool.urls]", f'and under it Repository = "{ADDRESS}"'),
        ("pyproject.toml", "owner", "another", f'write Repository = "{ADDRESS}" for https://example.com/another/name'),
    ],
)
def test_one_that_cannot_is_told_why(checkout: Path, file: str, text: str, by: str, said: str) -> None:
    before = (checkout / file).read_text(encoding="utf-8")
    assert text in before
    (checkout / file).write_text(before.replace(text, by), encoding="utf-8")
    assert [fault for fault in release_faults(checkout, "v1.2.0", ADDRESS) if said in fault]


def test_everything_wrong_is_said_at_once(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "CHANGELOG.md").write_text("", encoding="utf-8")
    monkeypatch.setattr("tests.release.ROOT", checkout)
    monkeypatch.setattr("tests.release.faults", lambda _: ["it.whl: it is odd"])
    assert main([str(checkout), "--tag", "v2"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.partition(": ")[0] for line in said.err.splitlines()] == ["error"] * 3
    assert main([str(checkout)]) == 1
    assert capsys.readouterr().err == "error: it.whl: it is odd\n"


# -- what is said in several places ----------------------------------------------------------------------------------


def test_the_version_is_one() -> None:
    assert [fault for fault in release_faults(ROOT, f"v{PROJECT['version']}", None) if "version" in fault] == []


@pytest.mark.parametrize("name", ["ci", "release"])
def test_every_python_that_is_named_is_tried(name: str) -> None:
    named = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", one)]
    assert PROJECT["requires-python"] == f">={named[0]}"
    workflow = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    [tried] = re.findall(r"python: \[(.*)\]", workflow)
    assert re.findall(r'"(.*?)"', tried) == named


def test_what_publishes_is_pinned_to_what_makes_the_lock() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [version] = re.findall(r"^UV := (\S+)$", makefile, re.MULTILINE)
    pinned = (ROOT / ".github" / "uv.txt").read_text(encoding="utf-8")
    assert re.findall(r"^(\S+==\S+) ", pinned, re.MULTILINE) == [f"uv=={version}"]
    assert "--hash=sha256:" in pinned
