"""Every form of every sample, as it stands in `tests/cases/review-forms/<sample>/`.

`UPDATE_CASES=1 pytest tests/generator/review/forms/test_forms.py` writes them anew: read the diff.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.review.forms import as_github, as_json, as_markdown, as_text
from tests.generator.review.samples import SAMPLES, many

ROOT = Path(__file__).parents[4]
CASES = ROOT / "tests" / "cases" / "review-forms"
FORMS = {"txt": as_text, "md": as_markdown, "json": as_json, "github": as_github}
UPDATE = os.environ.get("UPDATE_CASES") == "1"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", SAMPLES)
def test_case(name: str, form: str) -> None:
    file = CASES / name / f"expected.{form}"
    said = FORMS[form](SAMPLES[name])
    if UPDATE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(said.encode())
    assert said == file.read_bytes().decode()


def test_there_is_no_case_without_a_sample() -> None:
    files = {file.relative_to(CASES).as_posix() for file in CASES.rglob("*") if file.is_file()}
    assert files == {f"{name}/expected.{form}" for name in SAMPLES for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_ends_with_one_line_break_or_is_empty(form: str) -> None:
    for review in (*SAMPLES.values(), many(30)):
        said = FORMS[form](review)
        assert said == said.rstrip("\n") + "\n" * bool(said)


def test_the_same_bytes_in_another_process() -> None:
    """Another hash seed orders sets in another way."""
    script = (
        "import sys\n"
        "from generator.review.forms import as_github, as_json, as_markdown, as_text\n"
        "from tests.generator.review.samples import EVERYTHING\n"
        "for form in (as_text, as_markdown, as_json, as_github):\n"
        "    sys.stdout.buffer.write(form(EVERYTHING).encode())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    made = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert made.stdout.decode() == "".join(form(SAMPLES["everything"]) for form in FORMS.values())
