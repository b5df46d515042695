"""A description as a reference for readers: a tree of elements that is unfolded only as far as somebody looks.

API ── info, servers, security schemes, tags
operation ── parameters, request body, responses ── headers, media types ── fields, rules, unions ── fields ...

Every element has the pointers of all that it stands for: where it is written, what a `$ref` there leads to, the
branches of an `allOf`. The keys of an element's children are what pairs them with those of another description.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from generator.document.grammar import called, sent_as
from generator.document.tree import Node, escape
from generator.review.nodes import chain
from generator.review.page.extensions import extension, plain
from generator.review.page.facts import Fact, is_union, items, layers, of_schema, rules, type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from generator.document.tree import Document

Kind: TypeAlias = Literal["api", "operation", "section", "part", "field", "rule", "branch", "thing"]
Key: TypeAlias = tuple[str, str]
"""What kind of child, and which: equal keys stand on one row."""

_TEMPLATED: Final = re.compile(r"\{[^{}]*\}")
_OF_SCHEMA: Final = frozenset(("schema", "content", "name", "in", "required", "examples"))
_OF_OPERATION: Final = frozenset(("summary", "description", "parameters", "requestBody", "responses", "security"))


def _nothing() -> Mapping[Key, Element]:
    return {}


class Element(msgspec.Struct, frozen=True):
    """Something that a reader can name; `inside()` gives what it consists of, in order."""

    kind: Kind
    name: str
    pointers: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    inside: Callable[[], Mapping[Key, Element]] = _nothing

    @property
    def home(self) -> str:
        """The component that it refers to, as a pointer; empty where it is written out in place."""
        found = (one for one in self.pointers[1:] if one.startswith("/components/") and one.count("/") == 3)
        return next(found, "")


def outline(document: Document) -> dict[Key, Element]:
    """The API as a whole, and each operation of its paths and webhooks."""
    root = document.node
    found: dict[Key, Element] = {("api", ""): _api(root)}
    for holder, prefix in (("paths", ""), ("webhooks", "webhook ")):
        for path, entry in root.members_of(holder):
            item = entry.resolve()
            for method, node in called(item) if not path.startswith("x-") else ():
                name = f"{prefix}{sent_as(method)} {path}"
                found["operation", _TEMPLATED.sub("{}", name)] = _operation(name, item, node)
    return found


def component(document: Document, pointer: str) -> Element | None:
    """The component at a pointer such as `/components/schemas/Pet`, for what no operation shows."""
    node = document.find(pointer)
    if node is None or pointer.count("/") != 3:
        return None
    match pointer.split("/")[2]:
        case "schemas":
            return _schema("thing", node.key, [node])
        case "parameters" | "headers":
            return _parameter(node, "thing", node.key)
        case "responses":
            return _response(node.key, node)
        case "requestBodies":
            return _body(node.key, node)
        case _:
            return _thing(node)


def _api(root: Node) -> Element:
    def inside() -> Iterator[tuple[Key, Element]]:
        if (info := root.child("info")) is not None:
            yield ("thing", "info"), _thing(info)
        for name in ("servers", "tags"):
            if (listed := root.child(name)) is not None:
                named = {one.text("url") or one.text("name") or one.key: one for one in listed.elements()}
                yield ("section", name), _section(name, listed, {k: _thing(one, k) for k, one in named.items()})
        if (schemes := root.at("components", "securitySchemes")) is not None:
            things = {key: _thing(one, key) for key, one in schemes.members()}
            yield ("section", "security schemes"), _section("security schemes", schemes, things)

    title = root.object.get("info")
    name = str(title.get("title", "")) if isinstance(title, dict) else ""
    security = root.child("security")
    facts = [Fact(security.pointer, _security(security))] if security is not None else []
    facts += [Fact(one.pointer, extension(key, one), "extension") for key, one in _extensions(root)]
    return Element("api", name or "The API", ("",), tuple(facts), lambda: dict(inside()))


def _operation(name: str, item: Node, node: Node) -> Element:
    def inside() -> Iterator[tuple[Key, Element]]:
        listed = {}
        for holder in (item, node):
            for one in holder.elements_of("parameters"):
                target = one.resolve()
                listed["field", f"{target.text('in')} {target.text('name')}"] = _parameter(one)
        if listed:
            place = node.child("parameters") or item.child("parameters")
            yield (
                ("section", "parameters"),
                Element("section", "Parameters", (place.pointer,) if place else (), (), lambda: listed),
            )
        if (body := node.child("requestBody")) is not None:
            yield ("part", "request"), _body("Request body", body)
        for status, response in node.members_of("responses"):
            if not status.startswith("x-"):
                yield ("part", status), _response(status, response)

    facts = [
        Fact(one.pointer, str(one.value), "text") for key in ("summary", "description") if (one := node.child(key))
    ]
    if (security := node.child("security")) is not None:
        facts.append(Fact(security.pointer, _security(security)))
    facts += _rest(node, _OF_OPERATION)
    return Element("operation", name, (node.pointer, item.pointer), tuple(facts), lambda: dict(inside()))


def _security(node: Node) -> str:
    """`needs oauth2 (read, write) or bearer`, the alternatives in their order."""
    ways = []
    for way in node.elements():
        names = [
            name + (f" ({', '.join(str(one.value) for one in scopes.elements())})" if scopes.value else "")
            for name, scopes in way.members()
        ]
        ways.append(" and ".join(names) or "nothing")
    return f"needs {' or '.join(ways)}" if ways else "needs no credentials"


def _parameter(node: Node, kind: Kind = "field", name: str = "") -> Element:
    target = node.resolve()
    schemas = [one for one in (target.child("schema"),) if one is not None]
    facts = [Fact(where.pointer, f"in {where.value}") for where in (target.child("in"),) if where is not None]
    facts += _required(target)
    media = {media_type: _media(media_type, one) for media_type, one in target.members_of("content")}
    schema = _schema("field", "", schemas) if schemas else None
    of_target = [*(fact for fact in _rest(target, _OF_SCHEMA)), *_examples(target)]
    texts = {fact.pointer: fact for fact in of_target if fact.kind == "text"}
    of_type = [fact for fact in (schema.facts if schema else ()) if not (fact.kind == "text" and texts)]
    return Element(
        kind,
        name or target.text("name") or node.key,
        (*_chain(node), *(schema.pointers if schema else ())),
        (*facts, *of_type, *of_target),
        lambda: {**(schema.inside() if schema else {}), **{("media", key): one for key, one in media.items()}},
    )


def _body(name: str, node: Node) -> Element:
    target = node.resolve()
    facts = (*_required(target), *_rest(target, _OF_SCHEMA))
    return Element("part", name, _chain(node), facts, lambda: dict(_media_types(target)))


def _response(status: str, node: Node) -> Element:
    target = node.resolve()

    def inside() -> Iterator[tuple[Key, Element]]:
        holder = target.child("headers")
        if holder is not None:
            headers = {("field", name.lower()): _parameter(one, "field", name) for name, one in holder.members()}
            yield ("section", "headers"), Element("section", "Headers", (holder.pointer,), (), lambda: headers)
        yield from _media_types(target)

    skipped = _OF_SCHEMA | {"headers"}
    return Element("part", status, _chain(node), tuple(_rest(target, skipped)), lambda: dict(inside()))


def _media_types(holder: Node) -> Iterator[tuple[Key, Element]]:
    for media_type, node in holder.members_of("content"):
        yield ("media", media_type), _media(media_type, node)


def _media(name: str, node: Node) -> Element:
    found = node.child("schema")
    schema = _schema("part", name, [found]) if found is not None else Element("part", name, ())
    facts = (*schema.facts, *_rest(node, _OF_SCHEMA), *_examples(node))
    return Element("part", name, (node.pointer, *schema.pointers), facts, schema.inside)


def _schema(kind: Kind, name: str, nodes: Iterable[Node], lead: Iterable[Fact] = ()) -> Element:
    of = layers(nodes)
    deepest = of
    pointers = dict.fromkeys(one.pointer for one in of)
    while (each := items(deepest)) and each[0].pointer not in pointers:
        deepest = each
        pointers.update(dict.fromkeys(one.pointer for one in each))
    facts = [fact for fact in of_schema(of) if fact.kind != "name" or fact.text != name]
    return Element(kind, name, tuple(pointers), (*lead, *facts), lambda: dict(_inside(deepest)))


def _inside(of: Sequence[Node]) -> Iterator[tuple[Key, Element]]:
    """What an object, or each element of an array, consists of: rules, fields, other members, alternatives."""
    for rule in rules(of):
        texts = (rule.description,) if rule.description else ()
        yield ("rule", rule.text), Element("rule", rule.text, (rule.pointer,), texts)
    required = {
        str(one.value): Fact(one.pointer, "required", "must") for layer in of for one in layer.elements_of("required")
    }
    for name, nodes in _members(of, "properties").items():
        yield ("field", name), _schema("field", name, nodes, [required[name]] if name in required else [])
    for pattern, nodes in _members(of, "patternProperties").items():
        yield ("pattern", pattern), _schema("field", f"/{pattern}/", nodes)
    for key in ("additionalProperties", "unevaluatedProperties"):
        others = [one for layer in of if (one := layer.child(key)) is not None and not isinstance(one.value, bool)]
        if others:
            yield ("pattern", ""), _schema("field", "any other field", others)
    for layer in of:
        for one in layer.elements_of("prefixItems"):
            yield ("item", one.key), _schema("field", f"[{one.key}]", [one])
    for key, title in (("oneOf", "exactly one of"), ("anyOf", "at least one of")):
        offering = [layer for layer in of if is_union(layer, key, of)]
        for number, layer in enumerate(offering):
            yield (key, str(number)), _union(title, layer[key])


def _members(of: Sequence[Node], key: str) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for layer in of:
        for name, node in layer.members_of(key):
            found.setdefault(name, []).append(node)
    return found


def _union(title: str, node: Node) -> Element:
    branches: dict[Key, Element] = {}
    for one in node.elements():
        home = one.reference.rpartition("/")[2] if one.reference else ""
        name = home or one.text("title") or type_name(layers([one])) or "value"
        number = sum(name == known.name for known in branches.values())
        branches["branch", f"{name} {number}"] = _schema("branch", name, [one])
    return Element("section", title, (node.pointer,), (), lambda: branches)


def _thing(node: Node, name: str = "") -> Element:
    """Anything else: its members as facts."""
    named = frozenset(key for key in ("url", "name") if name and node.text(key) == name)
    return Element("thing", name or node.key, (node.pointer,), tuple(_rest(node, named)))


def _section(name: str, node: Node, things: Mapping[str, Element]) -> Element:
    inside: dict[Key, Element] = {("thing", key): thing for key, thing in things.items()}
    return Element("section", name.capitalize(), (node.pointer,), (), lambda: inside)


def _chain(node: Node) -> tuple[str, ...]:
    """Where a node stands, and everything that it leads to by references."""
    return tuple(one.pointer for one in chain(node))


def _required(node: Node) -> list[Fact]:
    return [Fact(f"{node.pointer}/{escape('required')}", "required", "must")] if node.is_true("required") else []


def _extensions(node: Node) -> Iterator[tuple[str, Node]]:
    return ((key, one) for key, one in node.members() if key.startswith("x-"))


def _rest(node: Node, shown: frozenset[str]) -> Iterator[Fact]:
    """The members that are not shown in another way."""
    for key, one in node.members():
        if key in ("description", "summary"):
            if key not in shown:
                yield Fact(one.pointer, str(one.value), "text")
        elif key == "tags" and key not in shown:
            yield from (Fact(tag.pointer, f"tag {tag.value}") for tag in one.elements())
        elif key == "deprecated":
            yield from [Fact(one.pointer, "deprecated", "must")] if one.value is True else []
        elif key == "operationId":
            yield Fact(one.pointer, str(one.value), "name")
        elif key.startswith("x-") and key not in shown:
            yield Fact(one.pointer, extension(key, one), "extension")
        elif key not in shown:
            yield Fact(one.pointer, f"{key}: {plain(one.value)}")


def _examples(node: Node) -> Iterator[Fact]:
    for name, one in node.members_of("examples"):
        yield Fact(one.pointer, f"e.g. {name}", "extension")
