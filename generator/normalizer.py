"""Document -> Document: what is left is small and regular, so that the builder needs no cleverness.

- Operations hold what they referred to: parameters, bodies, responses, each with one media type.
- Every schema that becomes a Python name stands in `components/schemas` under that name: inline objects are hoisted,
  `allOf` is merged, a schema that both requests and responses use is split (`Pet` is answered, `PetRequest` is sent).
- Every schema says in `x-side` which side it is on. Request schemas have their cross-field rules in `x-constraints`;
  response schemas have none and no bounds, take `null` wherever a field is optional, and any value for an enumeration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator import naming
from generator.diagnostics import Severity, rule
from generator.document import Array, Document, Json, Node, Object, escape, unescape
from generator.walk import operations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostic, Location, Rule
    from generator.ir import Side
    from generator.walk import Operation

UNSUPPORTED_MEDIA_TYPE = rule(
    "unsupported-media-type",
    Severity.ERROR,
    "a body or an answer is in no media type that the client can write or read",
)
IGNORED_MEDIA_TYPE = rule(
    "ignored-media-type", Severity.WARNING, "a body or an answer has several media types; the client uses one"
)
UNSUPPORTED_COMPOSITION = rule(
    "unsupported-composition", Severity.ERROR, "schemas are combined in a way that has no Python model"
)
UNSUPPORTED_KEYWORD = rule(
    "unsupported-keyword", Severity.ERROR, "a schema keyword that the models cannot enforce stands in a request"
)
IGNORED_DISCRIMINATOR = rule(
    "ignored-discriminator", Severity.WARNING, "alternatives are told apart by their fields, not by a discriminator"
)

ANNOTATIONS: Final = frozenset(
    ("title", "description", "example", "examples", "$comment", "deprecated", "externalDocs")
)
RULES: Final = ("not", "if", "dependentRequired", "dependentSchemas", "minProperties", "maxProperties")
BOUNDS: Final = (
    *("maxLength", "minLength", "pattern", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    *("maxItems", "minItems", "uniqueItems"),
)
_MERGED_BY_REPLACING: Final = frozenset((*BOUNDS, "additionalProperties", "format", "nullable", "default", "xml"))
_DATA: Final = frozenset(("example", "examples", "enum", "const", "default", "discriminator"))
_SILENT_STEPS: Final = frozenset(("components", "schemas", "properties", "paths", "content", "schema", "responses"))
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
        self.names: dict[tuple[str, Side], str] = {}
        self.taken: set[str] = set()
        self.pending: list[tuple[str, Side]] = []

    def run(self) -> Document:
        root = self.document.root
        listed = [one for one in operations(self.document) if one.path and one.node.pointer.startswith("/paths/")]
        self._name_components(listed)
        paths: dict[str, dict[str, Json]] = {}
        for operation in listed:
            paths.setdefault(operation.path, {})[operation.method] = self._operation(operation)
        while self.pending:
            pointer, side = self.pending.pop(0)
            node = self.document.find(pointer)
            if node is not None:
                name = self.names[pointer, side]
                self.schemas[name] = self._named(node, side, name)
        places = self.document.node.at("paths")
        items: dict[str, Json] = {
            path: Object(item, place.location if place else root.location, _places(root, "paths"))
            for path, item in paths.items()
            for place in [self.document.find(f"/paths/{escape(path)}")]
        }
        components = self.document.node.at("components")
        made: dict[str, Json] = {"schemas": Object(dict(sorted(self.schemas.items())), root.location)}
        if components is not None:
            made = {"securitySchemes": components.object.get("securitySchemes"), **made}
        changed = root.changed(
            {
                "paths": Object(items, places.location if places else root.location),
                "components": Object(made, root.location),
            }
        )
        return Document(changed, self.document.files, tuple(self.found), self.document.digest)

    # -- names ---------------------------------------------------------------------------------------------------

    def _name_components(self, listed: Iterable[Operation]) -> None:
        """Give every schema that a reference reaches its name, on each side that reaches it."""
        reached: dict[str, set[Side]] = {}
        stack = [root for operation in listed for root in _roots(operation)]
        seen: set[tuple[str, Side]] = set()
        while stack:
            node, side = stack.pop()
            for pointer in _references(node, side):
                reached.setdefault(pointer, set()).add(side)
                target = self.document.find(pointer)
                if target is not None and (pointer, side) not in seen:
                    seen.add((pointer, side))
                    stack.append((target, side))
        # In the order of the document, so that a name does not depend on who refers first.
        known = (self.document.node.at("components", "schemas") or self.document.node).object
        order = {f"/components/schemas/{escape(name)}": place for place, name in enumerate(known)}
        for pointer in sorted(reached, key=lambda one: (order.get(one, len(order)), one)):
            name = naming.unique(naming.class_name(_hint(pointer)), self.taken)
            self.taken.add(name)
            self.names[pointer, "response"] = name
            if len(reached[pointer]) == 1:
                self.names[pointer, "request"] = name
        for pointer, side in list(self.names):
            if side == "response" and (pointer, "request") not in self.names:
                self.names[pointer, "request"] = self._free(f"{self.names[pointer, 'response']}Request")

    def _free(self, hint: str) -> str:
        name = naming.unique(naming.class_name(hint), self.taken)
        self.taken.add(name)
        return name

    def _refer(self, pointer: str, side: Side, location: Location) -> Object:
        pointer = pointer.removeprefix("#")
        name = self.names[pointer, side]
        if name not in self.schemas:
            self.schemas[name] = None
            self.pending.append((pointer, side))
        return Object({"$ref": f"#/components/schemas/{name}"}, location)

    def _hoist(self, schema: Object, hint: str) -> Object:
        name = self._free(hint)
        self.schemas[name] = schema
        return Object({"$ref": f"#/components/schemas/{name}"}, schema.location)

    # -- operations ----------------------------------------------------------------------------------------------

    def _operation(self, operation: Operation) -> Object:
        hint = naming.pascal(operation.node.text("operationId") or operation.method + operation.path)
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
        liked = {kind: liking for kind in entries if (liking := _preference(kind)) is not None}
        chosen = min(liked, key=liked.__getitem__, default=None)
        if chosen is None:
            if entries and wanted:
                self._find(UNSUPPORTED_MEDIA_TYPE, location, f"none of {', '.join(entries)} can be used here")
            return Object({}, location)
        others = [kind for kind in entries if kind != chosen]
        if others and wanted:
            self._find(IGNORED_MEDIA_TYPE, location, f"{chosen} is used; {', '.join(others)} not")
        entry = entries[chosen]
        schema = entry.at("schema")
        made = self._schema(schema, side, hint) if schema is not None else Object({}, entry.location)
        return Object({chosen: Object({"schema": made}, entry.location)}, location)

    def _find(self, broken: Rule, location: Location, message: str) -> None:
        self.found.append(broken.at(location, message))

    # -- schemas -------------------------------------------------------------------------------------------------

    def _schema(self, node: Node, side: Side, hint: str) -> Json:
        """A schema in a place of use: a reference, or something small enough to stand inline."""
        value = node.value
        if not isinstance(value, Object):
            return (
                Object({}, node.location)
                if value is not False
                else Object({"not": Object({}, node.location)}, node.location)
            )
        if node.reference is not None and _only_annotated(value):
            pointer = node.reference.removeprefix("#")
            return (
                self._refer(pointer, side, node.location)
                if (pointer, side) in self.names
                else Object({}, node.location)
            )
        flat = self._merged(node, side, hint)
        if "$ref" in flat:
            return flat
        if _is_model(flat):
            return self._hoist(self._model(flat, node, side, hint), hint)
        return self._plain(flat, node, side, hint)

    def _named(self, node: Node, side: Side, name: str) -> Object:
        """A schema that has a name of its own."""
        flat = self._merged(node, side, name)
        made = self._model(flat, node, side, name) if _is_model(flat) else self._plain(flat, node, side, name)
        return made.changed({"x-side": side})

    def _merged(self, node: Node, side: Side, hint: str) -> Object:
        """The schema with `allOf`, and a reference with something beside it, merged into one level.

        What a merged part says of fields together (`not`, `anyOf`, ...) is collected in `x-rules`.
        """
        value = node.object
        holder = node.child("allOf")
        parts = list(holder.elements()) if holder is not None else []
        if node.reference is not None:
            parts.insert(0, node)
        own = value.changed({}, drop=("allOf", "$ref"))
        if not parts:
            return own
        # Beside a reference, `type: object` and descriptions add nothing: it stays a reference.
        telling = [part for part in parts if part.reference is not None or not _adds_nothing(part.object)]
        if len(telling) == 1 and _adds_nothing(own):
            only = telling[0]
            pointer = (only.reference or "").removeprefix("#")
            if (pointer, side) in self.names and _only_annotated(only.object):
                if self.names[pointer, side] != hint:
                    return self._refer(pointer, side, node.location)
            elif only.reference is None:
                merged = self._merged(only, side, hint)
                return merged.changed({key: own[key] for key in own if key not in merged})
        merged = own
        for part in parts:
            target = part.resolve()
            if target.reference is not None or f"{node.pointer}/".startswith(f"{target.pointer}/"):
                self._find(UNSUPPORTED_COMPOSITION, part.location, "allOf leads back to the schema that it stands in")
                continue
            if part.reference is not None and part.pointer != node.pointer:
                self._refuse_siblings(part)
            merged = self._merge(merged, self._merged(target, side, hint), part)
        return merged

    def _refuse_siblings(self, part: Node) -> None:
        if not _only_annotated(part.object):
            self._find(UNSUPPORTED_COMPOSITION, part.location, "in allOf, a $ref with other keywords beside it")

    def _merge(self, left: Object, right: Object, where: Node) -> Object:
        """Two schemas that hold at once, as one."""
        rest, rules = _apart(right)
        known = left.get("x-rules")
        changes: dict[str, Json] = {}
        if rules:
            changes["x-rules"] = Array([*(known if isinstance(known, Array) else ()), *rules], right.location)
        for key, value in rest.items():
            mine = left.get(key)
            if mine is None:
                changes[key] = value
            elif key in ANNOTATIONS or mine == value or key.startswith("x-"):
                continue
            elif key == "type" and (both := _both_types(mine, value)) is not None:
                changes[key] = both
            elif key in ("properties", "patternProperties") and isinstance(mine, Object) and isinstance(value, Object):
                changes[key] = self._merge_members(mine, value, where)
            elif key == "required" and isinstance(mine, Array) and isinstance(value, Array):
                changes[key] = Array(dict.fromkeys(map(str, (*mine, *value))), mine.location)
            elif key in _MERGED_BY_REPLACING:
                changes[key] = value
            else:
                self._find(UNSUPPORTED_COMPOSITION, where.location, f"allOf says two things of {key!r}")
        return Object({**left, **changes}, left.location, {**right.places, **left.places})

    def _merge_members(self, left: Object, right: Object, where: Node) -> Object:
        merged: dict[str, Json] = {**left}
        for name, value in right.items():
            mine = merged.get(name, value)
            if mine == value:
                merged[name] = value
            elif isinstance(mine, Object) and isinstance(value, Object) and "$ref" not in (*mine, *value):
                merged[name] = self._merge(mine, value, where)
            elif not (
                isinstance(mine, Object) and "$ref" in mine and isinstance(value, Object) and _only_annotated(value)
            ):
                self._find(UNSUPPORTED_COMPOSITION, where.location, f"allOf says two things of {name!r}")
        return Object(merged, left.location, {**right.places, **left.places})

    def _model(self, flat: Object, node: Node, side: Side, hint: str) -> Object:
        """An object with fields: fields transformed, rules put aside."""
        document = self.document
        own = Node(document, node.pointer, flat, flat.location)
        self._refuse_unsupported(own, side)
        properties: dict[str, Json] = {}
        required = {str(name) for name in _array(flat.get("required"))}
        declared = own.child("properties")
        for name, member in declared.members() if declared else ():
            target = member.resolve()
            if member.is_true("readOnly" if side == "request" else "writeOnly") or target.is_true(
                "readOnly" if side == "request" else "writeOnly"
            ):
                required.discard(name)
                continue
            made = self._schema(member, side, hint + naming.pascal(name))
            if side == "response" and name not in required:
                made = _nullable(made, member.location)
            properties[name] = _with_annotations(made, member)
        patterns = own.child("patternProperties")
        groups = {
            pattern: _with_annotations(self._schema(member, side, hint + "Value"), member, "x-property-group")
            for pattern, member in (patterns.members() if patterns else ())
        }
        open_to = own.child("additionalProperties")
        if open_to is not None and isinstance(open_to.value, Object):
            extra: Json = self._schema(open_to, side, hint + "Value")
        else:
            extra = flat.get("additionalProperties", side == "response")
        kept = {
            key: flat[key] for key in ("description", "deprecated", "x-failure", "x-max-total-items") if key in flat
        }
        rules = self._rules(flat, set(properties)) if side == "request" else []
        return Object(
            {
                "type": "object",
                **kept,
                "properties": Object(properties, own.location, _places(flat, "properties")),
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
        _, own = _apart(flat)
        rules: list[Json] = []
        for fragment in (*own, *_array(flat.get("x-rules"))):
            if isinstance(fragment, Object) and _speaks_of(fragment, declared):
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
            changes["anyOf"] = Array(options, branches.location)
        items = own.child("items")
        if items is not None:
            changes["items"] = self._inner(items, side, f"{hint}Item")
        values = own.child("additionalProperties")
        if values is not None and isinstance(values.value, Object):
            changes["additionalProperties"] = self._inner(values, side, f"{hint}Value")
        bounds = BOUNDS if side == "response" else ()
        made = flat.changed(changes, drop=("oneOf", "discriminator", "x-rules", "xml", "title", *RULES, *bounds))
        return _opened(made) if side == "response" else made

    def _inner(self, node: Node, side: Side, hint: str) -> Json:
        """A schema inside an array, a map or a choice; its bounds need a name to stand on."""
        made = self._schema(node, side, hint)
        if isinstance(made, Object) and any(bound in made for bound in BOUNDS):
            return self._hoist(made.changed({"x-side": side}), hint)
        return made

    def _refuse_unsupported(self, node: Node, side: Side) -> None:
        """A request must be checked as described; of a response nothing is demanded that a model cannot say."""
        if side == "request":
            for key in _UNSUPPORTED:
                if (child := node.child(key)) is not None:
                    self._find(UNSUPPORTED_KEYWORD, child.location, f"{key!r} cannot be enforced by the models")


def _preference(kind: str) -> int | None:
    """How much a client likes a media type, 0 the most; `None`: not at all."""
    plain = kind.partition(";")[0].strip().lower()
    if plain == "application/json":
        return 0
    if plain.endswith("+json"):
        return 1
    if plain == "application/x-www-form-urlencoded":
        return 2
    if plain.startswith("text/") and plain not in ("text/xml", "text/event-stream"):
        return 3
    binary = plain in ("application/octet-stream", "application/pdf", "application/zip", "*/*")
    return 4 if binary or plain.startswith(("image/", "audio/", "video/")) else None


def _roots(operation: Operation) -> Iterator[tuple[Node, Side]]:
    """The nodes of an operation below which schemas stand, with their sides."""
    for parameter in operation.parameters:
        yield parameter, "request"
    body = operation.node.at("requestBody")
    if body is not None:
        yield body.resolve(), "request"
    responses = operation.node.at("responses")
    for _, response in responses.members() if responses is not None else ():
        yield response.resolve(), "response"


def _references(node: Node, side: Side) -> Iterator[str]:
    """The pointers that the schemas below a node refer to, without those of fields that the side does not have."""
    hidden = "readOnly" if side == "request" else "writeOnly"
    stack = [node]
    while stack:
        one = stack.pop()
        if one.is_true(hidden) and "/properties/" in one.pointer:
            continue
        if one.reference is not None:
            yield one.reference.removeprefix("#")
        for key, member in one.members():
            if key not in _DATA and not key.startswith("x-"):
                stack.append(member)
        stack.extend(one.elements())


def _hint(pointer: str) -> str:
    return " ".join(unescape(step) for step in pointer.split("/")[1:] if step not in _SILENT_STEPS)


def _apart(schema: Object) -> tuple[Object, list[Object]]:
    """A schema without what it says of several fields at once, and each such rule by itself."""
    rules = []
    for key in (*RULES, "anyOf", "oneOf"):
        if key in schema:
            kept = {
                part: schema[part]
                for part in (key, "description", *(("then", "else") if key == "if" else ()))
                if part in schema
            }
            rules.append(Object(kept, schema.places.get(key, schema.location), schema.places))
    return schema.changed({}, drop=(*RULES, "then", "else", "anyOf", "oneOf")), rules


def _speaks_of(rule: Json, declared: set[str]) -> bool:
    """Whether a rule is about declared fields only, and brings in no schema of its own."""
    if isinstance(rule, Array):
        return all(_speaks_of(one, declared) for one in rule)
    if not isinstance(rule, Object):
        return True
    fields = rule.get("properties")
    if "$ref" in rule or (isinstance(fields, Object) and not set(fields) <= declared):
        return False
    nested = [rule[key] for key in ("anyOf", "oneOf", "allOf", "not", "if", "then", "else") if key in rule]
    return all(_speaks_of(one, declared) for one in nested)


def _adds_nothing(schema: Object) -> bool:
    return _only_annotated(schema.changed({}, drop=("type",))) and schema.get("type", "object") in (
        "object",
        ["object", "null"],
    )


def _both_types(left: Json, right: Json) -> Json:
    """The types that two `type` keywords allow together; `None` where there are none."""
    ours, theirs = (list(kinds) if isinstance(kinds, Array) else [kinds] for kinds in (left, right))
    both = [kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)]
    both += [kind for kind in theirs if kind == "integer" and "number" in ours]
    if len(both) > 1 and isinstance(left, Array):
        return Array(both, left.location)
    return both[0] if both else None


def _only_annotated(schema: Object) -> bool:
    """Whether a schema, or what stands beside its `$ref`, says nothing about the value itself."""
    return all(
        key in ANNOTATIONS or key in ("$ref", "default", "readOnly", "writeOnly") or key.startswith("x-")
        for key in schema
    )


def _is_model(schema: Object) -> bool:
    """Whether a schema is an object with fields of its own, and so becomes a class."""
    if schema.get("properties") or schema.get("patternProperties"):
        return True
    return schema.get("type") == "object" and schema.get("additionalProperties") is False


def _nullable(schema: Json, location: Location) -> Json:
    """The schema, or `null`."""
    if not isinstance(schema, Object) or (_only_annotated(schema) and "$ref" not in schema):
        return schema
    kind = schema.get("type")
    null = Object({"type": "null"}, location)
    if "anyOf" in schema:
        options = _array(schema["anyOf"])
        return schema if null in options else schema.changed({"anyOf": Array([*options, null], location)})
    if "$ref" in schema or "enum" in schema or "const" in schema:
        return Object({"anyOf": Array([schema, null], location)}, location)
    kinds = list(kind) if isinstance(kind, Array) else [kind]
    return schema if "null" in kinds else schema.changed({"type": Array([*kinds, "null"], location)})


def _opened(schema: Object) -> Object:
    """A choice of strings that takes other strings too: an API adds values without asking its clients."""
    values = schema.get("enum")
    if not isinstance(values, Array):
        return schema
    listed = Array([value for value in values if value is not None], values.location)
    kinds = {"string" if isinstance(value, str) else "integer" for value in listed}
    options: list[Json] = [Object({"enum": listed}, schema.location)]
    options += [Object({"type": kind}, schema.location) for kind in sorted(kinds)]
    if None in values:
        options.append(Object({"type": "null"}, schema.location))
    kept = {key: value for key, value in schema.items() if key in ANNOTATIONS or key.startswith("x-")}
    return Object({**kept, "anyOf": Array(options, values.location)}, schema.location)


def _with_annotations(made: Json, node: Node, *more: str) -> Json:
    """What a place of use says of its schema stays with the place, also when the schema has moved away."""
    said = {key: node.object[key] for key in ("description", "deprecated", "default", *more) if key in node.object}
    if "description" not in said and (text := node.resolve().text("description")) and isinstance(made, Object):
        said = {**said, **({} if "$ref" in made else {"description": text})}
    return made.changed(said) if isinstance(made, Object) else made


def _array(value: Json) -> Array | tuple[()]:
    return value if isinstance(value, Array) else ()


def _places(parent: Object, key: str) -> Mapping[str, Location]:
    member = parent.get(key)
    return member.places if isinstance(member, Object) else {}
