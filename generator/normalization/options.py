"""Choices between schemas: one that a tag decides, or options of which one, or any, has to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from generator.document.tree import Array, Document, Json, Node, Object
from generator.normalization.closed_parts import are_loose, has_closed_parts
from generator.normalization.composition import CLOSED_PART
from generator.normalization.distinction import exclude_each_other
from generator.normalization.enforcement import UNSUPPORTED_KEYWORD, with_unchecked
from generator.normalization.intersection import never_both
from generator.normalization.shapes import ANNOTATIONS, array, kinds, one_by_one, takes_null
from generator.normalization.tagging import objects_apart, tagged, unknown_option, without_tag
from generator.python import naming
from generator.python.typeref import without_null

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.normalization.composition import Composer
    from generator.normalization.discriminators import Discriminators
    from generator.normalization.enforcement import Enforcement
    from generator.normalization.registry import Registry

_SAID_OF_CHOICES: Final = ("anyOf", "oneOf", "discriminator", "x-rules", "xml", "default", "readOnly", "writeOnly")


class Making(Protocol):
    """Makes the schemas that are options."""

    def schema(self, node: Node, side: Side, hint: str) -> Json:
        """A schema in a place of use."""

    def inner(self, node: Node, side: Side, hint: str, *, apart: bool = False) -> Json:
        """The same inside of another one; one that stands `apart` is not to be taken for several options."""


class Options:
    """Makes choices of the options of one description."""

    def __init__(
        self,
        document: Document,
        composer: Composer,
        enforcement: Enforcement,
        discriminators: Discriminators,
        registry: Registry,
        making: Making,
    ) -> None:
        self._document = document
        self._composer = composer
        self._enforcement = enforcement
        self._discriminators = discriminators
        self._registry = registry
        self._making = making

    def choice(self, own: Node, side: Side, hint: str) -> Object:
        """A choice between schemas, each of which has to fit what is said beside the choice too."""
        key = "anyOf" if "anyOf" in own.object else "oneOf"
        if "discriminator" in own.object:
            own = objects_apart(own, key, self._composer.expanded)
        flat = own.object
        unchecked = [*array(flat.get("x-unchecked")), *self._enforcement.unruled(own, side)]
        words = {word: value for word, value in flat.items() if not word.startswith("x-")}
        beside = Object(words, flat.location).changed({}, drop=(*_SAID_OF_CHOICES, *ANNOTATIONS))
        pairs: list[tuple[Node, Node]] = []
        for branch in own.elements_of(key):
            said, whole = beside, branch
            if "discriminator" in flat:
                said = without_tag(beside, self._composer.expanded(branch), own["discriminator"].text("propertyName"))
            if set(said) and never_both(self._composer.expanded(branch), said):
                continue
            if set(said) and not self._says(branch, said):
                both = self._composer.together(self._composer.expanded(branch), said, branch)
                whole = Node(self._document, branch.pointer, both, branch.location)
            pairs.append((branch, whole))
        if not pairs:
            if side == "request":
                self._enforcement.find(UNSUPPORTED_KEYWORD, own[key], "no option fits what is said beside the choice")
                unchecked.append("that an option fits what is said beside them")
            return with_unchecked(Object({}, flat.location), unchecked if side == "request" else [])
        if "discriminator" in flat and (made := self._tagged(own, key, pairs, side, hint)) is not None:
            return with_unchecked(made, unchecked if side == "request" else [])
        branches = [whole for _, whole in pairs]
        exclusive = side == "request" and key == "oneOf" and not exclude_each_other(branches, self._composer)
        options = [
            self._making.inner(one, side, hint + naming.pascal(one.text("title") or f"option {place}"), apart=exclusive)
            for place, one in enumerate(branches, 1)
        ]
        told = [one.changed({}, drop=ANNOTATIONS) if isinstance(one, Object) else one for one in options]
        options = [plain if plain == {"type": "null"} else one for one, plain in zip(options, told, strict=True)]
        if exclusive and has_closed_parts(self._document) and are_loose(branches, self._composer):
            unchecked.append("that exactly one of its options fits, as closed parts are not checked in one")
            self._enforcement.find(
                CLOSED_PART, own[key], "a closed part of an option is not checked, nor that one option fits alone"
            )
            exclusive = False
        if exclusive and any(one in told[:place] for place, one in enumerate(told)):
            self._enforcement.find(UNSUPPORTED_KEYWORD, own[key], "'oneOf' has one schema twice, which nothing fits")
            unchecked.append("that exactly one of its options fits, as one stands there twice")
            exclusive = False
        kept = {word: value for word, value in flat.items() if word in ANNOTATIONS or word.startswith("x-")}
        kept.pop("x-rules", None)
        if unchecked and side == "request":
            kept["x-unchecked"] = Array(dict.fromkeys(unchecked), flat.location)
        if exclusive:
            null = takes_null(own, side)
            listed = [one for one in options if one != {"type": "null"}]
            kept["x-exactly-one"] = null
            listed += [Object({"type": "null"}, own.location)] if null else []
        else:
            listed = one_by_one(options)
        if len(listed) == 1 and isinstance(listed[0], Object) and not exclusive:
            return listed[0].changed({word: value for word, value in kept.items() if word != "title"})
        return Object({**kept, "anyOf": Array(listed, own.location)}, flat.location, flat.places)

    def _tagged(self, own: Node, key: str, pairs: list[tuple[Node, Node]], side: Side, hint: str) -> Object | None:
        """A choice in which a tag says which option a value is; none where no tag does.

        Each option is as it stands there, and with what is said beside the choice.
        """
        pairs = [both for both in pairs if kinds(both[0].object) != ["null"]]
        if not pairs or (tags := self._discriminators.of_choice(own, key, pairs, side)) is None:
            return None
        options = []
        for place, (told, whole) in enumerate(pairs, 1):
            name = told.resolve().key if told.reference is not None else whole.text("title") or f"option {place}"
            made = self._making.schema(whole, side, hint + naming.pascal(name))
            made = without_null(made) if isinstance(made, Object) else Object({}, whole.location)
            if "$ref" not in made:
                made = self._registry.hoist(made.changed({"x-side": side}), hint + naming.pascal(name))
            options.append(made)
        unknown: Object | None = None
        if side == "response":
            unknown = self._registry.hoist(unknown_option(tags.name, hint, own), f"Unknown{hint}")
        return tagged(own, options, tags, unknown, null=takes_null(own, side))

    def _says(self, branch: Node, beside: Object) -> bool:
        """Whether an option says by itself what stands beside its choice: of which types it may be."""
        own = kinds(self._composer.expanded(branch))
        return set(beside) == {"type"} and bool(own) and set(own) <= set(kinds(beside))
