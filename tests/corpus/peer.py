"""openapi-python-client on the same descriptions: as it is installed, in an environment of its own, with our limits."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.bench.environment import REQUIREMENTS
from tests.corpus.trial import PACKAGE, Outcome, Step, last_line, limited, operations_in

if TYPE_CHECKING:
    from tests.corpus.trial import Limits

NAME: Final = "openapi-python-client"
_IMPORTING: Final = Path(__file__).with_name("importing.py")
_SHOWN: Final = 400


def version() -> str:
    """Of the peer, as it is pinned."""
    found = re.search(rf"^{NAME}==(\S+)", REQUIREMENTS.read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def attempt(file: Path, name: str, limits: Limits, binaries: Path) -> Outcome:
    """Generate and import, with the defaults of a user; an operation is a module of its `api`."""
    facts: dict[str, Any] = {"name": name, "operations": operations_in(file), "seconds": {}, "megabytes": {}}
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:

        def step(what: str, *command: str) -> Step:
            taken = limited([str(binaries / command[0]), *command[1:]], limits, Path(folder), binaries)
            facts["seconds"][what] = round(taken.seconds, 2)
            facts["megabytes"][what] = round(taken.megabytes)
            return taken

        output = ("--output-path", str(Path(folder, PACKAGE)))
        made = step("generate", NAME, "generate", "--meta", "none", "--path", str(file), *output)
        facts["generated"] = made.code == 0 and Path(folder, PACKAGE, "__init__.py").is_file()
        if not facts["generated"]:
            return Outcome(**facts, cause=f"generate: {_kind(made)}", detail=(made.output + made.errors)[-_SHOWN:])
        read = step("import", "python", "-P", str(_IMPORTING), folder, PACKAGE)
        if read.code != 0:
            return Outcome(**facts, cause=f"import: {_kind(read)}", detail=read.errors[-_SHOWN:])
        parts: list[str] = json.loads(read.output.splitlines()[-1])["imported"]
        calls = [part for part in parts if part.startswith(f"{PACKAGE}.api.") and part.count(".") > 2]
        lost = max(facts["operations"] - len(calls), 0)
        return Outcome(**facts, imported=True, faults={"left out": ["?"] * lost} if lost else {})


def _kind(step: Step) -> str:
    """A kind of failure, in a word that others share: of an exception its class."""
    said = last_line(step)
    found = re.findall(r"^(\w+(?:Error|Exception))\b", step.errors + step.output, re.MULTILINE)
    return (found[-1] if found else said)[:80]
