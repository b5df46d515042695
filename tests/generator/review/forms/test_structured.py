"""The JSON of a review, and the schema that says what stands in it."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from msgspec.structs import replace

from generator.review import forms
from generator.review.change import Evidence
from generator.review.forms import as_json, headline, structured
from tests.generator.review.samples import BREAK, EVERYTHING, ONE_BREAK, SAMPLES, many, object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = json.loads((Path(forms.__file__).parents[1] / "review.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)

# Any: these are JSON texts read back.


def read(review: Any) -> Any:
    return json.loads(as_json(review))


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value in a JSON value with the way to it, but those within evidence, which may be anything."""
    yield path, value
    if path[-2:] == ("evidence", "value"):
        return
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from places(member, (*path, key))


def changed(value: Any, path: tuple[str | int, ...], change: Callable[[Any, str | int], None]) -> Any:
    """A copy in which what stands at the path is changed: gets its holder and its key."""
    made = copy.deepcopy(value)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return made


def subschemas(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from subschemas(member)
    elif isinstance(value, list):
        for member in value:
            yield from subschemas(member)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_keeps_to_the_schema(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(read(SAMPLES[name]))] == []


def test_a_large_review_keeps_to_the_schema() -> None:
    written = read(many(600))
    assert VALIDATOR.is_valid(written)
    assert len(written["changes"]) == 600


def test_the_schema_is_one_and_has_the_name_that_reports_give() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert SCHEMA["$id"] == structured.SCHEMA == read(ONE_BREAK)["$schema"]


def test_every_object_of_the_schema_is_closed_and_whole() -> None:
    objects = [one for one in subschemas(SCHEMA) if isinstance(one.get("properties"), dict) and "type" in one]
    assert len(objects) == 13
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        for name, member in one["properties"].items():
            assert member["description"], name


def test_every_definition_of_the_schema_is_used() -> None:
    used = {one["$ref"] for one in subschemas(SCHEMA) if isinstance(one.get("$ref"), str)}
    assert used == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


WHOLE = read(EVERYTHING)
PATHS = [path for path, _ in places(WHOLE) if path]


def test_the_schema_refuses_a_member_too_few() -> None:
    members = [path for path in PATHS if isinstance(path[-1], str)]
    assert len(members) > 300
    for path in members:
        broken = changed(WHOLE, path, lambda holder, key: holder.pop(key))
        assert not VALIDATOR.is_valid(broken), path


def test_the_schema_refuses_a_member_too_many() -> None:
    objects = [path for path, value in places(WHOLE) if isinstance(value, dict) and path[-2:] != ("evidence", "value")]
    assert len(objects) > 50
    for path in objects:
        if path:
            broken = changed(WHOLE, path, lambda holder, key: holder[key].update(extra=1))
        else:
            broken = {**WHOLE, "extra": 1}
        assert not VALIDATOR.is_valid(broken), path


@pytest.mark.parametrize("wrong", [{"x": 1}, [[]], 0.5, -1], ids=repr)
def test_the_schema_refuses_a_value_of_another_type(wrong: Any) -> None:
    for path in PATHS:
        if path[-2:] != ("evidence", "value"):

            def put(holder: Any, key: str | int) -> None:
                holder[key] = wrong

            assert not VALIDATOR.is_valid(changed(WHOLE, path, put)), path


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("$schema",), "urn:spec-review:2"),
        (("verdict",), ""),
        (("versions", "level"), "huge"),
        (("changes", 0, "rule"), "Not A Rule"),
        (("changes", 0, "wire"), "major"),
        (("changes", 0, "side"), "both"),
        (("changes", 0, "python"), "breaking"),
        (("changes", 0, "after", "pointer"), "components"),
        (("changes", 0, "after", "line"), 0),
        (("changes", 0, "symbols", 0, "kind"), "moved"),
        (("changes", 2, "waiver", "expires"), "soon"),
        (("findings", 0, "severity"), "fatal"),
        (("generated", 0, "added"), -1),
    ],
)
def test_the_schema_refuses_a_value_that_is_none_of_its_own(path: tuple[str | int, ...], wrong: Any) -> None:
    def put(holder: Any, key: str | int) -> None:
        assert holder[key] is not None
        holder[key] = wrong

    assert not VALIDATOR.is_valid(changed(WHOLE, path, put))


def test_numbers_keep_every_digit() -> None:
    value = object_of(price=Decimal("0.10000000000000000001"), zero=Decimal("4.10"), big=10**30, huge=Decimal("1E+400"))
    change = replace(BREAK, evidence=Evidence(value, accepted_before=True, accepted_after=False))
    written = as_json(replace(ONE_BREAK, changes=(change,)))
    for text in ("0.10000000000000000001", "4.10", "1000000000000000000000000000000", "1E+400"):
        assert f": {text}" in written
    (read_back,) = json.loads(written, parse_float=Decimal)["changes"]
    assert read_back["evidence"]["value"] == dict(value)


def test_the_report_says_what_the_review_says() -> None:
    written = WHOLE
    assert written["passes"] is EVERYTHING.passes
    assert written["verdict"] == headline.verdict(EVERYTHING)
    assert written["counts"] == {
        "breaking": 5,
        "breaking_on_the_wire": 4,
        "breaking_in_python_only": 1,
        "waived": 1,
        "compatible": 3,
        "docs": 3,
    }
    assert [one["rule"] for one in written["changes"]] == [one.rule for one in EVERYTHING.changes]
    assert [one["level"] for one in written["changes"]] == [str(one.level) for one in EVERYTHING.changes]
    removed = written["changes"][2]
    assert removed["after"] is None
    assert removed["before"] == {
        "pointer": "/components/schemas/Pet/properties/nickname",
        "file": "spec/openapi.yaml",
        "line": 52,
        "column": 9,
    }
    assert removed["waiver"]["expires"] == "2027-01-31"
    assert len(removed["uses"]) == 10


def test_what_is_not_known_is_null() -> None:
    written = read(replace(ONE_BREAK, drift=None, generated=None))
    assert (written["drift"], written["generated"]) == (None, None)
    assert VALIDATOR.is_valid(written)
