"""Document -> Document: what is left is small and regular, so that the builder needs no cleverness.

- Operations hold what they referred to: parameters, bodies, responses, each with one media type.
- Every schema that becomes a Python name stands in `components/schemas` under that name: inline objects are hoisted,
  `allOf` is merged, a schema that both requests and responses use is split (`Pet` is answered, `PetRequest` is sent).
- Every schema says in `x-side` which side it is on. Request schemas have their cross-field rules in `x-constraints`;
  response schemas have none and no bounds, take `null` wherever a field is optional, and any value for an enumeration.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.api.media import essence, preference
from generator.diagnostics import Severity, rule
from generator.document.grammar import HIDDEN
from generator.document.index import operations
from generator.document.tree import Array, Document, Json, Node, Object
from generator.normalization.composition import UNSUPPORTED_COMPOSITION, Composer
from generator.normalization.shapes import (
    BOUNDS,
    RULES,
    allows_null,
    apart,
    array,
    is_model,
    nullable,
    one_by_one,
    only_annotated,
    opened,
    places,
    speaks_of,
    split_by_type,
    with_annotations,
)
from generator.normalization.usages import name_schemas
from generator.python import naming
from generator.python.typeref import applies

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
        self.composer = Composer(self.found, self._reference)

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
        reference = Object({"$ref": f"#/components/schemas/{name}"}, node.location)
        return _or_null(reference) if is_model(found.object) and allows_null(found.object) else reference

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
        if node.reference is not None and only_annotated(value):
            return self._reference(node, side, "") or Object({}, node.location)
        flat = self.composer.merged(node, side, hint)
        if "$ref" in flat:
            return flat
        if is_model(flat):
            reference = self._hoist(self._model(flat, node, side, hint), hint)
            return _or_null(reference) if allows_null(flat) else reference
        return self._plain(flat, node, side, hint)

    def _named(self, node: Node, side: Side, name: str) -> Object:
        """A schema that has a name of its own."""
        flat = self.composer.merged(node, side, name)
        made = self._model(flat, node, side, name) if is_model(flat) else self._plain(flat, node, side, name)
        return made.changed({"x-side": side})

    def _model(self, flat: Object, node: Node, side: Side, hint: str) -> Object:
        """An object with fields: fields transformed, rules put aside."""
        document = self.document
        own = Node(document, node.pointer, flat, flat.location)
        self._refuse_unsupported(own, side)
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
                made = nullable(made, member.location)
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
        flat = self._with_plain_values(flat, side)
        if side == "request" and (split := split_by_type(flat)) is not None:
            flat = split
        own = Node(self.document, node.pointer, flat, flat.location)
        self._refuse_unsupported(own, side)
        changes: dict[str, Json] = {}
        if "discriminator" in flat:
            self._find(
                IGNORED_DISCRIMINATOR, own.location, "the discriminator is not used to tell the alternatives apart"
            )
        if "x-rules" in flat or ("anyOf" in flat and "oneOf" in flat):
            self._find(UNSUPPORTED_COMPOSITION, own.location, "several choices that hold at once have no Python type")
        if side == "request":
            for key in RULES:
                if (child := own.child(key)) is not None:
                    self._find(
                        UNSUPPORTED_KEYWORD, child.location, f"{key!r} can be enforced between declared fields only"
                    )
        branches = own.child("anyOf") or own.child("oneOf")
        if branches is not None:
            options = [
                self._inner(branch, side, hint + naming.pascal(branch.text("title") or f"option {place}"))
                for place, branch in enumerate(branches.elements(), 1)
            ]
            changes["anyOf"] = Array(one_by_one(options), branches.location)
            if side == "request" and any(bound in flat for bound in BOUNDS):
                self._find(UNSUPPORTED_COMPOSITION, own.location, "bounds beside a choice: put them on its options")
        items = own.child("items")
        if items is not None:
            changes["items"] = self._inner(items, side, f"{hint}Item")
        values = own.child("additionalProperties")
        if values is not None and isinstance(values.value, Object):
            changes["additionalProperties"] = self._inner(values, side, f"{hint}Value")
        drop = ["oneOf", "discriminator", "x-rules", "xml", "title", *RULES, *(BOUNDS if side == "response" else ())]
        if branches is not None:
            drop += ["type", *BOUNDS]  # the options say it
        made = flat.changed(changes, drop=drop)
        return opened(made) if side == "response" else made

    def _with_plain_values(self, flat: Object, side: Side) -> Object:
        """Enumerations and constants as Python can say them: of strings, whole numbers and truths, or of numbers."""
        for key in ("enum", "const"):
            if key not in flat:
                continue
            listed = array(flat[key]) if key == "enum" else [flat[key]]
            if any(isinstance(one, Object | Array) for one in listed):
                location = flat.places.get(key, flat.location)
                if side == "request":
                    self._find(UNSUPPORTED_KEYWORD, location, f"{key!r} of objects or arrays cannot be enforced")
                return flat.changed({}, drop=(key,))
            if flat.get("type") == "number" or any(isinstance(one, Decimal) for one in listed):
                if all(isinstance(one, int | Decimal) and not isinstance(one, bool) for one in listed):
                    return (
                        flat.changed({"type": "number"})
                        if side == "request"
                        else flat.changed({"type": "number"}, (key,))
                    )
                self._find(
                    UNSUPPORTED_KEYWORD, flat.places.get(key, flat.location), f"{key!r} mixes numbers with other values"
                )
                return flat.changed({}, drop=(key,))
        return flat

    def _inner(self, node: Node, side: Side, hint: str) -> Json:
        """A schema inside an array, a map or a choice; its bounds need a name to stand on."""
        made = self._schema(node, side, hint)
        if isinstance(made, Object) and any(bound in made for bound in BOUNDS):
            return self._hoist(made.changed({"x-side": side}), hint)
        return made

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
