"""The page of a review: its HTML, and the page in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Location, Severity
from generator.document import load, upgrade
from generator.document.tree import Array, Object
from generator.review.change import (
    Change,
    Evidence,
    FileChange,
    Level,
    Place,
    Review,
    SymbolChange,
    SymbolKind,
    Use,
    Versions,
    Waiver,
    Wire,
)
from generator.review.forms import headline, messages, sections
from generator.review.page import html as page_module
from generator.review.page import rows as rows_module
from generator.review.page.html import as_html
from tests.browser import chromium, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

    from generator.document.tree import Document
    from tests.browser import Visit

BASE = """
openapi: 3.1.1
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}, {url: 'https://old.example'}]
paths:
  /pets:
    get:
      operationId: listPets
      summary: All pets
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
      responses:
        '200':
          description: The pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    post:
      operationId: createPet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Done.}}
  /orders:
    get:
      operationId: listOrders
      responses: {'200': {description: The orders.}}
  /users:
    delete: {operationId: deleteUsers, responses: {'204': {description: Done.}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      allOf:
        - description: A pet has a chip or a tattoo.
          anyOf: [{required: [chip]}, {required: [tattoo]}]
      properties:
        name: {type: string, maxLength: 64, description: What it is `called` at home.}
        chip: {type: string}
        tattoo: {type: string}
        colour: {type: string, enum: [red, brown]}
        weight: {type: number, exclusiveMinimum: 0}
        owner: {$ref: '#/components/schemas/Owner'}
        young: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Owner:
      type: object
      properties: {email: {type: string, format: email}, phone: {type: string}}
    Unused: {type: string, maxLength: 3}
"""
HEAD = (
    BASE.replace("version: 1.0.0", "version: 1.1.0")
    .replace(", {url: 'https://old.example'}", "")
    .replace(
        "maxLength: 64, description: What it is `called` at home.", "maxLength: 32, description: What it is named."
    )
    .replace("[red, brown]", "[red, brown, black]")
    .replace("        tattoo: {type: string}\n", "")
    .replace("anyOf: [{required: [chip]}, {required: [tattoo]}]", "anyOf: [{required: [chip]}, {required: [name]}]")
    .replace("email: {type: string, format: email}", "email: {type: string, format: email}, city: {type: string}")
    .replace("  /users:\n    delete: {operationId: deleteUsers, responses: {'204': {description: Done.}}}\n", "")
    .replace("maxLength: 3}", "maxLength: 2}")
)
PET = "/components/schemas/Pet"
SAYS = Versions("1.0.0", "1.1.0", "1.0.0", "2.0.0", Level.MAJOR, False, False, "`info.version` must be 2.0.0.")
HERE = Location("here", 1, 1)
LONG = "x" * 300
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&\u202egnp.exe\u0007 javascript:alert(3)"


def document(text: str, folder: Path, name: str) -> Document:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return upgrade(load(file))


def place(of: Document, pointer: str) -> Place:
    node = of.find(pointer)
    assert node is not None, pointer
    return Place(pointer, node.location)


@dataclass(frozen=True)
class Sample:
    review: Review
    base: Document
    head: Document

    @property
    def html(self) -> str:
        return as_html(self.review, self.base, self.head)


def pets(folder: Path) -> Sample:
    base, head = document(BASE, folder, "base.yaml"), document(HEAD, folder, "head.yaml")
    name, removed = f"{PET}/properties/name", f"{PET}/properties/tattoo"
    uses = (Use("GET /pets", "200 response", "[*].name"), Use("POST /pets", "request body", "name"))
    evidence = Evidence(Object({"name": "x" * 40}, HERE), True, False, "it is longer than 32 characters")
    symbol = SymbolChange(
        "models.Pet.tattoo", SymbolKind.REMOVED, Level.MAJOR, "str | None", "", "`models.Pet.tattoo` removed"
    )
    waiver = Waiver("server-removed", "/servers/1", "Nobody is there.", "2027-01-31", HERE)
    changes = (
        Change("max-length-lowered", "`name` has at most 32 characters, had 64", Wire.BREAKING, "request",
               place(base, f"{name}/maxLength"), place(head, f"{name}/maxLength"), uses, evidence=evidence),
        Change("property-removed", "`tattoo` is gone", Wire.BREAKING, "response", place(base, removed), None, uses[:1],
               Level.MAJOR, (symbol,)),
        Change("server-removed", "a server is gone", Wire.BREAKING, None, place(base, "/servers/1"), waiver=waiver),
        Change("operation-removed", "`DELETE /users` is gone", Wire.BREAKING, None,
               place(base, "/paths/~1users/delete")),
        Change("enum-value-added", "`colour` can be black", Wire.COMPATIBLE, "request",
               place(base, f"{PET}/properties/colour"),
               place(head, f"{PET}/properties/colour/enum/2"), uses, Level.MINOR),
        Change("property-added", "`city` is new", Wire.COMPATIBLE, "request", None,
               place(head, "/components/schemas/Owner/properties/city"), uses, Level.MINOR),
        Change("description-changed", "the description of `name` is another", Wire.DOCS, "request",
               place(base, f"{name}/description"), place(head, f"{name}/description"), uses),
        Change("max-length-lowered", "`Unused` is shorter", Wire.DOCS, None,
               place(base, "/components/schemas/Unused/maxLength"),
               place(head, "/components/schemas/Unused/maxLength")),
    )  # fmt: skip
    review = Review(
        "main",
        "api.yaml",
        SAYS,
        changes,
        findings=(Diagnostic(HERE, "unused-component", Severity.WARNING, "nothing refers to it"),),
        generated=(FileChange("models.py", 3, 2),),
        drift=("client.py",),
        notes=("The old one has no package.",),
    )
    return Sample(review, base, head)


def hostile(folder: Path) -> Sample:
    quoted = "'" + HOSTILE.replace("'", "''").replace("\u0007", "") + "'"
    text = f"""
openapi: 3.1.1
info: {{title: {quoted}, version: '1'}}
servers: [{{url: 'javascript:alert(4)', description: {quoted}}}]
paths:
  /"><script>alert(5)</script>:
    get:
      operationId: a
      summary: {quoted}
      externalDocs: {{url: 'javascript:alert(6)'}}
      responses:
        '200':
          description: {quoted}
          content:
            application/json:
              schema:
                type: object
                properties:
                  {LONG}: {{type: string, enum: [{LONG}], description: {LONG}, pattern: {LONG}, x-{LONG}: 1}}
                  {quoted}: {{type: string, enum: [{quoted}], default: {quoted}, pattern: {quoted}, x-a: {quoted}}}
"""
    one = document(text, folder, "hostile.yaml")
    schema = '/paths/~1"><script>alert(5)<~1script>/get/responses/200/content/application~1json/schema'
    node = one.find(schema)
    assert node is not None
    (_, (_, member)) = node.members_of("properties")
    at = Place(member.pointer, Location(f"{HOSTILE}.yaml", 1, 2))
    change = Change(
        "pattern-changed", HOSTILE + LONG, Wire.BREAKING, "response", at, at, (Use(HOSTILE, HOSTILE, HOSTILE),),
        Level.MAJOR, (SymbolChange(HOSTILE, SymbolKind.CHANGED, Level.MAJOR, HOSTILE, HOSTILE, HOSTILE),),
        Evidence(Array([HOSTILE], HERE), True, False, HOSTILE), Waiver(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HERE),
    )  # fmt: skip
    notes = (HOSTILE,)
    versions = Versions(HOSTILE, HOSTILE, HOSTILE, HOSTILE, Level.MAJOR, False, False, HOSTILE)
    return Sample(Review(HOSTILE, HOSTILE, versions, (change,), notes=notes, drift=notes), one, one)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    inside: tuple[Element, ...] = ()


VOID = {"meta", "input", "br", "img", "link"}


class Reader(HTMLParser):
    """All elements of a page, with their whole text; complains of tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), attrs
        one = Element(tag, dict(attrs), inside=tuple(self.open))
        self.elements.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        for one in self.open:
            one.text += data

    def having(self, name: str, value: str | None = None) -> list[Element]:
        found = [one for one in self.elements if name in one.attributes]
        return [one for one in found if value is None or one.attributes[name] == value]

    def classed(self, name: str) -> list[Element]:
        return [one for one in self.elements if name in (one.attributes.get("class") or "").split()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def sample(folder: Path) -> Sample:
    return pets(folder)


@pytest.fixture(scope="module")
def read(sample: Sample) -> Reader:
    return Reader(sample.html)


def test_equal_input_gives_equal_bytes(sample: Sample, folder: Path) -> None:
    assert sample.html == sample.html == pets(folder).html


def test_the_page_is_valid_where_it_is_easily_wrong(read: Reader) -> None:
    ids = [str(one.attributes["id"]) for one in read.having("id")]
    assert len(ids) == len(set(ids))
    for link in read.having("href"):
        assert str(link.attributes["href"]).removeprefix("#") in ids, link
    for one in read.elements:
        if one.tag in {"div", "p", "ul", "li", "details"}:
            assert not any(above.tag in {"p", "span", "summary", "bdi", "a"} for above in one.inside), one
        if one.tag == "a":
            assert not any(above.tag == "a" for above in one.inside), one
        assert "style" not in one.attributes
        assert not any(name.startswith("on") for name in one.attributes)


def test_the_policy_names_the_hashes_of_what_stands_in_the_page(sample: Sample) -> None:
    html = sample.html
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src 'none'; style-src ")
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy.replace("&#43;", "+").replace("&#39;", "'")
    assert "http" not in re.sub(r"https://(pets|old)\.example", "", html).replace("http-equiv", "")


def test_every_change_is_in_the_list_with_all_that_is_known_of_it(read: Reader) -> None:
    items = read.classed("change")
    assert [one.attributes["id"] for one in items] == [f"change-{number}" for number in range(1, 9)]
    first, second, third = (" ".join(one.text.split()) for one in items[:3])
    for words in (
        "max-length-lowered",
        "name has at most 32 characters",
        "wire breaking in requests",
        "Python no change",
    ):
        assert words in first
    assert "was accepted, is refused: it is longer" in first
    assert '"name": "' + "x" * 40 in first
    assert "it is longer than 32 characters" in first
    assert "GET /pets 200 response [*].name" in first
    assert re.search(r"- \S*base\.yaml:\d+:\d+ ?\+ \S*head\.yaml:\d+:\d+", first)
    assert "models.Pet.tattoo removed" in second
    assert "- str | None" in second
    assert re.search(rf"stands at - \S*base\.yaml:\d+:\d+ ?{PET}/properties/tattoo ?(shown|A)", second), (
        "only the base has it"
    )
    assert "waived until 2027-01-31: Nobody is there." in third


def marked(read: Reader, number: int) -> list[tuple[str, str, str, str]]:
    """Column, pointer, sign and text of each element at which a change is shown."""
    found: list[tuple[str, str, str, str]] = []
    for badge in read.having("data-change", str(number)):
        holder = next(one for one in reversed(badge.inside) if "data-pointer" in one.attributes)
        cell = next(one for one in badge.inside if "cell" in (one.attributes.get("class") or "").split())
        side = "base" if "base" in str(cell.attributes["class"]).split() else "head"
        sign = badge.text.removeprefix("change ")[0]
        text = holder.text.removeprefix(f"{side}: ").partition("change ")[0].strip()
        found.append((side, str(holder.attributes["data-pointer"]), sign, text))
    return found


def test_a_change_is_shown_at_its_very_keyword_in_every_place_of_use(read: Reader) -> None:
    pointer = f"{PET}/properties/name/maxLength"
    places = marked(read, 1)
    assert set(places) == {("base", pointer, "~", "max length 64"), ("head", pointer, "~", "max length 32")}
    assert len(places) == 4, "in the answer of one operation and in the request of another"


def test_what_is_on_one_side_leaves_a_gap_on_the_other(read: Reader) -> None:
    assert {one[:3] for one in marked(read, 2)} == {("base", f"{PET}/properties/tattoo", "-")}
    assert {one[:3] for one in marked(read, 6)} == {("head", "/components/schemas/Owner/properties/city", "+")}
    for number, side in ((2, "head"), (6, "base")):
        (badge, *_) = read.having("data-change", str(number))
        row = next(one for one in reversed(badge.inside) if one.tag == "li")
        assert f"not in {side}" in row.text


def test_a_change_deep_in_what_is_not_shown_is_at_the_nearest_that_is(sample: Sample) -> None:
    at = Place("/paths/~1orders/get/responses/200/links/next/parameters/0", HERE)
    lost = Place("/components/callbacks/gone", HERE)
    changes = tuple(Change("callback-changed", "another", Wire.DOCS, None, one, one) for one in (at, lost))
    read = Reader(as_html(replace(sample.review, changes=changes), sample.base, sample.head))
    assert {one[1] for one in marked(read, 1)} == {"/paths/~1orders/get/responses/200"}
    assert {one[1] for one in marked(read, 2)} == {""}, "the API as a whole"


def test_a_component_that_no_operation_shows_gets_a_row_of_its_own(read: Reader) -> None:
    assert [one[1] for one in marked(read, 8)] == ["/components/schemas/Unused/maxLength"] * 2


def test_rows_pair_what_has_the_same_name(read: Reader) -> None:
    for row in read.elements:
        if row.tag == "li" and "row" in str(row.attributes.get("class")) and "fold" not in str(row.attributes["class"]):
            cells = [
                one for one in read.elements if row in one.inside[-3:] and "cell" in str(one.attributes.get("class"))
            ]
            own = [one for one in cells if [above for above in one.inside if above.tag == "li"][-1] is row]
            assert len(own) == 2
            terms = [one.text for one in read.classed("term") if one.inside[-2] in own]
            assert len(set(terms)) == 1 or "rule" in str(row.attributes["class"]), terms


def test_what_changed_is_open_and_what_did_not_is_folded(read: Reader) -> None:
    for badge in read.classed("badge"):
        above = [one for one in badge.inside if one.tag == "details"]
        own = badge.inside[-1]
        for one in above:
            in_its_summary = any(each.tag == "summary" for each in badge.inside if each.inside[-1:] == (one,))
            assert "open" in one.attributes or in_its_summary or own is one
    folds = read.classed("fold")
    assert folds
    assert not any(badge.inside[:1] and fold in badge.inside for fold in folds for badge in read.classed("badge"))


def test_a_legend_tells_the_signs_of_the_page(read: Reader) -> None:
    (legend,) = read.classed("legend")
    text = " ".join(legend.text.split())
    assert text == (
        "Signs + new - gone ~ changed 1 breaks somebody 2 breaks nobody was in the base alone is in the head alone "
        "here something changed"
    )
    signs = {one.text.strip()[0] for one in read.classed("sign") if one.text.strip()}
    assert signs == set("+-~")


def test_an_extension_leads_no_row_raw(folder: Path) -> None:
    text = BASE.replace("servers:", "x-retry: {statuses: [503]}\nx-mine: [a, b]\nservers:")
    base, head = document(text, folder, "raw.yaml"), document(text, folder, "raw.yaml")
    page = as_html(Review("base", "head", SAYS), base, head)
    assert "sent again after 503" in page
    assert "x-mine: a and b" in page
    assert "x-retry" not in page


def test_rules_between_fields_are_in_words(read: Reader) -> None:
    rules = [" ".join(one.text.split()) for one in read.classed("rule") if one.tag == "li"]
    assert rules
    assert all("at least one of chip and tattoo" in one and "at least one of chip and name" in one for one in rules)


def test_the_words_of_a_text_that_differ_are_marked(read: Reader) -> None:
    assert {one.text for one in read.elements if one.tag == "del"} == {"`called` at home."}
    assert {one.text for one in read.elements if one.tag == "ins"} == {"named."}


def test_recursion_ends(read: Reader) -> None:
    omitted = {one.text for one in read.classed("omitted")}
    assert "recursive: it is shown around this" in omitted


def test_text_of_a_description_stays_text(folder: Path) -> None:
    html = hostile(folder).html
    read = Reader(html)
    scripts = [one for one in read.elements if one.tag == "script"]
    assert len(scripts) == 1
    assert "alert" not in scripts[0].text
    assert not [one for one in read.elements if one.tag == "img"]
    assert all(str(one.attributes["href"]).startswith("#") for one in read.having("href"))
    assert "\u202e" not in html
    assert "\u0007" not in html
    assert "\\u202e" in html
    assert html.count("</script>") == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="`", exclude_categories=["Cc", "Cs"])))
