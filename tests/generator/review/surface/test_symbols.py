"""Which change of a description is put behind which change of a symbol."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import pipeline
from generator.document import load, upgrade
from generator.review import catalogue
from generator.review.change import Change, Level, Place, Wire
from generator.review.revision import Revision
from generator.review.surface.anchors import Anchors
from generator.review.surface.comparison import symbol_changes
from generator.review.surface.symbols import attribute
from tests.generator.sources import NO_CONTENT, answering, described, sending

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.review.catalogue import ChangeRule

STRING = {"type": "string"}
ROOT = "/components/schemas/Root"


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


class Pair:
    """Two descriptions, and what is said of the changes between them."""

    def __init__(self, base: dict[str, Any], head: dict[str, Any], folder: Path) -> None:
        self.base = revision(base, folder / "base.json")
        self.head = revision(head, folder / "head.json")
        self.symbols = symbol_changes(self.base.files, self.head.files)

    def change(self, rule: ChangeRule, before: str = "", after: str = "", side: Side | None = None) -> Change:
        places = _place(self.base, before), _place(self.head, after)
        return Change(rule.id, "Something differs", Wire.BREAKING, side, places[0], places[1])

    def attribute(self, *changes: Change) -> list[Change]:
        return list(attribute(changes, self.symbols, self.base, self.head))

    def symbols_of(self, rule: ChangeRule, before: str = "", after: str = "", side: Side | None = None) -> list[str]:
        """The symbols that a change gets, where it is the only one."""
        return [str(one.symbol) for one in self.attribute(self.change(rule, before, after, side))[0].symbols]


def _place(side: Revision, pointer: str) -> Place | None:
    if not pointer:
        return None
    found = side.document.find(pointer)
    assert found is not None, pointer
    return Place(pointer, found.location)


def revision(description: dict[str, Any], file: Path) -> Revision:
    file.write_text(json.dumps(description, indent=1), encoding="utf-8")
    api, _, found = pipeline.inspect(file)
    return Revision(file.name, upgrade(load(file)), api, pipeline.generate(file, "pets").files, found)


def test_a_field_goes_with_its_property(tmp_path: Path) -> None:
    pair = Pair(sending(obj(a=STRING, b=STRING)), sending(obj(a={**STRING, "maxLength": 5}, b=STRING)), tmp_path)
    made = pair.attribute(
        pair.change(catalogue.DESCRIPTION_CHANGED, f"{ROOT}/properties/a", f"{ROOT}/properties/a"),
        pair.change(catalogue.MAX_LENGTH_LOWERED, f"{ROOT}/properties/a", f"{ROOT}/properties/a/maxLength", "request"),
        pair.change(catalogue.DEFAULT_CHANGED, f"{ROOT}/properties/b", f"{ROOT}/properties/b", "request"),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [[], ["models.Root.a"], []]
    assert [change.python for change in made] == [Level.PATCH, Level.MAJOR, Level.PATCH]


def test_a_symbol_is_put_with_every_change_of_its_place(tmp_path: Path) -> None:
    pair = Pair(sending(obj(a=STRING)), sending(obj(a={"type": "integer", "minimum": 1})), tmp_path)
    where = f"{ROOT}/properties/a"
    made = pair.attribute(
        pair.change(catalogue.TYPE_CHANGED, f"{where}/type", f"{where}/type", "request"),
        pair.change(catalogue.MINIMUM_RAISED, where, f"{where}/minimum", "request"),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [["models.Root.a"]] * 2


def test_only_symbols_of_the_side_of_a_change_are_taken(tmp_path: Path) -> None:
    def both(pet: dict[str, Any]) -> dict[str, Any]:
        made = sending(ref("Pet"), Pet=pet)
        operation = made["paths"]["/"]["post"]
        operation["responses"] = {"200": {"description": ".", "content": operation["requestBody"]["content"]}}
        return made

    pair = Pair(both(obj(a=STRING)), both(obj("a", a=STRING)), tmp_path)
    where = "/components/schemas/Pet"
    expected: list[tuple[Side, str, Level]] = [("request", "PetRequest", Level.MAJOR), ("response", "Pet", Level.MINOR)]
    for side, symbol, level in expected:
        before, after = f"{where}/properties/a", f"{where}/required"
        found = pair.attribute(pair.change(catalogue.PROPERTY_BECAME_REQUIRED, before, after, side))[0]
        assert [one.symbol for one in found.symbols] == [f"models.{symbol}.a"]
        assert found.python is level
    rule = catalogue.PROPERTY_BECAME_REQUIRED
    assert pair.symbols_of(rule, "", f"{where}/required/0") == ["models.Pet.a", "models.PetRequest.a"]


def test_a_property_of_a_base_is_a_field_of_each_class_built_on_it(tmp_path: Path) -> None:
    def description(kind: dict[str, Any]) -> dict[str, Any]:
        cat = {"allOf": [ref("Base"), obj(purrs=STRING)]}
        dog = {"allOf": [obj(barks=STRING), ref("Base")]}
        return sending(obj(cat=ref("Cat"), dog=ref("Dog")), Cat=cat, Dog=dog, Base=obj(kind=kind))

    pair = Pair(description(STRING), description({"type": "integer"}), tmp_path)
    where = "/components/schemas/Base/properties/kind/type"
    assert pair.symbols_of(catalogue.TYPE_CHANGED, where, where, "request") == ["models.Cat.kind", "models.Dog.kind"]


def test_a_field_that_two_parts_declare_is_found_from_both(tmp_path: Path) -> None:
    def description(most: int) -> dict[str, Any]:
        base = obj(kind={**STRING, "maxLength": most})
        return sending({"allOf": [obj(kind={"description": "It."}, a=STRING), ref("Base")]}, Base=base)

    pair = Pair(description(5), description(4), tmp_path)
    where = "/components/schemas/Base/properties/kind/maxLength"
    assert pair.symbols_of(catalogue.MAX_LENGTH_LOWERED, where, where, "request") == ["models.Root.kind"]


def test_a_new_property_brings_all_classes_below_it_and_behind_its_references(tmp_path: Path) -> None:
    owner = obj(home=obj(street=STRING), pet=ref("Pet"))
    pair = Pair(
        answering(obj(a=STRING)),
        answering(obj(a=STRING, owner=owner), Pet=obj(toy=ref("Toy")), Toy=obj(x=STRING)),
        tmp_path,
    )
    assert pair.symbols_of(catalogue.PROPERTY_ADDED, "", f"{ROOT}/properties/owner", "response") == [
        "models.Pet",
        "models.Root.owner",
        "models.RootOwner",
        "models.RootOwnerHome",
        "models.Toy",
    ]
    assert len(pair.attribute(pair.change(catalogue.PROPERTY_ADDED, "", f"{ROOT}/properties/owner", "response"))) == 1


def test_a_property_that_was_removed_takes_its_class_along(tmp_path: Path) -> None:
    pair = Pair(sending(obj(a=STRING, b=obj(x=STRING))), sending(obj(a=STRING)), tmp_path)
    rule = catalogue.PROPERTY_REMOVED
    assert pair.symbols_of(rule, f"{ROOT}/properties/b", "", "request") == ["models.Root.b", "models.RootB"]
    # Where it was is no place of a change of the class.
    assert pair.symbols_of(rule, f"{ROOT}/properties/b", ROOT, "request") == ["models.Root.b", "models.RootB"]


def test_rules_between_fields_go_with_conditions_alone(tmp_path: Path) -> None:
    plain = obj(a=STRING, b=STRING)
    base = {**plain, "not": {"required": ["a", "b"]}}
    head = {**obj(a={**STRING, "maxLength": 5}, b=STRING), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    pair = Pair(sending(base), sending(head), tmp_path)
    made = pair.attribute(
        pair.change(catalogue.CONDITION_ADDED, ROOT, f"{ROOT}/anyOf/0/required/0", "request"),
        pair.change(catalogue.CONDITION_DROPPED, f"{ROOT}/not/required/0", ROOT, "request"),
        pair.change(catalogue.MAX_LENGTH_LOWERED, "", f"{ROOT}/properties/a/maxLength", "request"),
        pair.change(catalogue.EXTENSION_CHANGED, ROOT, ROOT, "request"),
    )
    assert [[one.message for one in change.symbols] for change in made] == [
        ["`models.Root` has a new rule: at least one of a and b is given"],
        ["`models.Root` no longer has the rule: a and b are not given together"],
        ["`models.Root.a` takes at most 5 characters, was unlimited"],
        [],
    ]


def test_groups_go_with_their_pattern(tmp_path: Path) -> None:
    base = {**obj(a=STRING), "patternProperties": {"^x": STRING}}
    head = {**obj(a=STRING), "additionalProperties": STRING}
    pair = Pair(sending(base), sending(head), tmp_path)
    pattern = f"{ROOT}/patternProperties/^x"
    made = pair.attribute(
        pair.change(catalogue.PATTERN_PROPERTY_REMOVED, pattern, ROOT, "request"),
        pair.change(catalogue.ADDITIONAL_PROPERTIES_LOOSENED, ROOT, f"{ROOT}/additionalProperties", "request"),
    )
    assert "models.Root.pattern_properties" in [one.symbol for one in made[0].symbols]
    assert "models.Root.additional_properties" in [one.symbol for one in made[1].symbols]
    assert len(made) == 2


def test_elements_with_a_name_of_their_own(tmp_path: Path) -> None:
    def description(item: dict[str, Any]) -> dict[str, Any]:
        return sending(obj(a={"type": "array", "items": item}))

    where = f"{ROOT}/properties/a/items"
    pair = Pair(description({**STRING, "maxLength": 5}), description({**STRING, "maxLength": 4}), tmp_path)
    rule = catalogue.MAX_LENGTH_LOWERED
    assert pair.symbols_of(rule, f"{where}/maxLength", f"{where}/maxLength", "request") == ["models.RootAItem"]
    pair = Pair(description({**STRING, "maxLength": 5}), description(STRING), tmp_path)
    found = pair.symbols_of(catalogue.MAX_LENGTH_RAISED, f"{where}/maxLength", where, "request")
    assert found == ["models.Root.a", "models.RootAItem"]


def calling(operation_id: str = "read", tag: str = "pets", **operation: Any) -> dict[str, Any]:
    made = {"operationId": operation_id, "tags": [tag], "responses": NO_CONTENT, **operation}
    return described(
        {"/pets": {"get": made, "head": {"operationId": "peek", "tags": ["kept"], "responses": NO_CONTENT}}}
    )


def query(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {**STRING, **schema}}


GET = "/paths/~1pets/get"


def test_arguments_go_with_parameters(tmp_path: Path) -> None:
    base = calling(parameters=[query("a", maxLength=9), query("b")])
    head = calling(parameters=[query("dry-run"), query("a", maxLength=5)])
    pair = Pair(base, head, tmp_path)
    made = pair.attribute(
        pair.change(catalogue.PARAMETER_ADDED, "", f"{GET}/parameters/0", "request"),
        pair.change(catalogue.PARAMETER_REMOVED, f"{GET}/parameters/1", "", "request"),
        pair.change(
            catalogue.MAX_LENGTH_LOWERED,
            f"{GET}/parameters/0/schema/maxLength",
            f"{GET}/parameters/1/schema/maxLength",
            "request",
        ),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["Pets.read(..., dry_run=)"],
        ["Pets.read(..., b=)"],
        ["Pets.read(..., a=)"],
    ]


def test_a_parameter_of_the_components_is_an_argument_of_every_method_with_it(tmp_path: Path) -> None:
    def description(most: int) -> dict[str, Any]:
        made = calling(parameters=[{"$ref": "#/components/parameters/Key"}])
        made["paths"]["/pets"]["head"]["parameters"] = [{"$ref": "#/components/parameters/Key"}]
        key = {"name": "Key", "in": "header", "schema": ref("Key")}
        return {**made, "components": {"parameters": {"Key": key}, "schemas": {"Key": {**STRING, "maxLength": most}}}}

    pair = Pair(description(9), description(5), tmp_path)
    where = "/components/schemas/Key/maxLength"
    assert pair.symbols_of(catalogue.MAX_LENGTH_LOWERED, where, where, "request") == ["models.Key"]
    base, head = description(9), description(5)
    for one in (base, head):
        one["components"]["parameters"]["Key"]["schema"] = one["components"].pop("schemas")["Key"]
    pair = Pair(base, head, tmp_path)
    where = "/components/parameters/Key/schema/maxLength"
    found = pair.symbols_of(catalogue.MAX_LENGTH_LOWERED, where, where, "request")
    assert found == ["Kept.peek(..., key=)", "Pets.read(..., key=)"]


def test_methods_go_with_operations_and_results_with_answers(tmp_path: Path) -> None:
    def answer(schema: dict[str, Any]) -> dict[str, Any]:
        return {"200": {"description": ".", "content": {"application/json": {"schema": schema}}}}

    pair = Pair(
        calling(responses=answer(STRING)),
        calling("fetch", responses=answer(STRING)),
        tmp_path,
    )
    where = f"{GET}/operationId"
    assert pair.symbols_of(catalogue.OPERATION_RENAMED, where, where) == ["Pets.fetch", "Pets.read"]
    assert pair.symbols_of(catalogue.SECURITY_TIGHTENED, GET, GET) == []
    pair = Pair(calling(responses=answer(STRING)), calling(responses=answer({"type": "integer"})), tmp_path)
    where = f"{GET}/responses/200"
    schema = f"{where}/content/application~1json/schema/type"
    assert pair.symbols_of(catalogue.TYPE_CHANGED, schema, schema, "response") == ["Pets.read(...)"]
    assert pair.symbols_of(catalogue.HEADER_ADDED, where, where, "response") == []
    pair = Pair(calling(), calling(deprecated=True), tmp_path)
    assert pair.symbols_of(catalogue.OPERATION_DEPRECATED, GET, f"{GET}/deprecated") == ["Pets.read"]


def test_a_resource_goes_with_its_last_operation_or_another_tag(tmp_path: Path) -> None:
    pair = Pair(calling(), calling(tag="animals"), tmp_path)
    where = f"{GET}/tags"
    found = pair.symbols_of(catalogue.TAG_MOVED, where, where)
    assert found == ["Animals.read", "Client.animals", "Client.pets", "Pets.read"]


def test_a_new_operation_brings_what_stands_below_it_and_behind_its_references(tmp_path: Path) -> None:
    content = {"application/json": {"schema": ref("Pet")}}
    head = calling()
    head["paths"]["/more"] = {
        "post": {
            "operationId": "more",
            "tags": ["pets"],
            "requestBody": {"required": True, "content": {"application/json": {"schema": obj(a=STRING)}}},
            "responses": {"200": {"description": ".", "content": content}},
        }
    }
    head["components"] = {"schemas": {"Pet": obj(toy=ref("Toy")), "Toy": obj(x=STRING)}}
    pair = Pair(calling(), head, tmp_path)
    made = pair.attribute(pair.change(catalogue.OPERATION_ADDED, "", "/paths/~1more/post"))
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["Pets.more", "models.MoreRequest", "models.Pet", "models.Toy"]
    ]
    assert made[0].python is Level.MINOR


def test_a_method_that_stays_while_its_path_is_another(tmp_path: Path) -> None:
    def description(name: str, kind: str) -> dict[str, Any]:
        parameter = {"name": name, "in": "path", "required": True, "schema": STRING}
        answer = {"200": {"description": ".", "content": {"application/json": {"schema": {"type": kind}}}}}
        operation = {"operationId": "read", "tags": ["pets"], "responses": answer}
        return described({f"/{name}s/{{{name}}}": {"parameters": [parameter], "get": operation}})

    pair = Pair(description("pet", "string"), description("animal", "integer"), tmp_path)
    made = pair.attribute(
        pair.change(catalogue.OPERATION_REMOVED, "/paths/~1pets~1{pet}/get", ""),
        pair.change(catalogue.OPERATION_ADDED, "", "/paths/~1animals~1{animal}/get"),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["Pets.read(..., pet=)"],
        ["Pets.read(...)", "Pets.read(..., animal=)"],
    ]


def test_credentials_and_addresses(tmp_path: Path) -> None:
    def secured(url: str, **schemes: dict[str, Any]) -> dict[str, Any]:
        more = {"components": {"securitySchemes": schemes}, "security": [{name: []} for name in schemes]}
        return {**calling(), **more, "servers": [{"url": url}]}

    http = {"type": "http", "scheme": "bearer"}
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    pair = Pair(secured("https://a.example", bearer=http), secured("https://b.example", key=key), tmp_path)
    made = pair.attribute(
        pair.change(catalogue.SECURITY_TIGHTENED, "/security", "/security"),
        pair.change(catalogue.SERVER_REMOVED, "/servers/0", "/servers"),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["Client(..., key=)", "Client(..., token=)"],
        ["Client(..., base_url=)"],
    ]


def test_a_renamed_component_takes_the_classes_named_after_it(tmp_path: Path) -> None:
    base = sending(obj(pet=ref("Pet")), Pet=obj(x=obj(y=STRING), z=STRING))
    head = sending(obj(pet=ref("Animal")), Animal=obj(x=obj(y=STRING), z={**STRING, "maxLength": 5}))
    pair = Pair(base, head, tmp_path)
    old, new = "/components/schemas/Pet", "/components/schemas/Animal"
    made = pair.attribute(
        pair.change(catalogue.COMPONENT_RENAMED, old, new),
        pair.change(catalogue.MAX_LENGTH_LOWERED, f"{old}/properties/z", f"{new}/properties/z/maxLength", "request"),
        pair.change(catalogue.DESCRIPTION_CHANGED, old, new),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["models.Animal", "models.AnimalX", "models.Pet", "models.PetX"],
        ["models.Animal.z"],
        [],
    ]


def test_alternatives_change_their_names_with_their_numbers(tmp_path: Path) -> None:
    cat, dog = obj("kind", kind={"const": "cat"}, x=STRING), obj("kind", kind={"const": "dog"}, y=STRING)
    pair = Pair(sending({"oneOf": [cat, dog]}), sending({"oneOf": [dog]}), tmp_path)
    made = pair.attribute(pair.change(catalogue.ALTERNATIVE_REMOVED, f"{ROOT}/oneOf/0", f"{ROOT}/oneOf", "request"))
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["models.Root", "models.RootOption1.kind", "models.RootOption1.x", "models.RootOption1.y", "models.RootOption2"]
    ]


def test_a_cause_on_one_side_takes_no_symbols_of_the_other(tmp_path: Path) -> None:
    def both(pet: dict[str, Any]) -> dict[str, Any]:
        made = sending(ref("Pet"), Pet=pet)
        operation = made["paths"]["/"]["post"]
        operation["responses"] = {"200": {"description": ".", "content": operation["requestBody"]["content"]}}
        return made

    pair = Pair(both(obj(a=STRING)), both(obj(a=STRING, b=obj(c=obj(d=STRING)))), tmp_path)
    where = "/components/schemas/Pet/properties/b"
    made = pair.attribute(
        pair.change(catalogue.PROPERTY_ADDED, "", where, "request"),
        pair.change(catalogue.PROPERTY_ADDED, "", where, "response"),
    )
    assert [[one.symbol for one in change.symbols] for change in made] == [
        ["models.PetRequest.b", "models.PetRequestB", "models.PetRequestBC"],
        ["models.Pet.b", "models.PetB", "models.PetBC"],
    ]


def test_what_has_no_schema_has_a_place_all_the_same(tmp_path: Path) -> None:
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    base = calling(parameters=[query("a")])
    head = {**calling(), "components": {"securitySchemes": {"key": key}}, "security": [{"key": []}]}
    made = Pair(base, head, tmp_path).attribute()
    places = [(change.before and change.before.pointer, change.after and change.after.pointer) for change in made]
    assert places == [("", "/components/securitySchemes"), (f"{GET}/parameters/0", None)]


def test_symbols_without_a_cause_are_changes_of_their_own(tmp_path: Path) -> None:
    base = sending(obj(pet=ref("Pet"), owner=ref("Owner")), Pet=obj(x=STRING), Owner=obj(y=STRING))
    head = sending(obj(pet=ref("Animal"), owner=obj(y=STRING)), Animal=obj(x=STRING))
    pair = Pair(base, head, tmp_path)
    given = pair.change(catalogue.DESCRIPTION_CHANGED, "/info/title", "/info/title")
    first, *made = pair.attribute(given)
    assert first == given
    assert [change.rule for change in made] == ["names-changed"] * 2
    assert [change.message for change in made] == [
        "Python names differ: `models.Pet` renamed to `models.Animal`",
        "Python names differ: `models.Owner` renamed to `models.RootOwner`",
    ]
    assert [(change.wire, change.side, change.python) for change in made] == [(Wire.DOCS, None, Level.MAJOR)] * 2
    places = [(change.before and change.before.pointer, change.after and change.after.pointer) for change in made]
    assert places == [
        ("/components/schemas/Pet", "/components/schemas/Animal"),
        ("/components/schemas/Owner", f"{ROOT}/properties/owner"),
    ]
    locations = [change.after.location for change in made if change.after is not None]
    assert [one.file.rpartition("/")[2] for one in locations] == ["head.json", "head.json"]


def test_every_symbol_stands_somewhere_whatever_the_changes(tmp_path: Path) -> None:
    pair = Pair(sending(obj(a=STRING, b=obj(c=STRING))), answering(obj(a={"type": "integer"})), tmp_path)
    assert {one for change in pair.attribute() for one in change.symbols} == set(pair.symbols)


@pytest.mark.parametrize("case", ["hostile", "methods", "rules", "security", "shapes"])
def test_every_name_of_a_package_has_a_place_in_its_description(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parents[3] / "cases" / "generate" / case
    monkeypatch.chdir(folder)
    file = Path("openapi.yaml")
    api, _, found = pipeline.inspect(file)
    assert api is not None
    anchors = Anchors(Revision(case, upgrade(load(file)), api, {}, found))
    models = [f"models.{one.name}" for one in api.schemas]
    fields = [f"models.{one.name}.{field.name}" for one in api.schemas for field in one.properties]
    methods = [(f"{one.class_name}.{method.name}", method) for one in api.resources for method in one.operations]
    arguments = [f"{name}(..., {one.name}=)" for name, method in methods for one in method.parameters]
    names = [*models, *fields, *(name for name, _ in methods), *arguments]
    assert names
    assert [name for name in names if anchors.place(name) is None] == []
    for schema in api.schemas:
        node = anchors.place(f"models.{schema.name}")
        assert node is not None
        assert schema.definition.location in (node.object.location, node.resolve().object.location, node.location)


def test_without_a_package_nothing_is_said(tmp_path: Path) -> None:
    pair = Pair(sending(obj(a=STRING)), sending(obj(a={**STRING, "maxLength": 5})), tmp_path)
    change = pair.change(catalogue.MAX_LENGTH_LOWERED, "", f"{ROOT}/properties/a/maxLength", "request")
    none = Revision("none", pair.base.document, None, {}, ())
    assert attribute((change,), pair.symbols, none, pair.head) == (change,)
    assert attribute((change,), pair.symbols, pair.base, none) == (change,)
    assert attribute((change,), (), pair.base, pair.head) == (change,)
