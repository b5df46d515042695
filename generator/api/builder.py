"""Document (normalized) -> Api: everything that the templates show, decided and named."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from generator.api import failures, parameters, security
from generator.api.answers import answers, comes_in_parts
from generator.api.batch import batch
from generator.api.conditions import UnsayableError, condition
from generator.api.echo import echo
from generator.api.limits import limit_headers
from generator.api.media import FIELD_STYLES, is_text, is_typed, written_as
from generator.api.model import (
    Api,
    Bulk,
    Condition,
    Element,
    Encoding,
    Operation,
    Property,
    PropertyGroup,
    RequestBody,
    Resource,
    Response,
    Schema,
)
from generator.api.servers import own_servers, servers
from generator.diagnostics import Consequence, Severity, rule
from generator.document.grammar import sent_as
from generator.document.index import path_operations
from generator.document.tree import Array, Node, Object, objects
from generator.python import naming
from generator.python.pattern import pythonic
from generator.python.source import literal
from generator.python.typeref import (
    TAG,
    TypeRef,
    annotated,
    bounds,
    described,
    type_ref,
    values,
    without_null,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Diagnostic, Location, Rule
    from generator.document.grammar import Side
    from generator.document.tree import Document, Json

UNSAYABLE_RULE = rule(
    "unsayable-rule",
    Severity.ERROR,
    "a rule between the fields of a request cannot be checked by the client",
    Consequence.UNCHECKED,
)
NO_OPERATION = rule(
    "no-operation", Severity.ERROR, "a description without operations gives no client", Consequence.FATAL
)
NESTED_TAG = rule(
    "nested-tag",
    Severity.WARNING,
    "a tag has a parent; the client has its resources on one level",
    Consequence.NONE,
)

_ANY_JSON: Final = TypeRef("Json", "AnyJson")


def build(document: Document) -> tuple[Api, tuple[Diagnostic, ...]]:
    """The API, and what of it has no form in the client."""
    builder = _Builder(document)
    return builder.api(), tuple(builder.found)


class _Builder:
    def __init__(self, document: Document) -> None:
        self.root = document.node
        self.found: list[Diagnostic] = []
        self.timestamps = _timestamps(document)
        self.schemes = security.schemes(self.root)

    def api(self) -> Api:
        info = self.root["info"]
        schemas = self.root.at("components", "schemas")
        resources = tuple(self._resources())
        if not resources:
            self._find(NO_OPERATION, self.root.location, "there is no operation under `paths`")
        used = {argument for scheme in self.schemes.values() for argument in security.arguments(scheme)}
        return Api(
            title=info.text("title"),
            version=info.text("version"),
            description=info.text("description"),
            servers=tuple(servers(self.root, (one for resource in resources for one in resource.operations))),
            credentials=tuple(dict.fromkeys(name for name in (*security.CREDENTIALS, *sorted(used)) if name in used)),
            failure=failures.failure_body(self.root, self.found),
            limit_headers=limit_headers(self.root),
            resources=resources,
            schemas=tuple(self._schema(name, node) for name, node in (schemas.members() if schemas else ())),
            timestamps=tuple(sorted((name, form) for form, name in self.timestamps.items())),
            takes_files=any(one.get("x-file") is True for one in objects(self.root.value)),
            gives_streams=any(
                comes_in_parts(answer)
                for resource in resources
                for one in resource.operations
                for answer in (*one.responses, *one.others)
            ),
        )

    def _find(self, broken: Rule, location: Location, message: str) -> None:
        self.found.append(broken.at(location, message))

    def _type(self, schema: Json, side: Side, home: str = "models.") -> TypeRef:
        return type_ref(schema, side, self.timestamps, home)

    # -- schemas -------------------------------------------------------------------------------------------------

    def _schema(self, name: str, node: Node) -> Schema:
        definition = node.object
        side: Side = "request" if definition.get("x-side") == "request" else "response"
        required = definition.get("required")
        names = set(required) if isinstance(required, Array) else set()
        properties = node.child("properties")
        open_to = definition.get("additionalProperties")
        batched = batch(node, self.timestamps)
        constraints, unsaid = self._constraints(node)
        reserved = naming.TAKEN_BY_BATCHES if batched else frozenset[str]()
        members = dict(node.members_of("properties"))
        own = naming.distinct(
            dict(zip(members, members, strict=True)),
            lambda wire: naming.field(wire, reserved),
            chosen=naming.chosen(members),
        )
        taken = {*reserved, *own.values()}
        groups = list(self._groups(node, side, taken))
        if isinstance(open_to, Object) or (open_to is True and side == "request"):
            # Where a pattern is not checked, nobody knows which names are left for what is said of all others.
            typed = isinstance(open_to, Object) and all(group.pattern for group in groups)
            extra = self._type(open_to, side, "") if typed else _ANY_JSON
            own_name = naming.unique("additional_properties", taken)
            lazy = typed and _names_classes(node["additionalProperties"])
            besides = tuple(group.pattern for group in groups if group.pattern)
            groups.append(PropertyGroup(own_name, "", extra, lazy, besides))
        return Schema(
            name=name,
            side=side,
            definition=definition,
            description=described(node, more=unsaid) if side == "request" else node.text("description"),
            failure=node.is_true("x-failure"),
            batch=batched,
            echo=echo(node),
            properties=tuple(
                self._property(wire, own[wire], member, side, wire in names) for wire, member in members.items()
            ),
            constraints=tuple(constraints),
            groups=tuple(groups) if properties else (),
            metadata=() if properties else bounds(definition),
        )

    def _property(self, wire: str, name: str, node: Node, side: Side, required: bool) -> Property:
        schema = node.object
        newer = node.child("x-minimum-version") if side == "request" else None
        return Property(
            wire_name=wire,
            name=name,
            description=described(node) if side == "request" else node.text("description"),
            required=required,
            nullable=_takes_null(node),
            deprecated=node.is_true("deprecated"),
            default=None if required or side == "response" else self._default(schema),
            metadata=bounds(schema) if side == "request" or _has_equals(schema) or TAG in schema else (),
            minimum_version=(newer.text("header"), newer.text("version")) if newer is not None else None,
            alternative_names=tuple(str(one.value) for one in node.elements_of("x-alternative-names"))
            if side == "response"
            else (),
        )

    def _default(self, schema: Object) -> str | None:
        """The default as Python, where it is a plain value of the field's own type."""
        value = schema.get("default")
        type_ = self._type(schema, "request")
        plain = "Decimal" if "Decimal" in type_.options else type_.plain
        if value is None or (isinstance(value, str) and plain not in ("str", "Any") and "Literal" not in plain):
            return None
        if plain == "Decimal" and isinstance(value, int | Decimal) and not isinstance(value, bool):
            return literal(Decimal(value))
        return literal(value) if isinstance(value, str | int) else None

    def _groups(self, node: Node, side: Side, taken: set[str]) -> Iterator[PropertyGroup]:
        for place, (pattern, schema) in enumerate(node.members_of("patternProperties"), 1):
            name = schema.text("x-property-group") or (
                f"pattern properties {place}" if place > 1 else "pattern properties"
            )
            type_ = self._type(schema.value, side, "")
            if annotated(type_) in ("Any", "AnyJson"):
                type_ = _ANY_JSON
            own = naming.unique(naming.field(name), taken)
            taken.add(own)
            lazy = _names_classes(schema)
            searched = pythonic(pattern)
            # Nobody can say which fields a pattern matches that is not checked: any may have any value.
            yield (
                PropertyGroup(own, searched, type_, lazy)
                if searched is not None
                else PropertyGroup(own, "", _ANY_JSON, False)
            )

    def _constraints(self, node: Node) -> tuple[list[Condition], list[str]]:
        """The rules between fields as conditions; and words for those that have no form as one."""
        made: list[Condition] = []
        unsaid: list[str] = []
        for entry in node.elements_of("x-constraints"):
            try:
                found = condition(entry.value)
            except UnsayableError as error:
                location = entry.value.location if isinstance(entry.value, Object) else entry.location
                self.found.append(UNSAYABLE_RULE.at(location, str(error), node.pointer))
                unsaid.append(f"a rule between fields ({error})")
            else:
                # `allOf` at the top is a list of rules, each worth its own message.
                is_list = found.kind == "AllOf"
                made += [one for one in found.arguments if isinstance(one, Condition)] if is_list else [found]
        made += [Condition("TotalItems", (path, most.value)) for path, most in node.members_of("x-max-total-items")]
        return made, unsaid

    # -- operations ----------------------------------------------------------------------------------------------

    def _resources(self) -> Iterator[Resource]:
        by_tag: dict[str, list[Operation]] = {}
        called = {(path, method): node for path, method, node in path_operations(self.root.document)}
        identities = {(path, method): node.text("operationId") for (path, method), node in called.items()}
        methods = naming.distinct(identities, naming.argument, chosen=naming.chosen(called))
        self.methods = frozenset(methods.values())
        constants = naming.distinct(methods, naming.constant)
        for key, node in called.items():
            if parameters.is_sendable(node, self._credentials(node), self.found):
                tag = next((str(one.value) for one in node.elements_of("tags")), "default")
                by_tag.setdefault(tag, []).append(self._operation(*key, node, methods[key], constants[key]))
        tags = {tag.text("name"): tag for tag in self.root.elements_of("tags")}
        for name, node in tags.items():
            if (parent := node.child("parent")) is not None:
                self._find(NESTED_TAG, parent.location, f"the operations of {name!r} stand beside those of its parent")
        descriptions = {name: tag.text("description") for name, tag in tags.items()}
        order = [*descriptions, *by_tag]
        names = naming.distinct(
            {tag: tag for tag in by_tag}, naming.argument, naming.TAKEN_BY_CLIENTS, naming.chosen(tags)
        )
        classes = set(naming.TAKEN_BY_RESOURCES | naming.TAKEN_BY_CLASSES)
        for tag in sorted(by_tag, key=order.index):
            name = names[tag]
            hint = naming.class_name(name)
            class_name = naming.unique(hint, classes | {one.removeprefix("Async") for one in classes})
            classes |= {class_name, f"Async{class_name}"}
            yield Resource(name, class_name, descriptions.get(tag, ""), tuple(by_tag[tag]))

    def _operation(self, path: str, method: str, node: Node, name: str, constant: str) -> Operation:
        given = answers(self._responses(node), self._failures, is_head=method == "head")
        bodies = tuple(self._bodies(node))
        result = " | ".join(given.choices[0].values)
        made = tuple(
            parameters.parameters(node, self.timestamps, self._credentials(node), bool(given.accepts), self.found)
        )
        return Operation(
            id=node.text("operationId"),
            name=name,
            constant=constant,
            method=sent_as(method),
            path=path.partition("#")[0],  # some tell operations of one path apart by a fragment, which is never sent
            summary=node.text("summary"),
            description=node.text("description"),
            deprecated=node.is_true("deprecated"),
            parameters=made,
            body=bodies[0] if bodies else None,
            responses=given.responses,
            result=result,
            security=tuple(dict.fromkeys(security.alternatives(node, self.root, self.schemes, self.found))),
            retry_statuses=_retry_statuses(node.child("x-retry") or self.root.child("x-retry")),
            limits=(
                *(str(one.value) for one in node.elements_of("x-limits")),
                *parameters.limits(node, self._credentials(node)),
                *security.limits(node, self.root, self.schemes),
            ),
            servers=tuple(own_servers(node, self.found)),
            bodies=bodies[1:],
            bulk=self._bulk(name, result) if len(bodies) == 1 and any(one.idempotency_key for one in made) else None,
            accepts=given.accepts,
            others=given.others,
            choices=given.choices,
        )

    def _bulk(self, name: str, result: str) -> Bulk | None:
        """The second method of an operation whose success is the answer to a batch."""
        schema = self.root.at("components", "schemas", result.removeprefix("models."))
        found = batch(schema, self.timestamps, "models.") if schema is not None else None
        if found is None:
            return None
        return Bulk(naming.unique(f"{name}_bulk", self.methods), found.given, found.made)

    def _credentials(self, operation: Node) -> parameters.Credentials:
        return security.places(operation, self.root, self.schemes)

    def _bodies(self, operation: Node) -> Iterator[RequestBody]:
        node = operation.child("requestBody")
        if node is None:
            return
        for media_type, media in node.members_of("content"):
            yield RequestBody(
                media_type=written_as(media_type),
                type=self._content_type(media_type, media, "request"),
                required=node.is_true("required"),
                gzip=parameters.takes_gzip(operation),
                description=described(node, media.child("schema")),
                encoding=tuple(_encodings(media)),
                written=media.text("x-media-type"),
            )

    def _responses(self, operation: Node) -> Iterator[Response]:
        for status, node in operation.members_of("responses"):
            entries = list(node.members_of("content"))
            if not entries:
                yield Response(status, None, None)
            for media_type, media in entries:
                elements = tuple(map(self._element, media.elements_of("x-elements")))
                type_ = None if elements else self._content_type(media_type, media, "response")
                yield Response(status, media_type, type_, elements, media.text("x-media-type"))

    def _element(self, node: Node) -> Element:
        return Element(
            type=self._type(node["schema"].value, "response"), event=node.text("event"), is_text=node.is_true("text")
        )

    def _content_type(self, media_type: str, media: Node, side: Side) -> TypeRef:
        schema = media.object.get("schema")
        made = self._type(schema, side)
        if is_typed(media_type, side):
            return made
        return TypeRef("str", "str") if is_text(media_type) else TypeRef("bytes", "bytes")

    @cached_property
    def _failures(self) -> frozenset[str]:
        """The types that say that a call failed."""
        schemas = self.root.at("components", "schemas")
        named = schemas.members() if schemas else ()
        return frozenset(f"models.{name}" for name, node in named if node.is_true("x-failure"))


