"""What wheel and sdist must be to be released: `python -m tests.release dist` says what is wrong with them."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.metadata import Metadata
from readme_renderer import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
_RELEASED: Final = r"(?m)^## {} - \d{{4}}-\d{{2}}-\d{{2}}$"


def main(arguments: list[str] | None = None) -> int:
    """Print what is wrong, or that nothing is; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("dist", type=Path, help="the folder with one wheel and one sdist")
    parser.add_argument("--tag", help="the tag that they are released under")
    parser.add_argument("--repository", help="the address of the repository that they are made in")
    chosen = parser.parse_args(arguments)
    found = [*faults(chosen.dist), *(release_faults(ROOT, chosen.tag, chosen.repository) if chosen.tag else ())]
    for one in found:
        sys.stderr.write(f"error: {one}\n")
    if not found:
        names = " and ".join(sorted(file.name for file in chosen.dist.iterdir()))
        sys.stdout.write(f"{names}: nothing is wrong with them\n")
    return 1 if found else 0


def faults(dist: Path) -> Iterator[str]:
    """What is wrong with the wheel and the sdist in a folder, the one made of the other."""
    wheel, sdist = only(dist, "*.whl"), only(dist, "*.tar.gz")
    with tempfile.TemporaryDirectory() as folder:
        here = build(Path(folder), "--wheel")
        yield from differences(sdist.name, contents(wheel), contents(only(here, "*.whl")))
    texts = contents(wheel), contents(sdist)
    for file, text in zip((wheel, sdist), (_ending(texts[0], "METADATA"), _ending(texts[1], "PKG-INFO")), strict=True):
        for fault in metadata_faults(text):
            yield f"{file.name}: {fault}"


def release_faults(root: Path, tag: str, repository: str | None) -> Iterator[str]:
    """Why this checkout cannot be released under this tag, from the repository at this address."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    if tag != f"v{version}":
        yield f"pyproject.toml: the tag is {tag}, the version {version}: set the tag v{version}, or raise the version"
    package = root / "generated" / "zuora_invoices" / "__init__.py"
    if (made := _version(package)) != version:
        yield f"spec/openapi.yaml: info.version is {made}, pyproject.toml has {version}: make them one, make regenerate"
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(_RELEASED.format(re.escape(version)), changelog):
        yield f"CHANGELOG.md: no heading says when {version} is released: write ## {version} - YYYY-MM-DD"
    address = project.get("urls", {}).get("Repository")
    wanted = repository or "https://..."
    if address is None:
        yield f'pyproject.toml: no repository is named: add [project.urls], and under it Repository = "{wanted}"'
    elif repository and address != repository:
        yield f'pyproject.toml: the repository is {repository}: write Repository = "{repository}" for {address}'


def build(folder: Path, *options: str) -> Path:
    """Build the checkout into a folder: an sdist, and of that a wheel; or what the options say."""
    command = [sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The one file of that kind."""
    [file] = folder.glob(pattern)
    return file


def contents(archive: Path) -> dict[str, bytes]:
    """Name -> content of the files in a wheel or an sdist, without the folder that an sdist has around all."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(archive) as sdist:
        files = {member.name: sdist.extractfile(member) for member in sdist.getmembers() if member.isfile()}
        return {name.partition("/")[2]: file.read() for name, file in files.items() if file is not None}


def differences(sdist: str, made_of_it: dict[str, bytes], made_here: dict[str, bytes]) -> Iterator[str]:
    """Where the wheel that the sdist gives is another than the one that the checkout gives."""
    for name in sorted(made_of_it.keys() | made_here.keys()):
        if name not in made_of_it:
            yield f"{sdist}: its wheel lacks {name}: add it to [tool.hatch.build.targets.sdist] in pyproject.toml"
        elif made_of_it[name] != made_here.get(name):
            yield f"{sdist}: its wheel has another {name} than the checkout gives: build both from the same files"


def metadata_faults(text: bytes) -> Iterator[str]:
    """What an index of packages would refuse, or show broken."""
    try:
        metadata = Metadata.from_email(text, validate=True)
    except ExceptionGroup as error:
        yield from (f"metadata: {one}" for one in error.exceptions)
        return
    for name, address in (metadata.project_urls or {}).items():
        if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+/\S+", address):
            yield f"[project.urls] in pyproject.toml: {name} is no https address of a page: {address}"
    page = markdown.render(metadata.description or "")
    if not page:
        yield "README.md: it cannot be rendered, or is empty"
        return
    seen = _Page()
    seen.feed(page)
    for link in seen.links:
        if not (link.startswith(("https://", "mailto:")) or link.removeprefix("#") in seen.anchors):
            yield f"README.md: {link} leads nowhere from a page of an index: link to it as [text](path), or not at all"


class _Page(HTMLParser):
    """The links of a page, and what may be linked to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        self.anchors |= {value for name, value in attrs if name == "id" and value}


def _ending(files: dict[str, bytes], name: str) -> bytes:
    [content] = [content for path, content in files.items() if path.rpartition("/")[2] == name]
    return content


def _version(module: Path) -> object:
    """The `__version__` that a module has."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__":
            return ast.literal_eval(node.value)
    return None


if __name__ == "__main__":
    sys.exit(main())
