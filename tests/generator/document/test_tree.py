"""The tree: cursors, pointers, references, and the places that go with every value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Location
from generator.document import loader
from generator.document.tree import Array, Document, Object, escape, unescape

TEXT = """\
openapi: 3.1.1
info: {title: T, version: "1"}
paths:
  /pets/{a~b}:
    get:
      tags: [one, two]
      deprecated: true
components:
  schemas:
    Pet: {type: object}
    Alias: {$ref: "#/components/schemas/Pet"}
    Chain: {$ref: "#/components/schemas/Alias"}
    Dead: {$ref: "#/components/schemas/Nothing"}
    Left: {$ref: "#/components/schemas/Right"}
    Right: {$ref: "#/components/schemas/Left"}
    Own: {$ref: "#/components/schemas/Own"}
    Tilde: {$ref: "#/paths/~1pets~1%7Ba~0b%7D/get"}
"""


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Document:
    (tmp_path / "api.yaml").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return loader.load(Path("api.yaml"))


def test_find_follows_a_pointer_and_a_fragment(document: Document) -> None:
    for pointer in ("/paths/~1pets~1{a~0b}/get", "#/paths/~1pets~1%7Ba~0b%7D/get"):
        found = document.find(pointer)
        assert found is not None
        assert found.pointer == "/paths/~1pets~1{a~0b}/get"
        assert found.is_true("deprecated")
    root = document.find("")
    assert root is not None
    assert root.value is document.root


@pytest.mark.parametrize("pointer", ["/nothing", "#nothing", "nothing", "/paths/x/y", "/openapi/0", "/info/title/x"])
def test_find_of_what_is_not_there(pointer: str, document: Document) -> None:
    assert document.find(pointer) is None


@pytest.mark.parametrize("index", ["2", "-1", "01x", "", "99999999999999999999"])
def test_find_of_an_element_that_is_not_there(index: str, document: Document) -> None:
    assert document.find(f"/paths/~1pets~1{{a~0b}}/get/tags/{index}") is None


def test_elements_and_members_in_order_with_places(document: Document) -> None:
    get = document.node["paths"]["/pets/{a~b}"]["get"]
    assert [(one.value, one.pointer[-7:], one.location) for one in get.elements_of("tags")] == [
        ("one", "/tags/0", Location("api.yaml", 6, 14)),
        ("two", "/tags/1", Location("api.yaml", 6, 19)),
    ]
    assert [key for key, _ in get.members()] == ["tags", "deprecated"]
    assert [str(one.location) for _, one in get.members()] == ["api.yaml:6:7", "api.yaml:7:7"]


def test_reading_what_is_not_there_is_empty(document: Document) -> None:
    title = document.node["info"]["title"]
    assert (list(title.members()), list(title.elements()), list(title.children())) == ([], [], [])
    assert (title.text("x", "else"), title.is_true("x"), title.object, title.reference) == ("else", False, {}, None)
    assert document.node["info"].text("version") == "1"
    assert list(document.node.members_of("nothing")) == []
    assert list(document.node.elements_of("openapi")) == []
    with pytest.raises(KeyError, match="nothing"):
        document.node["nothing"]


def test_resolve_follows_chains_and_stops_where_they_break(document: Document) -> None:
    schemas = document.node["components"]["schemas"]
    assert schemas["Chain"].resolve().pointer == "/components/schemas/Pet"
    assert schemas["Dead"].resolve().pointer == "/components/schemas/Dead"
    assert schemas["Own"].resolve().pointer == "/components/schemas/Own"
    assert schemas["Left"].resolve().key in {"Left", "Right"}
    assert schemas["Tilde"].resolve().is_true("deprecated")
    assert schemas["Pet"].resolve() == schemas["Pet"]


def test_at_follows_references_on_the_way(document: Document) -> None:
    found = document.node.at("components", "schemas", "Chain", "type")
    assert found is not None
    assert (found.value, found.pointer) == ("object", "/components/schemas/Pet/type")
    assert document.node.at("components", "nothing", "Chain") is None


def test_walk_is_depth_first_and_whole(document: Document) -> None:
    info = document.node["info"]
    assert [one.pointer for one in info.walk()] == ["/info", "/info/title", "/info/version"]
    pointers = [one.pointer for one in document.node.walk()]
    assert len(pointers) == len(set(pointers)) == 30


def test_changed_leaves_the_original_and_keeps_places(document: Document) -> None:
    info = document.node["info"].object
    changed = info.changed({"title": "New", "more": 1}, drop=["version"])
    assert changed == {"title": "New", "more": 1}
    assert info == {"title": "T", "version": "1"}
    assert (changed.location, changed.places) == (info.location, info.places)


def test_members_without_a_place_stand_where_their_object_does() -> None:
    here = Location("a", 1, 2)
    root = Object({"x": Array([Decimal(1)], here)}, here)
    found = Document(root, ("a",)).find("/x/0")
    assert found is not None
    assert (found.value, found.location) == (Decimal(1), here)


@given(key=st.text(max_size=12))
def test_any_key_survives_a_pointer(key: str) -> None:
    assert unescape(escape(key)) == key
    assert "/" not in escape(key)
    here = Location("a", 1, 1)
    root = Object({key: Object({key: "found"}, here)}, here)
    found = Document(root, ("a",)).find(f"/{escape(key)}/{escape(key)}")
    assert found is not None
    assert (found.value, found.key) == ("found", key)