def test_no_text_changes_what_the_page_consists_of(tmp_path: Path, text: str) -> None:
    """Law: the elements and attributes of a page are the same whatever a description says, if it says something."""
    assume(text.strip())
    assert structure(tmp_path, text) == structure(tmp_path, "plain")


def structure(folder: Path, text: str) -> list[tuple[str, list[str]]]:
    schema = {
        "type": "object",
        "description": text,
        "properties": {text: {"enum": [text], "default": text, "x-a": text}},
    }
    content = {"application/json": {"schema": schema}}
    operation = {"summary": text, "responses": {"200": {"description": text, "content": content}}}
    described = {
        "openapi": "3.1.1",
        "info": {"title": text, "version": text},
        "paths": {f"/{text}": {"get": operation}},
    }
    one = document(json.dumps(described), folder, "one.json")
    at = Place("/info/title", HERE)
    change = Change("info-changed", text, Wire.DOCS, None, at, at, (Use(text, text, text),))
    read = Reader(as_html(Review(text, text, replace(SAYS, explanation=text), (change,), notes=(text,)), one, one))
    return [(element.tag, list(element.attributes)) for element in read.elements]


def test_a_large_description_stays_small_and_says_what_is_left_out(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "ROOM", 3_000)
    monkeypatch.setattr(rows_module, "QUIET_ROOM", 0)
    html = sample.html
    assert len(html) < len(pets_html_without_bounds(sample, monkeypatch))
    read = Reader(html)
    assert re.search("[0-9]+ parts? left out, since", html)
    assert len(read.classed("change")) == 8
    assert all(read.having("data-change", str(number)) for number in range(1, 9)), (
        "each change has a place all the same"
    )


