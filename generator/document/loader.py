"""Files -> `Document`: one tree with a place for every node, in which every `$ref` begins with `#`.

References to other files are followed and bundled. Where a reference is a whole definition (a component, a path item,
a parameter, response, header, example and so on) its target is put in its place. In a schema's position the target gets
a home in `components/schemas`, named after the fragment's last token or the file, and the reference leads there; all
references to one target share one home, so recursive files work. References inside another file are relative to that
file. Only files in the entry file's directory and below are read (`../` is fine as long as it stays inside), and
nothing is fetched. An example's relative `externalValue` that names a JSON or YAML file is read in as its `value`.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.diagnostics import Consequence, Location, Severity, UnusableInputError, rule
from generator.document.files import Files, Target, is_remote, start_of
from generator.document.grammar import CHILDREN
from generator.document.overlay import overlaid
from generator.document.parser import MAX_DEPTH, TOO_DEEP
from generator.document.tree import Array, Document, Json, Object, escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable


MAX_VALUES = 5_000_000

NOT_AN_OBJECT = rule("not-an-object", Severity.ERROR, "the entry file must hold an object", Consequence.FATAL)
UNSUPPORTED_VERSION = rule(
    "unsupported-version", Severity.ERROR, "`openapi` must be a 3.0.x, 3.1.x or 3.2.x version", Consequence.FATAL
)
TOO_LARGE = rule(
    "too-large", Severity.ERROR, f"the bundled description may hold {MAX_VALUES:,} values", Consequence.FATAL
)
CIRCULAR_FILE_REF = rule(
    "circular-file-ref", Severity.ERROR, "definitions in files must not consist of each other", Consequence.UNCHECKED
)

_SUPPORTED = "supported are OpenAPI 3.0.x, 3.1.x and 3.2.x"
_FILE_LIKE = re.compile(r"[/#]|\.(?:ya?ml|json)$", re.IGNORECASE)


def load(path: Path, root: Path = Path(), overlays: Iterable[Path] = ()) -> Document:
    """Read a description and all files that it refers to, with overlays laid over its entry file, one by one.

    References in an overlay are relative to the entry file, as if they stood there.

    With `root`, what is read is the copy below that folder, `/` of an absolute path included, while places, files and
    findings name the original: two states of a description, one of them laid out elsewhere, speak of the same files.
    An overlay beside the description is that of the copy, if it has one; one from elsewhere is read as it is.

    Raises:
        UnusableInputError: A file cannot be read or parsed, or is no OpenAPI 3.0, 3.1 or 3.2 description.
    """
    bundle = _Bundle(path, root, [one.as_posix() for one in overlays])
    return Document(bundle.build(), tuple(bundle.files.trees), tuple(bundle.findings), bundle.files.digest())


class _Bundle:
    """One run of the loader: the homes given out so far."""

    def __init__(self, path: Path, root: Path, overlays: list[str]) -> None:
        self.files = Files(path, root, overlays)
        self.entry = self.files.entry
        self.findings = self.files.findings
        self._overlays = overlays
        self._homes: dict[Target, str] = {}
        self._waiting: list[Target] = []
        self._inlined: dict[tuple[Target, str], Json] = {}
        self._open: list[tuple[Target, str]] = []
        self._taken = set[str]()
        self._settled = set[int]()
        self._depth = 0

    def build(self) -> Object:
        """Read the entry file and put everything that it refers to into it."""
        root = self.files.read(self.entry, Location(self.entry, 1, 1))
        if not isinstance(root, Object):
            what = "holds no object" if root is not None else "is empty"
            raise UnusableInputError([*self.findings, NOT_AN_OBJECT.at(start_of(root, self.entry), f"the file {what}")])
        root = self._overlaid(root)
        self._check_version(root)
        own = root.get("$self")
        self.files.own_uri = own.partition("#")[0] if isinstance(own, str) else ""
        components = root.get("components")
        schemas = components.get("schemas") if isinstance(components, Object) else None
        if isinstance(schemas, Object):
            self._settle(schemas)
        copied = self._copy(root, "document", self.entry)
        bundled = self._with_homes(copied if isinstance(copied, Object) else root)
        self._measure(bundled)
        return bundled

    def _overlaid(self, root: Object) -> Object:
        for file in self._overlays:
            if self.files.is_absent(file):
                continue
            overlay = self.files.read(file, Location(file, 1, 1))
            root, found = overlaid(root, overlay, start_of(overlay, file))
            self.files.trees[self.entry] = root  # what refers to the entry file finds it as it is now
            self.findings += found
        return root

    def _check_version(self, root: Object) -> None:
        version, key = root.get("openapi"), "openapi"
        if "openapi" not in root and "swagger" in root:
            version, key = root["swagger"], "swagger"
        if (
            key == "openapi"
            and isinstance(version, str)
            and re.fullmatch(r"3\.[012]\.[0-9]+(-.*)?", version, re.DOTALL)
        ):
            return
        place = root.places.get(key, root.location)
        if key == "swagger":
            hint = "convert it first, with swagger2openapi for one"
            message = f"this is Swagger {_short(version)}; {_SUPPORTED}: {hint}"
        elif "openapi" not in root:
            message = f"there is no `openapi` member; {_SUPPORTED}"
        else:
            hint = "" if isinstance(version, str) else " (quote it: it must be a text)"
            message = f"`openapi` is {_short(version)}{hint}; {_SUPPORTED}"
        raise UnusableInputError([*self.findings, UNSUPPORTED_VERSION.at(place, message)])

    def _settle(self, schemas: Object) -> None:
        """Components that are nothing but a reference to a file are the homes of what they refer to."""
        self._taken.update(schemas)
        for name, value in schemas.items():
            if isinstance(value, Object) and len(value) == 1 and isinstance(ref := value.get("$ref"), str):
                target = self.files.target(ref, self.entry, None)
                if target is not None and target[0] != self.entry and target not in self._homes:
                    self._homes[target] = name
                    self._settled.add(id(value))

    def _copy(self, value: Json, kind: str, file: str) -> Json:
        """The same value with its references rewritten or, where they are whole definitions, replaced."""
        if not isinstance(value, Object):
            return value
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnusableInputError([*self.findings, TOO_DEEP.at(value.location, "references nest too deep")])
        ref = value.get("$ref")
        copied: Json = None
        if isinstance(ref, str) and kind not in ("document", "components"):
            whole = kind != "schema" or id(value) in self._settled
            copied = self._inline(value, ref, kind, file) if whole else None
        copied = self._copy_members(value, kind, file) if copied is None else copied
        self._depth -= 1
        return copied

    def _copy_members(self, value: Object, kind: str, file: str) -> Json:
        changes = dict[str, Json]()
        for key, member in value.items():
            spec = CHILDREN[kind].get(key) if kind != "callback" else "path-item"
            if spec is not None and not (kind == "callback" and (key.startswith("x-") or key == "$ref")):
                changes[key] = self._copy_member(member, spec, file)
        if kind == "schema" and isinstance(ref := value.get("$ref"), str):
            changes["$ref"] = self._schema_ref(ref, file, value.places.get("$ref", value.location))
        if kind == "schema" and isinstance(discriminator := value.get("discriminator"), Object):
            changes["discriminator"] = self._discriminator(discriminator, file)
        if kind == "example":
            return self._external(value, file)
        changed = any(changes[key] is not value[key] for key in changes)
        return value.changed(changes) if changed else value

    def _copy_member(self, member: Json, spec: str, file: str) -> Json:
        kind = spec.lstrip("[]{}~")
        if spec.startswith("{}") and isinstance(member, Object):
            copies = {
                name: value if spec[2] == "~" and name.startswith("x-") else self._copy(value, kind, file)
                for name, value in member.items()
            }
            return member.changed(copies) if any(copies[name] is not member[name] for name in copies) else member
        if spec.startswith("[]") and isinstance(member, Array):
            elements = [self._copy(value, kind, file) for value in member]
            same = all(new is old for new, old in zip(elements, member, strict=True))
            return member if same else Array(elements, member.location, member.places)
        return member if spec[0] in "[{" else self._copy(member, kind, file)

    def _inline(self, value: Object, ref: str, kind: str, file: str) -> Json:
        """What a whole-definition reference stands for; `None` when it has to stay as it is."""
        place = value.places.get("$ref", value.location)
        target = self.files.target(ref, file, place)
        if target is None or (file == self.entry and ref.startswith("#")):
            return None
        if target[0] == self.entry:
            return value.changed({"$ref": _fragment(target[1])})
        step = (target, kind)
        if step in self._open or len(self._open) > MAX_DEPTH:
            self.findings.append(CIRCULAR_FILE_REF.at(place, f"{ref!r} leads back to itself"))
            return None
        if step not in self._inlined:
            found = self.files.find(target, place)
            if found is None:
                return None
            self._open.append(step)
            self._inlined[step] = self._copy(found[0], kind, target[0])
            self._open.pop()
        inlined = self._inlined[step]
        beside = {key: value[key] for key in value if key != "$ref"}
        if not beside or not isinstance(inlined, Object):
            return inlined
        return Object({**inlined, **beside}, inlined.location, {**inlined.places, **value.places})

    def _schema_ref(self, ref: str, file: str, place: Location) -> str:
        target = self.files.target(ref, file, place)
        if target is None:
            return ref
        if target[0] == self.entry:
            return ref if file == self.entry and ref.startswith("#") else _fragment(target[1])
        if target not in self._homes:
            if self.files.find(target, place) is None:
                return ref
            self._homes[target] = self._free_name(target)
            self._waiting.append(target)
        return f"#/components/schemas/{escape(self._homes[target])}"

    def _free_name(self, target: Target) -> str:
        last = unescape(target[1].rpartition("/")[2]) or PurePosixPath(target[0]).name.partition(".")[0]
        name = base = re.sub(r"[^A-Za-z0-9._-]+", "_", last).strip("_") or "Schema"
        number = 2
        while name in self._taken:
            name, number = f"{base}{number}", number + 1
        self._taken.add(name)
        return name

    def _discriminator(self, discriminator: Object, file: str) -> Json:
        mapping = discriminator.get("mapping")
        if not isinstance(mapping, Object):
            return discriminator
        changes = {
            key: self._schema_ref(value, file, mapping.places.get(key, mapping.location))
            for key, value in mapping.items()
            if isinstance(value, str) and value not in self._taken and _FILE_LIKE.search(value)
        }
        return discriminator.changed({"mapping": mapping.changed(changes)}) if changes else discriminator

    def _external(self, example: Object, file: str) -> Json:
        name = example.get("externalValue")
        if "value" in example or not isinstance(name, str) or not re.search(r"\.(ya?ml|json)$", name, re.IGNORECASE):
            return example
        if is_remote(name):
            return example
        place = example.places.get("externalValue", example.location)
        target = self.files.target(name, file, place)
        found = self.files.find(target, place) if target else None
        if found is None:
            return example
        changed = example.changed({"value": found[0]}, drop=["externalValue"])
        changed.places = {**example.places, "value": found[1]}
        return changed

    def _with_homes(self, root: Object) -> Object:
        """The root with the schemas that other files brought in."""
        added, places = dict[str, Json](), dict[str, Location]()
        while self._waiting:
            target = self._waiting.pop(0)
            found = self.files.find(target, Location(self.entry, 1, 1))
            if found is not None:
                name = self._homes[target]
                added[name], places[name] = self._copy(found[0], "schema", target[0]), found[1]
        if not added:
            return root
        components = root.get("components")
        holder = components if isinstance(components, Object) else Object({}, root.location)
        old = holder.get("schemas")
        schemas = old if isinstance(old, Object) else Object({}, holder.location)
        merged = Object({**schemas, **added}, schemas.location, {**schemas.places, **places})
        return root.changed({"components": holder.changed({"schemas": merged})})

    def _measure(self, root: Object) -> None:
        """Refuse a tree that sharing makes too deep or too large to walk."""
        known = dict[int, tuple[int, int]]()

        def measure(value: Json, depth: int) -> tuple[int, int]:
            if not isinstance(value, (Object, Array)):
                return 1, 0
            if depth > MAX_DEPTH:
                raise UnusableInputError([*self.findings, TOO_DEEP.at(value.location, "references nest too deep")])
            if id(value) not in known:
                size, below = 1, 0
                for child in value.values() if isinstance(value, Object) else value:
                    child_size, child_depth = measure(child, depth + 1)
                    size, below = size + child_size, max(below, child_depth)
                known[id(value)] = (size, below + 1)
            return known[id(value)]

        size, depth = measure(root, 1)
        if depth > MAX_DEPTH:
            raise UnusableInputError([*self.findings, TOO_DEEP.at(root.location, "references nest too deep")])
        if size > MAX_VALUES:
            found = TOO_LARGE.at(root.location, f"with references followed there are {size:,} values")
            raise UnusableInputError([*self.findings, found])


def _fragment(pointer: str) -> str:
    return "#" + pointer.replace("%", "%25")


def _short(value: Json) -> str:
    return repr(value)[:40] if isinstance(value, str) else str(value)[:40]
