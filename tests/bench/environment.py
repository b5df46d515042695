"""The environment of the peers: made once, with the clients that are generated for it; reused while nothing changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv" / "bench"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
PACKAGES = (Path(__file__).with_name("package.json"), Path(__file__).with_name("package-lock.json"))
DOCUMENT = ROOT / "generated" / "zuora_invoices" / "openapi.json"

Command: TypeAlias = list[str | Path]


@dataclass(frozen=True)
class Environment:
    """A Python, and where it finds the clients that were generated for it."""

    python: Path
    peers: Path | None = None
    modules: Path | None = None
    """Where the peers that run on Node.js are; `None` where there is none of them."""

    def variables(self) -> dict[str, str]:
        """The environment variables of a measured process."""
        found = [ROOT, ROOT / "generated", *([self.peers] if self.peers else [])]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return {**kept, "PYTHONPATH": os.pathsep.join(map(str, found))}


def prepare(folder: Path) -> Environment:
    """Make what is missing or out of date in the folder. Takes minutes the first time."""
    peers = folder / "peers"
    npm = shutil.which("npm")
    modules = folder / "node_modules" if npm else None
    environment = Environment(install(folder), peers, modules)
    if npm:
        _install(npm, folder)
    generated = _digest([DOCUMENT, Path(__file__)], _wanted(folder))
    if not _is_stamped(peers, generated):
        shutil.rmtree(peers, ignore_errors=True)
        peers.mkdir()
        _generate(environment.python.parent, peers)
        _stamp(peers, generated)
    return environment


def install(folder: Path) -> Path:
    """The Python of an environment in the folder, in which the peers that are Python are installed."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not _is_stamped(folder, _wanted(folder)):
        shutil.rmtree(folder, ignore_errors=True)
        _step("making an environment for the peers", [sys.executable, "-m", "venv", folder])
        pip: Command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _step("installing the peers", [*pip, "--require-hashes", "-r", REQUIREMENTS])
        _stamp(folder, _wanted(folder))
    return python


def _wanted(folder: Path) -> str:
    return _digest([REQUIREMENTS], sys.version, str(folder))


def _install(npm: str, folder: Path) -> None:
    """The peers that run on Node.js, by the hashes of the lock; nothing of theirs runs while they are installed."""
    modules = folder / "node_modules"
    installed = _digest(PACKAGES, str(folder))
    if not _is_stamped(modules, installed):
        for file in PACKAGES:
            shutil.copy(file, folder)
        quiet: Command = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        # Resolved, as npm does not find its lock where a link leads to it.
        _step("installing the peers of Node.js", [npm, "ci", "--prefix", folder.resolve(), *quiet])
        _stamp(modules, installed)


def _generate(binaries: Path, peers: Path) -> None:
    """The clients of other generators, each with its defaults, from the document that ours is made from.

    Both read our OpenAPI 3.1 as it is, so nothing is prepared for them. What they do not understand in it, they leave
    out without a word (`patternProperties`, the rules between fields); `programs/` says what that means for figures.
    """
    opc: Command = [binaries / "openapi-python-client", "generate", "--meta", "none", "--path", DOCUMENT]
    _step("generating with openapi-python-client", [*opc, "--output-path", peers / "bench_opc"], path=binaries)
    dmcg: Command = [binaries / "datamodel-codegen", "--input", DOCUMENT, "--input-file-type", "openapi"]
    dmcg += ["--output", peers / "bench_dmcg_models" / "__init__.py", "--generate-client", "httpx2"]
    dmcg += ["--client-output", peers / "bench_dmcg", "--client-package", "bench_dmcg"]
    _step("generating with datamodel-codegen", [*dmcg, "--client-model-package", "bench_dmcg_models"], path=binaries)


def _step(what: str, command: Command, path: Path | None = None) -> None:
    """Run a command; says what and for how long, and shows what the command said if it fails."""
    started = time.monotonic()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if path is not None:
        variables["PATH"] = os.pathsep.join([str(path), variables.get("PATH", "")])  # where they look for ruff
    running = subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    live = sys.stderr.isatty()
    while True:
        try:
            said, _ = running.communicate(timeout=1 if live else None)
            break
        except subprocess.TimeoutExpired:
            sys.stderr.write(f"\r{what} ... {time.monotonic() - started:.0f} s")
            sys.stderr.flush()
    back = "\r\x1b[K" if live else ""
    sys.stderr.write(f"{back}{what}: {time.monotonic() - started:.0f} s\n")
    if running.returncode:
        raise SystemExit(f"{said}\n{what} failed, with what stands above")


def _digest(files: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256("\0".join(words).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_stamped(folder: Path, digest: str) -> bool:
    try:
        return (folder / ".stamp").read_text("utf-8") == digest
    except OSError:
        return False


def _stamp(folder: Path, digest: str) -> None:
    (folder / ".stamp").write_text(digest, "utf-8")
