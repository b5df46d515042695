"""Document -> Document: what is left is small and regular, so that the builder needs no cleverness.

- Operations hold what they referred to: parameters, bodies, responses, each with one media type.
- Every schema that becomes a Python name stands in `components/schemas` under that name: inline objects are hoisted,
  `allOf` is merged, a schema that both requests and responses use is split (`Pet` is answered, `PetRequest` is sent).
- Every schema says in `x-side` which side it is on. Request schemas have their cross-field rules in `x-constraints`;
  response schemas have none and no bounds, take `null` wherever a field is optional, and any value for an enumeration.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

import jsonschema_rs

from generator.api.media import essence, preference
from generator.diagnostics import Severity, rule
from generator.document.grammar import HIDDEN
from generator.document.index import operations
from generator.document.tree import Array, Document, Json, Node, Object
from generator.normalization.composition import CLOSED_PART, UNSUPPORTED_COMPOSITION, Composer, other_name, says_object
from generator.normalization.distinction import exclude_each_other
from generator.normalization.intersection import with_patterns
from generator.normalization.shapes import (
    ANNOTATIONS,
    BOUNDS,
    RULES,
    apart,
    array,
    bare,
    is_model,
    kinds,
    nullable,
    of_kind,
    one_by_one,
    opened,
    places,
    speaks_of,
    split_by_type,
    takes_null,
    with_annotations,
)
from generator.normalization.usages import name_schemas
from generator.python import naming
from generator.python.typeref import applies, bounds

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic, Location, Rule
    from generator.document.grammar import Side
    from generator.document.index import Operation

UNSUPPORTED_MEDIA_TYPE = rule(
    "unsupported-media-type",
    Severity.ERROR,
    "a body or an answer is in no media type that the client can write or read",
)
IGNORED_MEDIA_TYPE = rule(
    "ignored-media-type", Severity.WARNING, "a body or an answer has several media types; the client uses one"
)
UNSUPPORTED_SERVERS = rule(
    "unsupported-servers", Severity.ERROR, "the client sends all operations to one address, its `base_url`"
)
UNSUPPORTED_ENCODING = rule(
    "unsupported-encoding", Severity.ERROR, "the client writes the fields of a form in the usual way alone"
)
UNSUPPORTED_KEYWORD = rule(
    "unsupported-keyword", Severity.ERROR, "a schema keyword that the models cannot enforce stands in a request"
)
UNSUPPORTED_BOUND = rule(
    "unsupported-bound", Severity.ERROR, "a bound in a request cannot be checked on the Python type that the value has"
)
IGNORED_DISCRIMINATOR = rule(
    "ignored-discriminator", Severity.WARNING, "alternatives are told apart by their fields, not by a discriminator"
)

IGNORED_CALLBACK = rule("ignored-callback", Severity.WARNING, "a callback or webhook is no part of a client")

_MOST_MERGED: Final = 8
"""So many merged schemas stand within each other at most: fields of merged ones can be merged without end."""
_SAID_OF_CHOICES: Final = ("anyOf", "oneOf", "discriminator", "x-rules", "xml", "default", "readOnly", "writeOnly")
_UNSUPPORTED: Final = (
    *("contains", "minContains", "maxContains", "prefixItems", "unevaluatedProperties", "unevaluatedItems"),
    *("propertyNames", "contentSchema", "$dynamicRef"),
)


def normalize(document: Document) -> Document:
    """See the module; what cannot be normalized is among the diagnostics of the result."""
    return _Normalizer(document).run()


class _Normalizer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Diagnostic] = list(document.diagnostics)
        self.schemas: dict[str, Json] = {}
        self.operations = [one for one in operations(document) if _is_called(one, document)]
        self.names = name_schemas(document, self.operations)
        self.taken = set(self.names.values())
        self.pending: list[tuple[str, Side]] = []
        self.composer = Composer(self.found)
        self._merging = 0

    def run(self) -> Document:
        root = self.document.root
        paths: dict[str, dict[str, Json]] = {}
        if "webhooks" in root:
            location = root.places.get("webhooks", root.location)
            self._find(IGNORED_CALLBACK, location, "the client sends requests, and receives none")
        for operation in self.operations:
            paths.setdefault(operation.path, {})[operation.method] = self._operation(operation)
        while self.pending:
            pointer, side = self.pending.pop(0)
            node = self.document.find(pointer)
            if node is not None:
                name = self.names[pointer, side]
                self.schemas[name] = self._named(node, side, name)
        items: dict[str, Json] = {path: Object(item, root.location) for path, item in paths.items()}
        known = self.document.node.at("components", "securitySchemes")
        components: dict[str, Json] = {"schemas": Object(dict(sorted(self.schemas.items())), root.location)}
        if known is not None:
            components["securitySchemes"] = known.value
        changed = root.changed({"paths": Object(items, root.location), "components": Object(components, root.location)})
        return Document(changed, self.document.files, tuple(self.found), self.document.digest)

    def _free(self, hint: str) -> str:
        name = naming.unique(naming.class_name(hint), self.taken)
        self.taken.add(name)
        return name

    def _reference(self, node: Node, side: Side, hint: str) -> Object | None:
        """The named schema that a node refers to; none if it has no name, or is the one that is being made."""
        found = node.target
        name = self.names.get((found.pointer, side)) if found is not None else None
        if found is None or name is None or name == hint:
            return None
        if name not in self.schemas:
            self.schemas[name] = None
            self.pending.append((found.pointer, side))
        return Object({"$ref": f"#/components/schemas/{name}"}, node.location)

    def _alias(self, node: Node, side: Side, hint: str) -> Object | None:
        """The reference that a schema amounts to, if it says no more than another one."""
        named = other_name(node)
        target = named.target if named is not None else None
        if named is None or target is None or (reference := self._reference(named, side, hint)) is None:
            return None
        if says_object(node) and not self._is_object(target, side):
            return None
        null = takes_null(node, side)
        if other_name(target) is None and is_model(self.composer.expanded(target), side):
            reference = _or_null(reference) if null else reference  # a class takes none by itself
        elif null is not takes_null(target, side):
            return None
        return reference.changed({key: node.object[key] for key in node.object if key in ANNOTATIONS})

    def _is_object(self, node: Node, side: Side) -> bool:
        """Whether only objects, or null, fit a schema."""
        flat = self.composer.expanded(node)
        own = Node(self.document, node.pointer, flat, flat.location)
        options = [*own.elements_of("anyOf"), *own.elements_of("oneOf")]
        flats = [flat] if kinds(flat) or not options else map(self.composer.expanded, options)
        return all(is_model(one, side) or (kinds(one) and set(kinds(one)) <= {"object", "null"}) for one in flats)

    def _hoist(self, schema: Object, hint: str) -> Object:
        name = self._free(hint)
        self.schemas[name] = schema
        return Object({"$ref": f"#/components/schemas/{name}"}, schema.location)

    # -- operations ----------------------------------------------------------------------------------------------

    def _operation(self, operation: Operation) -> Object:
        hint = naming.pascal(operation.node.text("operationId") or operation.method + operation.path)
        for holder in (operation.item, operation.node):
            if (servers := holder.child("servers")) is not None:
                self._find(UNSUPPORTED_SERVERS, servers.location, "servers of its own are not used")
        if (callbacks := operation.node.child("callbacks")) is not None:
            self._find(IGNORED_CALLBACK, callbacks.location, "the client sends requests, and receives none")
        changes: dict[str, Json] = {}
        parameters = {(one.text("name"), one.text("in")): one for one in operation.parameters}
        changes["parameters"] = Array(
            [self._parameter(one, hint) for one in parameters.values()], operation.node.location
        )
        body = operation.node.at("requestBody")
        if body is not None:
            body = body.resolve()
            content = self._content(body, "request", f"{hint}Request", wanted=True)
            changes["requestBody"] = body.object.changed({"content": content})
        responses = operation.node.at("responses")
        if responses is not None:
            changes["responses"] = responses.object.changed(
                {
                    status: self._response(status, response.resolve(), hint)
                    for status, response in responses.members()
                    if not status.startswith("x-")
                }
            )
        return operation.node.object.changed(changes)

    def _parameter(self, parameter: Node, hint: str) -> Object:
        hint += naming.pascal(parameter.text("name"))
        schema = parameter.at("schema")
        if schema is not None:
            return parameter.object.changed({"schema": self._schema(schema, "request", hint)})
        if parameter.at("content") is None:
            return parameter.object
        return parameter.object.changed({"content": self._content(parameter, "request", hint, wanted=True)})

    def _response(self, status: str, response: Node, hint: str) -> Object:
        success = status.startswith("2")
        content = self._content(
            response, "response", f"{hint}Response{'' if success else status.title()}", wanted=success
        )
        return response.object.changed({"content": content})

    def _content(self, holder: Node, side: Side, hint: str, *, wanted: bool) -> Object:
        """The one media type that the client uses; `wanted` content is not left out in silence."""
        content = holder.at("content")
        entries = dict(content.members()) if content is not None else {}
        location = content.location if content is not None else holder.location
        ranked = {kind: rank for kind in entries if (rank := preference(essence(kind), side)) is not None}
        chosen = min(ranked, key=ranked.__getitem__, default=None)
        if chosen is None:
            if entries and wanted:
                self._find(UNSUPPORTED_MEDIA_TYPE, location, f"none of {', '.join(entries)} can be used here")
            return Object({}, location)
        others = [kind for kind in entries if kind != chosen]
        if others and wanted:
            self._find(IGNORED_MEDIA_TYPE, location, f"{chosen} is used; {', '.join(others)} not")
        entry = entries[chosen]
        if side == "request" and (encoding := entry.child("encoding")) is not None:
            self._find(UNSUPPORTED_ENCODING, encoding.location, "`encoding` is not used")
        schema = entry.at("schema")
        made = self._schema(schema, side, hint) if schema is not None else Object({}, entry.location)
        return Object({essence(chosen): Object({"schema": made}, entry.location)}, location)

    def _find(self, broken: Rule, location: Location, message: str) -> None:
        self.found.append(broken.at(location, message))

    # -- schemas -------------------------------------------------------------------------------------------------

    def _schema(self, node: Node, side: Side, hint: str) -> Json:
        """A schema in a place of use: a reference, or something small enough to stand inline."""
        value = node.value
        if not isinstance(value, Object):
            if value is False and side == "request":
                self._find(UNSUPPORTED_KEYWORD, node.location, "a schema that nothing fits has no Python type")
            return Object({}, node.location)
        if (alias := self._alias(node, side, "")) is not None:
            return alias
        if node.target is None and node.reference is not None:
            return Object({}, node.location)
        if node.child("allOf") is None:
            return self._made(node, side, hint)
        if self._merging == _MOST_MERGED:
            self._find(UNSUPPORTED_COMPOSITION, node.location, "allOf leads back to the schema that it stands in")
            return Object({}, node.location)
        self._merging += 1
        made = self._made(node, side, hint)
        self._merging -= 1
        return made

    def _made(self, node: Node, side: Side, hint: str) -> Json:
        """A schema that stands inline."""
        flat = self.composer.expanded(node)
        if is_model(flat, side):
            reference = self._hoist(self._model(flat, node, side, hint), hint)
            return _or_null(reference) if takes_null(node, side) else reference
        return self._plain(flat, node, side, hint)

    def _named(self, node: Node, side: Side, name: str) -> Object:
        """A schema that has a name of its own."""
        if (made := self._alias(node, side, name)) is None:
            flat = self.composer.expanded(node)
            made = self._model(flat, node, side, name) if is_model(flat, side) else self._plain(flat, node, side, name)
        return made.changed({"x-side": side})

    def _model(self, flat: Object, node: Node, side: Side, hint: str) -> Object:
        """An object with fields: fields transformed, rules put aside."""
        document = self.document
        if isinstance(fields := flat.get("properties"), Object):
            flat = flat.changed({"properties": with_patterns(fields, flat.get("patternProperties"))})
        own = Node(document, node.pointer, flat, flat.location)
        self._refuse_unsupported(own, side)
        if side == "request" and (refused := flat.get("x-refused")) and isinstance(refused, Array):
            names = ", ".join(dict.fromkeys(map(str, refused)))
            message = f"a closed part refuses what others describe, which the client takes all the same: {names}"
            self._find(CLOSED_PART, refused.location, message)
        properties: dict[str, Json] = {}
        required = {str(name) for name in array(flat.get("required"))}
        declared = own.child("properties")
        hidden = HIDDEN[side]
        for name, member in declared.members() if declared else ():
            if member.is_true(hidden) or member.resolve().is_true(hidden):
                required.discard(name)
                continue
            made = self._schema(member, side, hint + naming.pascal(name))
            if isinstance(made, Object):
                made = made.changed({}, drop=(naming.CHOICE,))  # which a schema that is merged into it can have
            if side == "response" and name not in required:
                made = nullable(made, member.location) if isinstance(made, Object) else made
            properties[name] = with_annotations(
                made,
                member,
                *("x-error-field", "x-error-categories", "x-minimum-version", "x-alternative-names", naming.CHOICE),
            )
        patterns = own.child("patternProperties")
        groups = {
            pattern: with_annotations(self._schema(member, side, hint + "Value"), member, "x-property-group")
            for pattern, member in (patterns.members() if patterns else ())
        }
        open_to = own.child("additionalProperties")
        if open_to is not None and isinstance(open_to.value, Object):
            extra: Json = self._schema(open_to, side, hint + "Value")
        else:
            extra = flat.get("additionalProperties", side == "response")
        kept = {
            key: flat[key]
            for key in ("description", "deprecated", "x-batch", "x-failure", "x-max-total-items")
            if key in flat
        }
        rules = self._rules(flat, set(properties)) if side == "request" else []
        return Object(
            {
                "type": "object",
                **kept,
                "properties": Object(properties, own.location, places(flat, "properties")),
                "required": Array([name for name in properties if name in required], own.location),
                "patternProperties": Object(groups, own.location),
                "additionalProperties": extra,
                "x-constraints": Array(rules, own.location),
                "x-side": side,
            },
            own.location,
            flat.places,
        )

    def _rules(self, flat: Object, declared: set[str]) -> list[Json]:
        """The rules between fields of a request, each a fragment of JSON Schema."""
        _, own = apart(flat)
        rules: list[Json] = []
        for fragment in (*own, *array(flat.get("x-rules"))):
            if isinstance(fragment, Object) and speaks_of(fragment, declared):
                rules.append(fragment)
            else:
                location = fragment.location if isinstance(fragment, Object) else flat.location
                self._find(
                    UNSUPPORTED_COMPOSITION, location, "alternatives with fields of their own beside shared fields"
                )
        return rules

    def _plain(self, flat: Object, node: Node, side: Side, hint: str) -> Object:
        """Anything but an object with fields: a scalar, an array, a map, a choice."""
        own = Node(self.document, node.pointer, flat, flat.location)
        if "discriminator" in flat:
            self._find(
                IGNORED_DISCRIMINATOR, own.location, "the discriminator is not used to tell the alternatives apart"
            )
        if "x-rules" in flat or ("anyOf" in flat and "oneOf" in flat):
            self._find(UNSUPPORTED_COMPOSITION, own.location, "several choices that hold at once have no Python type")
        if "enum" in flat or "const" in flat:
            return self._listed(own, side)
        if "anyOf" in flat or "oneOf" in flat:
            return self._choice(own, side, hint)
        if len(kinds(flat)) == 1:
            return self._of_one_type(own, side, hint)
        if kinds(flat):
            split = split_by_type(flat)
            own = Node(self.document, node.pointer, split, flat.location)
            if len(kinds(flat)) == 2 and "null" in kinds(flat):
                real = next(one for one in own.elements_of("anyOf") if one.value != {"type": "null"})
                single = real.object.changed({key: value for key, value in split.items() if key != "anyOf"})
                single_node = Node(self.document, real.pointer, single, flat.location)
                made = self._schema(single_node, side, hint)
                return nullable(made, flat.location) if isinstance(made, Object) else split
            return self._choice(own, side, hint)
        return self._of_one_type(own, side, hint)

    def _of_one_type(self, own: Node, side: Side, hint: str) -> Object:
        """A scalar, an array or a map; or a schema that says nothing of its type."""
        flat = own.object
        self._refuse_rules(own, side)
        self._refuse_unsupported(own, side)
        changes: dict[str, Json] = {}
        items = own.child("items")
        if items is not None:
            changes["items"] = self._inner(items, side, f"{hint}Item")
        others = own.child("additionalProperties")
        if others is not None and isinstance(others.value, Object):
            changes["additionalProperties"] = self._inner(others, side, f"{hint}Value")
        kept = of_kind(flat, kinds(flat)[0]) if kinds(flat) else flat
        drop = [
            "x-rules",
            "xml",
            "title",
            "properties",
            "required",
            "patternProperties",
            *RULES,
            *(BOUNDS if side == "response" else ()),
        ]
        return kept.changed({key: value for key, value in changes.items() if key in kept}, drop=drop)

    def _choice(self, own: Node, side: Side, hint: str) -> Object:
        """A choice between schemas, each of which has to fit what is said beside the choice too."""
        flat = own.object
        key = "anyOf" if "anyOf" in flat else "oneOf"
        self._refuse_rules(own, side)
        said = {word: value for word, value in flat.items() if not word.startswith("x-")}
        beside = Object(said, flat.location).changed({}, drop=(*_SAID_OF_CHOICES, *ANNOTATIONS))
        branches = []
        for branch in own.elements_of(key):
            if set(beside) and not self._says(branch, beside):
                both = self.composer.together(self.composer.expanded(branch), beside, branch)
                branches.append(Node(self.document, branch.pointer, both, branch.location))
            else:
                branches.append(branch)
        exclusive = side == "request" and key == "oneOf" and not exclude_each_other(branches, self.composer)
        options = [
            self._inner(one, side, hint + naming.pascal(one.text("title") or f"option {place}"), apart=exclusive)
            for place, one in enumerate(branches, 1)
        ]
        kept = {word: value for word, value in flat.items() if word in ANNOTATIONS or word.startswith("x-")}
        kept.pop("x-rules", None)
        if exclusive:
            null = takes_null(own, side)
            listed = [one for one in options if one != {"type": "null"}]
            told = [one.changed({}, drop=ANNOTATIONS) if isinstance(one, Object) else one for one in listed]
            if any(one in told[:place] for place, one in enumerate(told)):
                self._find(UNSUPPORTED_KEYWORD, own[key].location, "'oneOf' has one schema twice, which nothing fits")
            if not listed:
                self._find(UNSUPPORTED_KEYWORD, own[key].location, "'oneOf' has null twice, which nothing fits")
                return Object({**kept, "type": "null"}, flat.location, flat.places)
            kept["x-exactly-one"] = null
            listed += [Object({"type": "null"}, own.location)] if null else []
        else:
            listed = one_by_one(options)
        if len(listed) == 1 and isinstance(listed[0], Object) and not exclusive:
            return listed[0].changed({word: value for word, value in kept.items() if word != "title"})
        return Object({**kept, "anyOf": Array(listed, own.location)}, flat.location, flat.places)

    @cached_property
    def _components(self) -> object:
        """What references lead to."""
        found = self.document.node.child("components")
        return bare(found.value) if found is not None else {}

    def _says(self, branch: Node, beside: Object) -> bool:
        """Whether an option says by itself what stands beside its choice: of which types it may be."""
        own = kinds(self.composer.expanded(branch))
        return set(beside) == {"type"} and bool(own) and set(own) <= set(kinds(beside))

    def _listed(self, own: Node, side: Side) -> Object:
        """An enumeration or a constant: of strings, whole numbers and truths, of numbers, or of anything."""
        flat = own.object
        self._refuse_rules(own, side)
        key = "enum" if "enum" in flat else "const"
        listed = array(flat[key]) if key == "enum" else [flat[key]]
        said = {word: bare(value) for word, value in flat.items() if word not in ANNOTATIONS and word[:2] != "x-"}
        if side == "response":
            said = {"type": said["type"]} if "type" in said else {}  # bounds say nothing of what an answer may be
        elif set(said) - {"enum", "const", "type", *BOUNDS}:
            said["components"] = self._components
        timely = flat.get("format") in ("date", "date-time")
        fitting = [one for one in listed if jsonschema_rs.is_valid(said, bare(one), validate_formats=timely)]
        real = Array([one for one in fitting if one is not None], flat.location)
        kept = {word: value for word, value in flat.items() if word in ANNOTATIONS or word.startswith("x-")}
        if not fitting:
            if side == "request":
                self._find(UNSUPPORTED_KEYWORD, own[key].location, "no value fits what is said beside it")
            return Object(kept, flat.location, flat.places)
        exact = all(isinstance(one, str | int) for one in real)
        numbers = all(isinstance(one, int | Decimal) and not isinstance(one, bool) for one in real)
        if not real:
            return Object({**kept, "type": "null"}, flat.location, flat.places)
        made: dict[str, Json] = {}
        if numbers and (not exact or kinds(flat) == ["number"]):
            made = {"type": "number", **({"enum": real} if side == "request" else {})}
        elif exact:
            made = {"const": real[0]} if key == "const" else {"enum": real}
        elif side == "request":
            made = {"enum": real}
        schema = Object({**kept, **made}, flat.location, flat.places)
        if side == "response" and exact:
            schema = opened(schema)
        return nullable(schema, flat.location) if None in fitting else schema

    def _inner(self, node: Node, side: Side, hint: str, *, apart: bool = False) -> Json:
        """A schema inside an array, a map or a choice; its bounds need a name to stand on.

        One that stands `apart` is not to be taken for several of the options of a choice.
        """
        made = self._schema(node, side, hint)
        if isinstance(made, Object) and (bounds(made) or (apart and "anyOf" in made)):
            return self._hoist(made.changed({"x-side": side}), hint)
        return made

    def _refuse_rules(self, node: Node, side: Side) -> None:
        """What holds between the fields of an object has no meaning elsewhere that the client could check."""
        for key in RULES if side == "request" else ():
            if (child := node.child(key)) is not None:
                message = f"{key!r} can be enforced between declared fields only"
                self._find(UNSUPPORTED_KEYWORD, child.location, message)

    def _refuse_unsupported(self, node: Node, side: Side) -> None:
        """A request must be checked as described; of a response nothing is demanded that a model cannot say."""
        if side == "request":
            for key in BOUNDS:
                if (child := node.child(key)) is not None and not applies(key, node.object):
                    self._find(UNSUPPORTED_BOUND, child.location, f"{key!r} cannot be checked on a value of this type")
            for key in _UNSUPPORTED:
                if (child := node.child(key)) is not None:
                    self._find(UNSUPPORTED_KEYWORD, child.location, f"{key!r} cannot be enforced by the models")


def _or_null(reference: Object) -> Object:
    null = Object({"type": "null"}, reference.location)
    return Object({"anyOf": Array([reference, null], reference.location)}, reference.location)


def _is_called(operation: Operation, document: Document) -> bool:
    """Whether a client calls an operation: callbacks and webhooks come to it instead."""
    item = document.node.at("paths", operation.path)
    return item is not None and item.resolve().pointer == operation.item.pointer