def _encodings(media: Node) -> Iterator[Encoding]:
    fields = dict(media["schema"].resolve().members_of("properties"))
    for name, node in media.members_of("encoding"):
        style = node.text("style") if node.text("style") in FIELD_STYLES else None
        explode, reserved = node.child("explode"), node.child("allowReserved")
        if style is None and (explode is not None or reserved is not None):
            style = "form"
        exploded = style == "form" if explode is None else explode.value is True
        is_file = name in fields and any(one.get("x-file") is True for one in objects(fields[name].value))
        if style is not None and not is_file:  # and then `contentType` says nothing
            yield Encoding(name, None, style, exploded, node.is_true("allowReserved"))
        else:
            listed = [one.strip() for one in node.text("contentType").split(",")]
            if len(listed) == 1 and listed[0] and "*" not in listed[0]:
                yield Encoding(name, listed[0])


def _retry_statuses(mark: Node | None) -> tuple[int, ...] | None:
    if mark is None:
        return None
    return tuple(one.value for one in mark.elements_of("statuses") if isinstance(one.value, int))


def _timestamps(document: Document) -> dict[str, str]:
    """Form -> name of each `datetime` type of the API's own."""
    forms = {form for one in objects(document.root) if isinstance(form := one.get("x-datetime-format"), str)}
    return {form: f"DateTime{place if place > 1 else ''}" for place, form in enumerate(sorted(forms), 1)}


def _has_equals(schema: Object) -> bool:
    """Whether a field of an answer has one value that others are equal to in Python: 1.0 is 1, and `True` is too."""
    return type(without_null(schema).get("const")) in (int, bool)


def _names_classes(schema: Node) -> bool:
    return any(one.reference is not None for one in schema.walk())


def _takes_null(schema: Node) -> bool:
    """Whether `null` is among what a normalized schema allows, by itself or by what it refers to."""
    named = schema.resolve()
    if (exactly := named.child("x-exactly-one")) is not None:
        return exactly.value is True
    options = [*named.elements_of("anyOf")]
    if options:
        return any(map(_takes_null, options))
    kind = named.object.get("type")
    return kind == "null" or (kind is None and not values(named.object) and "properties" not in named.object)
