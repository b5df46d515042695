"""Extensions in words, where the generator reads them; as they are, where it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.document.parser import parse
from generator.document.tree import Document, Object
from generator.review.page.extensions import extension

README = Path(__file__).parents[4] / "generator" / "README.md"

KNOWN = [
    ("x-retry", {"statuses": [409, 429, 503]}, "sent again after 409, 429 and 503"),
    ("x-retry", {"statuses": []}, "never sent again"),
    ("x-idempotency-key", True, "makes repeating safe"),
    ("x-idempotency-key-lifetime", 86400, "a key is kept for 24 h"),
    ("x-idempotency-key-lifetime", 90, "a key is kept for 90 s"),
    ("x-echo", {"same": ["name", "day"]}, "says again what was sent: name and day"),
    (
        "x-echo",
        {"same": ["name"], "sums": {"total": {"of": ["fee", "lines[*].amount"]}}},
        "says again what was sent: name; total as the sum of fee and lines[*].amount",
    ),
    ("x-rate-limit", "remaining", "tells how many calls are left"),
    ("x-rate-limit", "concurrency-limit", "tells how many calls may run at once"),
    ("x-correlation-id", True, "the caller's id of a call"),
    ("x-failure", True, "a failure, whatever the status"),
    ("x-max-total-items", {"a[*].b": 9, "c": 1}, "at most 9 a[*].b in all, at most 1 c in all"),
    ("x-minimum-version", {"header": "Version", "version": "2.1"}, "with Version 2.1 or later"),
    ("x-error-field", "code", "says why a call failed (code)"),
    (
        "x-error-categories",
        {"modulo": 100, "categories": {"10": {"title": "Denied"}, "20": {}}},
        "category by the last digits: Denied and 20",
    ),
    ("x-batch", {"requests": "orders", "results": "made", "index": "at"}, "one of made for each of orders"),
    ("x-datetime-format", "%d.%m.%Y", "written as %d.%m.%Y"),
    ("x-property-group", "custom_fields", "together called custom_fields"),
    ("x-python-name", "from_", "called from_ in Python"),
    ("x-alternative-names", ["shipTo", "ship_to"], "also called shipTo and ship_to in answers"),
]


def shown(name: str, value: Any) -> str:
    root, found = parse(json.dumps({name: value}), "api.json")
    assert isinstance(root, Object)
    assert not found
    return extension(name, Document(root, ("api.json",)).node[name])


@pytest.mark.parametrize(("name", "value", "text"), KNOWN)
def test_what_the_generator_reads_is_told_in_words(name: str, value: Any, text: str) -> None:
    assert shown(name, value) == text


def test_every_extension_of_the_readme_has_words() -> None:
    section = README.read_text(encoding="utf-8").partition("\n## Extensions\n")[2]
    named = {line.split("`")[1] for line in section.splitlines() if line.startswith("| `x-")}
    assert named == {name for name, *_ in KNOWN}


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("x-permissions", ["Read", "Write"], "x-permissions: Read and Write"),
        ("x-note", "it", "x-note: it"),
        ("x-deep", {"a": [1]}, 'x-deep: {"a":[1]}'),
        ("x-long", ["word"] * 90, f"x-long: {', '.join(['word'] * 11)} and 79 more"),
        *((name, ["odd"], f"{name}: odd") for name, *_ in KNOWN[:1] + KNOWN[2:] if name != "x-alternative-names"),
        ("x-alternative-names", "odd", "x-alternative-names: odd"),
    ],
)
def test_what_it_does_not_read_stays_as_it_is(name: str, value: Any, text: str) -> None:
    assert shown(name, value) == text
