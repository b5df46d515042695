"""What operations share is written once, in the lowest file that all of them see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.package.operations import operation_files
from tests.generator.sources import NO_CONTENT, built, described

if TYPE_CHECKING:
    from pathlib import Path

    from generator.package.operations import File


def operation(name: str, tag: str, **parameters: dict[str, Any]) -> dict[str, Any]:
    listed = [{"name": wire, "in": "query", "schema": schema} for wire, schema in parameters.items()]
    return {"operationId": name, "tags": [tag], "parameters": listed, "responses": NO_CONTENT}


def files(folder: Path, *operations: dict[str, Any]) -> dict[str, File]:
    api, _ = built(described({f"/{place}": {"get": one} for place, one in enumerate(operations)}), folder)
    return operation_files(api)


def parameters(file: File) -> list[str]:
    return [dict(arguments).get("parameters", "") for _, _, arguments in file.operations]


TEXT, NUMBER, LONG = {"type": "string"}, {"type": "integer"}, {"type": "string", "maxLength": 9}


def test_what_one_resource_shares_stands_in_its_file_and_what_several_share_stands_apart(tmp_path: Path) -> None:
    made = files(
        tmp_path,
        operation("list_pets", "pets", page=NUMBER, kind=TEXT),
        operation("find_pets", "pets", page=NUMBER, kind=TEXT, own=TEXT),
        operation("list_toys", "toys", page=NUMBER),
    )
    assert [*made] == ["_shared", "pets", "toys"]
    assert [name for name, _ in made["_shared"].shared] == ["EMPTY_204", "PAGE"]
    assert [name for name, _ in made["pets"].shared] == ["KIND"]
    assert made["toys"].imported == ("EMPTY_204", "PAGE")
    assert parameters(made["pets"]) == [
        "(PAGE, KIND)",
        """(PAGE, KIND, Parameter('own', 'own', 'query', str, style='form', explode=True))""",
    ]


def test_several_of_one_name_are_numbered_and_none_has_that_of_an_operation(tmp_path: Path) -> None:
    made = files(
        tmp_path,
        *(operation(f"long{place}", "pets", q=LONG) for place in range(3)),
        *(operation(f"text{place}", "pets", q=TEXT) for place in range(2)),
        operation("q3", "pets"),
        operation("Q", "toys"),
    )
    names = {name: "Field" in source for name, source in made["pets"].shared if name.startswith("Q")}
    assert names == {"Q2": True, "Q4": False}


def test_nothing_is_shared_by_one(tmp_path: Path) -> None:
    made = files(tmp_path, operation("read", "pets", q=TEXT))
    assert [*made] == ["pets"]
    assert made["pets"].shared == ()
