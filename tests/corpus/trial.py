"""What becomes of one description: each step is a process of its own, with a limit of time and of memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = "described"

Depth: TypeAlias = Literal["import", "types", "call"]
_SHOWN: Final = 400
_PATIENCE: Final = 5
"""Whoever does not even use the processor is ended after so many times the seconds that it may use."""
_TOO_LONG: Final = (-signal.SIGXCPU, -signal.SIGKILL)


@dataclass(frozen=True)
class Limits:
    """What a step may take."""

    seconds: int = 120
    """Of the processor, so that what else the machine does changes nothing."""
    memory: int = 6 << 30
    """Bytes of addresses."""


@dataclass(frozen=True)
class Step:
    """One step: whether it went well, what it said, and what it took."""

    code: int | None
    """`None`: it took too long."""
    output: str
    errors: str
    seconds: float
    """Of the processor, children included."""
    megabytes: float


@dataclass(frozen=True)
class Outcome:
    """What became of one description."""

    name: str
    operations: int
    generated: bool = False
    imported: bool = False
    typed: bool | None = None
    """`None`: not tried."""
    cause: str = ""
    """Why it was not generated, or does not import, in a few words that others share."""
    detail: str = ""
    findings: dict[str, dict[str, int]] = field(default_factory=dict)
    """Consequence -> rule -> how often."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    """What is wrong with calls -> of which operations, with a word on each."""
    called: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """Of the processor, of each step; and for opening the package, and the dearest of some first calls."""
    megabytes: dict[str, float] = field(default_factory=dict)
    lines: int = 0

    def reaches(self, depths: Collection[Depth]) -> bool:
        """Whether all has been done that is asked for, or that could be."""
        tried = {
            "import",
            *(["call"] if "call" in self.seconds else []),
            *(["types"] if self.typed is not None else []),
        }
        return not self.imported or tried.issuperset(depths)

    def as_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def attempt(file: Path, name: str, depths: frozenset[Depth], limits: Limits) -> Outcome:
    """Everything that is asked for, of one description."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        return _Trial(file, name, Path(folder), limits).run(depths)


def operations_in(file: Path) -> int:
    """How many operations a description has, as anybody would count them."""
    try:
        root = json.loads(file.read_bytes())
    except ValueError:
        return 0
    items = root.get("paths", {}).values() if isinstance(root.get("paths"), dict) else ()
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    return sum(len(methods & item.keys()) for item in items if isinstance(item, dict))


class _Trial:
    def __init__(self, file: Path, name: str, folder: Path, limits: Limits) -> None:
        self._file = file
        self._folder = folder
        self._limits = limits
        self._facts: dict[str, Any] = {"name": name, "operations": operations_in(file), "seconds": {}, "megabytes": {}}

    def run(self, depths: frozenset[Depth]) -> Outcome:
        if self._generate():
            self._call(calls="call" in depths)
            if self._facts.get("imported") and "types" in depths:
                self._check_types()
        return Outcome(**self._facts)

    def _generate(self) -> bool:
        step = self._step(
            "generate",
            *("-m", "generator", "generate", "--spec", str(self._file), "--package", PACKAGE, "--format", "json"),
            *("--output", str(self._folder)),
        )
        self._facts["generated"] = step.code == 0
        found = _findings(step.output)
        self._facts["findings"] = _counted(found)
        if step.code != 0:
            fatal = next((one for one in found if one.get("consequence") == "fatal"), None)
            self._facts["cause"] = _cause(step) if fatal is None else f"generate: {fatal.get('rule')}"
            self._facts["detail"] = (str(fatal) if fatal else step.errors)[-_SHOWN:]
            return False
        package = self._folder / PACKAGE
        own = [file for file in package.rglob("*.py") if "_runtime" not in file.parts]
        self._facts["lines"] = sum(file.read_bytes().count(b"\n") for file in own)
        return True

    def _call(self, *, calls: bool) -> None:
        program = "tests.corpus.calling" if calls else "tests.corpus.importing"
        step = self._step("call" if calls else "import", "-m", program, str(self._folder), PACKAGE, str(self._file))
        lines = [json.loads(line) for line in step.output.splitlines() if line.startswith("{")]
        self._facts["imported"] = any("imported" in line for line in lines)
        if not self._facts["imported"]:
            self._facts |= {"cause": f"import: {last_line(step)}"[:120], "detail": step.errors[-_SHOWN:]}
            return
        if not calls:
            return
        for name in ("opened", "first_call"):
            if seconds := [line[name] for line in lines if line.get(name)]:
                self._facts["seconds"][name.replace("_", " ")] = round(max(seconds), 3)
        done = [line for line in lines if "operation" in line]
        faults: dict[str, list[str]] = {}
        for line in done:
            if line["fault"]:
                faults.setdefault(line["fault"], []).append(f"{line['operation']}: {line['why']}")
        missing = self._facts["operations"] - len(done)
        if missing > 0:
            why = "too slow" if step.code is None else f"not reached: {last_line(step)}"
            faults.setdefault(why[:120], []).extend(["?"] * missing)
        self._facts |= {"faults": faults, "called": sum(not line["fault"] for line in done)}

    def _check_types(self) -> None:
        command = ("-m", "mypy", "--strict", "--no-incremental", "--cache-dir", os.devnull, "-p", PACKAGE)
        step = self._step("types", *command)
        self._facts["typed"] = step.code == 0
        if step.code != 0:
            self._facts |= {"cause": "types: " + (last_line(step) if step.code is None else _code(step.output))}
            self._facts["detail"] = (step.output + step.errors)[:_SHOWN]

    def _step(self, name: str, *arguments: str) -> Step:
        step = limited([sys.executable, *arguments], self._limits, self._folder)
        self._facts["seconds"][name] = round(step.seconds, 2)
        self._facts["megabytes"][name] = round(step.megabytes)
        return step


def limited(command: list[str], limits: Limits, folder: Path, binaries: Path | None = None) -> Step:
    """Run a command with its output kept, until it ends or takes more than it may.

    With this checkout at hand; or with the programs of a folder, and nothing of ours.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    if binaries is not None:
        environment["PATH"] = os.pathsep.join([str(binaries), environment.get("PATH", "")])
        del environment["PYTHONPATH"]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=folder, env=environment)
        resource.prlimit(process.pid, resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(limits.seconds * _PATIENCE, end)
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Step(
            code=None if late.is_set() or process.returncode in _TOO_LONG else process.returncode,
            output=output.read().decode("utf-8", "replace"),
            errors=errors.read().decode("utf-8", "replace"),
            seconds=used.ru_utime + used.ru_stime,
            megabytes=used.ru_maxrss / 1024,
        )


def _findings(output: str) -> list[dict[str, Any]]:
    try:
        said = json.loads(output)
    except ValueError:
        return []
    found: list[dict[str, Any]] = said["findings"] if isinstance(said, dict) else said
    return found


def _counted(found: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for one in found:
        rules = counts.setdefault(str(one.get("consequence", one.get("severity"))), {})
        rules[one["rule"]] = rules.get(one["rule"], 0) + 1
    return counts


def _cause(step: Step) -> str:
    return f"generate: {last_line(step)}"[:120]


def last_line(step: Step) -> str:
    """What a step said in the end."""
    if step.code is None:
        return "too slow"
    lines = step.errors.strip().splitlines()
    return lines[-1] if lines else f"code {step.code}"


def _code(output: str) -> str:
    """The kind of mypy's first complaint."""
    first = next((line for line in output.splitlines() if ": error:" in line), output[:100])
    return first.rpartition("[")[2].rstrip("]") if first.endswith("]") else first[:100]