def pets_html_without_bounds(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(rows_module, "ROOM", 10**9)
    monkeypatch.setattr(rows_module, "QUIET_ROOM", 10**9)
    return sample.html


def test_operations_without_changes_are_named_only_where_there_are_many(folder: Path) -> None:
    many = "".join(
        f"  /things{number}:\n    get: {{operationId: a{number}, responses: {{'200': {{description: It.}}}}}}\n"
        for number in range(60)
    )
    base = document(f"openapi: 3.1.1\ninfo: {{title: A, version: '1'}}\npaths:\n{many}", folder, "many.yaml")
    at = place(base, "/paths/~1things30/get/responses/200/description")
    change = Change("description-changed", "another", Wire.DOCS, None, at, at)
    read = Reader(as_html(Review("a", "b", SAYS, (change,)), base, base))
    assert len([one for one in read.classed("omitted") if one.text == "no changes"]) == 59
    assert len([one for one in read.classed("text") if one.text.startswith("It.")]) == 2


def test_late_changes_of_very_many_are_told_in_one_line(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "_DETAILED", 2)
    read = Reader(sample.html)
    assert len(read.classed("more")) == 2
    assert len(read.classed("change")) == 8


def test_what_the_review_says_is_said_in_the_words_of_the_other_forms(sample: Sample) -> None:
    error = Diagnostic(HERE, "expired-waiver", Severity.ERROR, "it expired")
    for review in (
        sample.review,
        replace(sample.review, changes=()),
        replace(sample.review, versions=replace(SAYS, head_says_it=True)),
        replace(sample.review, problems=(error,), generated=None, drift=None),
    ):
        read = Reader(as_html(review, sample.base, sample.head))
        (header,) = (one for one in read.elements if one.tag == "header")
        said = " ".join(header.text.split())
        assert headline.verdict(review) in said
        assert headline.outcome(review) in said
        assert sections.versions(review).replace("`", "") in said
        for section in sections.sections(review):
            assert section.title in said
            assert all(row.text.replace("`", "") in said for row in section.rows)
        assert len(read.classed("fails")) == (not review.passes)
        assert len(read.classed("passes")) == review.passes
    assert "No changes." in as_html(replace(sample.review, changes=()), sample.base, sample.head)


def test_both_verdicts_of_a_change_are_said_in_the_words_of_the_other_forms(sample: Sample, read: Reader) -> None:
    for change, item in zip(sample.review.changes, read.classed("change"), strict=True):
        said = " ".join(item.text.split())
        assert f"wire {messages.wire(change)} Python {messages.python(change, sample.review)}" in said
        assert item.attributes["data-group"] == messages.GROUPS[change.level]
        assert (messages.pointer(change) in said) is change.is_breaking
    unknown = Reader(as_html(replace(sample.review, generated=None), sample.base, sample.head))
    assert "Python not known" in " ".join(unknown.classed("change")[0].text.split())


def test_what_became_of_a_name_is_code_and_told_once(sample: Sample) -> None:
    gone = SymbolChange("m.A", SymbolKind.REMOVED, Level.MAJOR, "m.A", "m.B", "`m.A` renamed to `m.B`")
    come = SymbolChange("m.B", SymbolKind.ADDED, Level.MINOR, "m.A", "m.B", "`m.B` added, the new name of `m.A`")
    is_check = SymbolChange("m.C", SymbolKind.CHANGED, Level.MAJOR, "9", "at most 5", "`m.C` takes at most 5, was 9")
    added = SymbolChange("m.D", SymbolKind.ADDED, Level.MINOR, "", "int", "`m.D` added")
    change = replace(sample.review.changes[0], symbols=(gone, come, is_check, added))
    read = Reader(as_html(replace(sample.review, changes=(change,)), sample.base, sample.head))
    (listed,) = read.classed("symbols")
    assert " ".join(listed.text.split()) == (
        "major m.A renamed to m.B major m.C takes at most 5, was 9 minor m.D added+ int"
    )
    named = [one.text for one in read.elements if one.tag == "code" and listed in one.inside]
    assert named == ["m.A", "m.B", "m.C", "m.D", "+ int"]


def test_a_long_value_is_cut_short(sample: Sample) -> None:
    evidence = Evidence("x" * 5_000, True, False, f'"{"x" * 5_000}" is too long')
    change = replace(sample.review.changes[0], evidence=evidence)
    read = Reader(as_html(replace(sample.review, changes=(change,)), sample.base, sample.head))
    said = " ".join(read.classed("change")[0].text.split())
    assert '"xxxxxxxxxxxx…" (5,000 characters) was accepted, is refused: "xxxxxxxxxxxx…" is too long' in said


# -- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def url(sample: Sample, folder: Path) -> str:
    file = folder / "review.html"
    file.write_text(sample.html, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    with visiting(browser, url) as found:
        yield found
        assert found.console == []
        assert found.errors == []
        assert found.requests == []


def shown(page: Page) -> list[int]:
    return [int(str(one.get_attribute("data-number"))) for one in page.locator(".change:visible").all()]


def current(page: Page) -> str | None:
    found = page.locator(".change[aria-current=true]")
    return found.get_attribute("id") if found.count() else None


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_filters_narrow_the_list(visit: Visit) -> None:
    page = visit.page
    assert shown(page) == [1, 2, 3, 4, 5, 6, 7, 8]
    breaking, answer = page.get_by_role("button", name="breaking"), page.get_by_role("button", name="answer")
    breaking.click()
    assert shown(page) == [1, 2, 3, 4]
    assert breaking.get_attribute("aria-pressed") == "true"
    assert page.get_by_role("status").inner_text() == "4 of 8 changes"
    answer.click()
    assert shown(page) == [2]
    breaking.click()
    answer.click()
    page.get_by_role("button", name="docs").click()
    assert shown(page) == [7, 8]


def test_search_narrows_the_list_by_all_words(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("/")
    page.keyboard.type("TATTOO models")
    assert shown(page) == [2]
    page.keyboard.press("Escape")
    assert shown(page) == [1, 2, 3, 4, 5, 6, 7, 8]
    page.get_by_role("searchbox", name="Search changes").fill("nothing like that")
    assert shown(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert current(page) == "change-1"


def test_keys_go_from_change_to_change_among_those_shown(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert current(page) == "change-2"
    assert page.url.endswith("#change-2")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert current(page) == "change-1"
    page.get_by_role("button", name="docs").click()
    assert current(page) is None, "it is not shown any more"
    page.keyboard.press("j")
    assert current(page) == "change-7"
    page.get_by_role("button", name="Next change").click()
    assert current(page) == "change-8"
    page.get_by_role("button", name="Previous change").click()
    assert current(page) == "change-7"


def test_a_click_shows_a_change_in_both_columns(visit: Visit) -> None:
    page = visit.page
    page.locator("#change-1 .go").click()
    pointers = [one.get_attribute("data-pointer") for one in page.locator(".current").all()]
    assert pointers == [f"{PET}/properties/name/maxLength"] * 4
    for side, words in (("base", "max length 64"), ("head", "max length 32")):
        one = page.locator(f".cell.{side} .current").first
        assert words in one.inner_text()
        box = one.bounding_box()
        assert box is not None
        assert 0 < box["y"] < 900
    tops = [box["y"] for one in page.locator(".current").all()[:2] if (box := one.bounding_box())]
    assert tops[0] == pytest.approx(tops[1], abs=2), "side by side"
    assert page.locator("#change-1 pre").is_visible(), "the payload"
    page.locator("#change-1 .shown a").nth(1).click()
    box = page.locator(".current").nth(2).bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900


def test_a_mark_leads_to_its_change(visit: Visit) -> None:
    page = visit.page
    page.locator(".badge[data-change='6']").first.click()
    assert current(page) == "change-6"
    assert page.locator("#change-6 .more").get_attribute("open") is not None


def test_a_place_in_what_is_folded_is_unfolded(visit: Visit) -> None:
    page = visit.page
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = false")
    assert not page.locator(".badge[data-change='6']").first.is_visible()
    page.locator("#change-6 .go").click()
    assert page.locator(".badge[data-change='6']").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_links_lead_into_the_page(browser: Browser, url: str, javascript: bool) -> None:
    with visiting(browser, f"{url}#change-6", javascript=javascript) as found:
        assert found.page.locator("#change-6").is_visible()
        if javascript:
            assert current(found.page) == "change-6"
            assert "city" in found.page.locator(".current").first.inner_text()
    with visiting(browser, f"{url}#place-6-1", javascript=javascript) as found:
        box = found.page.locator("#place-6-1").bounding_box()
        assert box is not None
        assert 0 < box["y"] < 900
        assert (found.requests, found.errors) == ([], [])


def test_everything_is_readable_without_script(browser: Browser, url: str) -> None:
    with visiting(browser, url, javascript=False) as found:
        page = found.page
        assert shown(page) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert not page.locator(".tools").is_visible(), "what would do nothing is not there"
        page.locator("#change-1 .more > summary").click()
        assert page.locator("#change-1 pre").is_visible()
        assert page.locator(".badge[data-change='1']").first.is_visible()
        page.locator("#change-1 .go").click()
        assert page.url.endswith("#place-1-1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 800, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, url: str, width: int, scheme: str) -> None:
    with visiting(browser, url, width=width, scheme="dark" if scheme == "dark" else "light") as found:
        page = found.page
        assert overflow(page) <= 0
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert overflow(page) <= 0
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(15, 18, 22)" if scheme == "dark" else "rgb(255, 255, 255)")


def test_a_narrow_window_shows_one_column(browser: Browser, url: str) -> None:
    with visiting(browser, url, width=400) as found:
        unchanged = found.page.locator(".row.operation:not(.marked) .cell.base")
        assert unchanged.count()
        assert not unchanged.first.is_visible()
        assert found.page.locator(".cell.base .badge[data-change='2']").first.is_visible()


COVERED = """() => {
  const bar = document.querySelector(".steps").getBoundingClientRect();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const holder = text.parentElement;
    if (!text.data.trim() || holder.closest(".steps, script, .vh, .skip") || !holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const isBeside = box.bottom <= bar.top || box.top >= bar.bottom || box.right <= bar.left || box.left >= bar.right;
      if (!isBeside && box.width > 1) found.push(text.data.trim());
    }
  }
  return found;
}"""
BAR = """() => {
  const bar = document.querySelector(".steps"), box = bar.getBoundingClientRect();
  return [box.left, innerWidth - box.right, innerHeight - box.bottom, getComputedStyle(bar).backgroundColor];
}"""


def test_arrows_of_a_narrow_window_cover_no_text(browser: Browser, url: str) -> None:
    with visiting(browser, url, width=400) as found:
        page = found.page
        left, right, below, colour = page.evaluate(BAR)
        assert (left, right, below) == (0, 0, 0)  # an edge of its own: nothing is read beside it or under it
        assert colour.startswith("rgb(")  # without a fourth number, which would let text shine through
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert page.evaluate(COVERED) == []
        for number in range(1, 9):
            page.get_by_role("button", name="Next change").click()
            place = page.locator(f".badge[data-change='{number}']").first.bounding_box()
            bar = page.locator(".steps").bounding_box()
            assert place is None or (bar is not None and place["y"] + place["height"] <= bar["y"])


@pytest.mark.parametrize("width", [1280, 1001, 641])
def test_arrows_of_a_wide_window_stand_among_the_filters(browser: Browser, url: str, width: int) -> None:
    with visiting(browser, url, width=width) as found:
        assert found.page.evaluate(COVERED) == []


CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const colour = parse(getComputedStyle(up).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const element of document.querySelectorAll("body *:not(script)")) {
    const own = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || element.checkVisibility && !element.checkVisibility()) continue;
    const ink = light(parse(getComputedStyle(element).color).slice(0, 3)), paper = light(ground(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) poor.add(`${element.className} in ${element.parentElement.className}: ${ratio.toFixed(2)}`);
  }
  return [...poor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(browser: Browser, url: str, scheme: str) -> None:
    with visiting(browser, f"{url}#change-1", scheme="dark" if scheme == "dark" else "light") as found:
        found.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert found.page.evaluate(CONTRAST) == []


def test_hostile_text_is_shown_as_text(browser: Browser, folder: Path) -> None:
    file = folder / "hostile.html"
    file.write_text(hostile(folder).html, encoding="utf-8")
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    with visiting(browser, file.as_uri(), width=400) as found:
        found.page.on("dialog", refuse)
        found.page.keyboard.press("j")
        found.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert "<img src=x onerror=alert(2)>" in found.page.locator("#change-1 .message").inner_text()
        assert overflow(found.page) <= 0
        assert (found.console, found.errors, found.requests, dialogs) == ([], [], [], [])


def test_what_a_reader_with_a_screen_reader_finds(visit: Visit) -> None:
    page = visit.page
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="Changes").count() == 1
    assert page.get_by_role("group", name="Show changes that are").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the description"


def test_the_policy_is_in_force(browser: Browser, url: str, folder: Path) -> None:
    html = (folder / "review.html").read_text(encoding="utf-8")
    file = folder / "tampered.html"
    file.write_text(html.replace("</body>", "<script>document.title = 'taken'</script></body>"), encoding="utf-8")
    with visiting(browser, file.as_uri()) as found:
        assert found.page.title() != "taken"
        assert any("Content Security Policy" in one for one in found.console)
