"""Models of a large API stand in several files, which are loaded when they are needed."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest

from generator import pipeline
from generator.package import layout
from generator.review.surface.package import read
from tests.generator.sources import built, described, imported, placed, written

if TYPE_CHECKING:
    from pathlib import Path


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def fields(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def operation(tag: str, name: str, answer: str, body: str | None = None) -> dict[str, Any]:
    def content(schema: str) -> dict[str, Any]:
        return {"description": "It.", "content": {"application/json": {"schema": ref(schema)}}}

    made: dict[str, Any] = {"operationId": name, "tags": [tag], "responses": {"200": content(answer)}}
    return {**made, **({"requestBody": content(body)} if body else {})}


TEXT = {"type": "string"}
TWO_RESOURCES = described(
    {
        "/pets": {"get": operation("pets", "readPet", "Pet"), "post": operation("pets", "addPet", "Pet", "NewPet")},
        "/toys": {"get": operation("toys", "readToy", "Toy"), "put": operation("toys", "readPart", "Part")},
    },
    schemas={
        "Pet": fields(name=TEXT, owner=ref("Owner"), toys={"type": "array", "items": ref("Toy")}),
        "Owner": fields(pets={"type": "array", "items": ref("Pet")}, home=ref("Home")),
        "Home": fields(street=TEXT),
        "NewPet": fields(name=TEXT, tag=ref("Tag")),
        "Tag": fields(text=TEXT),
        "Toy": fields(part=ref("Part"), parts={"type": "array", "items": ref("Part")}),
        "Part": fields(name=TEXT, of=ref("Part")),
    },
)


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_ONE_FILE", 1)


def files(description: dict[str, Any], folder: Path) -> dict[str, tuple[str, ...]]:
    api, _ = built(description, folder)
    return {one.name: one.models for one in layout.layout(api)}


def test_few_models_stand_in_one_file(tmp_path: Path) -> None:
    assert files(TWO_RESOURCES, tmp_path) == {}
    assert "models.py" in pipeline.generate(written(TWO_RESOURCES, tmp_path), "pets").files


def test_what_is_needed_together_stands_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_ONE_FILE", 5)
    assert files(TWO_RESOURCES, tmp_path) == {
        "_part": ("Part",),
        "_pets": ("Home", "NewPet", "Owner", "Pet", "Tag"),
        "_toy": ("Toy",),
    }


@pytest.mark.usefixtures("small_files")
def test_what_a_resource_needs_is_told_apart_by_operation_where_it_is_much(tmp_path: Path) -> None:
    assert files(TWO_RESOURCES, tmp_path) == {
        "_add_pet": ("NewPet", "Tag"),
        "_part": ("Part",),
        "_pet": ("Home", "Owner", "Pet"),
        "_toy": ("Toy",),
    }


@pytest.mark.usefixtures("small_files")
def test_files_name_each_other_one_way_only(tmp_path: Path) -> None:
    api, _ = built(TWO_RESOURCES, tmp_path)
    named = {one.name: [*one.imported] for one in layout.layout(api)}
    assert named == {"_add_pet": [], "_part": [], "_pet": ["_toy"], "_toy": ["_part"]}


@pytest.mark.usefixtures("small_files")
def test_files_that_would_name_each_other_too_deep_are_one(tmp_path: Path) -> None:
    def chain(length: int) -> dict[str, Any]:
        links = {f"L{n}": fields(next=ref(f"L{n + 1}")) for n in range(length)}
        paths = {f"/{tag}{n}": {"get": operation(tag, f"{tag}{n}", f"L{n}")} for n in range(length) for tag in "ab"}
        return described(paths, schemas={**links, f"L{length}": fields(a=TEXT)})

    assert len(files(chain(40), tmp_path)) == 40
    assert files(chain(60), tmp_path) == {}


@pytest.mark.usefixtures("small_files")
def test_names_of_files_differ_in_every_script(tmp_path: Path) -> None:
    schemas = {name: fields(a=TEXT) for name in ("Base", "Größe")}
    paths = {f"/{tag}{name}": {"get": operation(tag, f"{tag}{name}", name)} for name in schemas for tag in "ab"}
    assert [*files(described(paths, schemas=schemas), tmp_path)] == ["_base2", "_of_gre_6ka8i"]


@pytest.mark.usefixtures("small_files")
def test_models_are_what_they_are_in_one_file(tmp_path: Path) -> None:
    package = imported(TWO_RESOURCES, tmp_path, "pets_in_files")
    models = package.models
    assert models.__all__ == ["Home", "NewPet", "Owner", "Part", "Pet", "Tag", "Toy"]
    assert {*models.__all__, "RequestModel", "ResponseModel"} == {*dir(models)}
    given = {"owner": {"pets": [{"toys": [{"part": {"of": {"name": "wheel"}}}]}]}}
    pet = models.Pet.model_validate(given)
    assert type(pet.owner.pets[0]) is models.Pet
    assert pet.to_wire() == given
    assert pickle.loads(pickle.dumps(pet)) == pet  # noqa: S301 - our own bytes
    assert models.Owner in get_args(get_type_hints(models.Pet)["owner"])
    with pytest.raises(AttributeError, match="no attribute 'Dog'"):
        models.Dog  # noqa: B018 - to look is what is tried


@pytest.mark.usefixtures("small_files")
def test_a_review_sees_them_as_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = read(pipeline.generate(written(TWO_RESOURCES, tmp_path), "pets").files)
    monkeypatch.undo()
    one = read(pipeline.generate(written(TWO_RESOURCES, tmp_path), "pets").files)
    assert many == one


@pytest.mark.usefixtures("small_files")
def test_what_is_not_needed_is_not_loaded(tmp_path: Path) -> None:
    script = """
import sys
import pets_by_need
assert not [name for name in sys.modules if name.startswith("pets_by_need.")]  # see `lazily`
from pets_by_need import AsyncClient, Client
client = Client(base_url="http://pets.test")
def loaded():
    parts = ("models", "resources", "_operations")
    names = (name.removeprefix("pets_by_need.") for name in sys.modules if name.startswith("pets_by_need."))
    return sorted(name for name in names if name.startswith(parts))
print(loaded())
client.toys
print(loaded())
from pets_by_need.models import Toy
print(loaded())
"""
    placed(pipeline.generate(written(TWO_RESOURCES, tmp_path), "pets_by_need").files, tmp_path / "pets_by_need")
    made = subprocess.run(
        [sys.executable, "-B", "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    before, resource, model = map(eval, made.stdout.splitlines())
    assert before == ["resources"]
    assert resource == ["_operations", "_operations.toys", "models", "resources", "resources.toys"]
    assert {*model} - {*resource} == {"models._base", "models._part", "models._toy"}
