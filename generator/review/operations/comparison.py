"""Two descriptions, operation by operation: everything but what is inside schemas.

Pairs of schemas are handed over in the places where they are used. What many operations feel of one shared component is
one change that names them all, in the order of the head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Node, Object
from generator.document.values import canonical
from generator.review import catalogue
from generator.review.annotations import texts, worded
from generator.review.extensions import RETRY, compare_extension, compare_extensions
from generator.review.nodes import keyword
from generator.review.operations.callbacks import callbacks, webhooks
from generator.review.operations.contents import request_body
from generator.review.operations.credentials import Credentials
from generator.review.operations.described import described
from generator.review.operations.matching import match
from generator.review.operations.parameters import parameters
from generator.review.operations.responses import responses
from generator.review.operations.servers import servers
from generator.review.places import change, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.document.tree import Document
    from generator.review.change import Change
    from generator.review.operations.matching import Matching, Operation, Pair
    from generator.review.schemas.comparison import SchemaComparison

_INHERITED: Final = frozenset((RETRY,))
"""Extensions of the root that hold for every operation without its own: compared where they are felt."""


def compare_operations(base: Document, head: Document, schemas: SchemaComparison) -> Iterator[Change]:
    """What differs between two descriptions, both of OpenAPI 3.1; `schemas` gets every pair of schemas in use."""
    return grouped(_compared(base, head, schemas))


def _compared(base: Document, head: Document, schemas: SchemaComparison) -> Iterator[Change]:
    matching = match(base, head)
    credentials = Credentials(base, head)
    yield from _whole(base.node, head.node)
    yield from _gone_and_come(matching)
    for pair in matching.pairs:
        yield from _operation(pair)
        yield from servers(pair)
        yield from credentials.compare(pair)
        yield from parameters(pair, schemas)
        yield from request_body(pair, schemas)
        yield from responses(pair, schemas)
        yield from callbacks(pair)
    yield from webhooks(base, head)


# -- the API as a whole ----------------------------------------------------------------------------------------------


def _whole(base: Node, head: Node) -> Iterator[Change]:
    """`info`, tags, and what stands at the root."""
    yield from _info(base, head)
    yield from texts([base], [head], None, ())
    yield from compare_extensions([base], [head], None, (), _INHERITED)
    yield from compare_extensions(_below(base, "paths"), _below(head, "paths"), None, ())
    old = {one.text("name"): one for one in base.elements_of("tags")}
    new = {one.text("name"): one for one in head.elements_of("tags")}
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if before is not None and after is not None:
            yield from described(before, after, None, ())
        else:
            message = f"the tag `{name}` is {'listed now' if after is not None else 'no longer listed'}"
            yield change(catalogue.INFO_CHANGED, message, before=before, after=after)


def _info(base: Node, head: Node) -> Iterator[Change]:
    old, new = dict(base.members_of("info")), dict(head.members_of("info"))
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        if key == "version" or key.startswith("x-"):
            continue
        if before is not None and after is not None and canonical(before.value) == canonical(after.value):
            continue
        was, now = (str(one.value) if one is not None else "" for one in (before, after))
        if isinstance((after or before or head).value, Object):
            what = "another" if before and after else "new" if after else "gone"
            message = f"`{key}` of the API is {what}"
        else:
            message = worded(f"`{key}` of the API", was, now)
        yield change(catalogue.INFO_CHANGED, message, before=before, after=after)
    yield from compare_extensions(_below(base, "info"), _below(head, "info"), None, ())


def _below(node: Node, key: str) -> list[Node]:
    found = node.child(key)
    return [found] if found is not None else []


# -- operations ------------------------------------------------------------------------------------------------------


def _gone_and_come(matching: Matching) -> Iterator[Change]:
    """Operations that one side alone has; one that lives on under another path says where."""
    old, new = _by_id(matching.removed), _by_id(matching.added)
    for one in matching.removed:
        other = new.get(one.node.text("operationId"))
        elsewhere = f": `{one.node.text('operationId')}` is `{other}` now" if other is not None else ""
        message = f"`{one}` is gone{elsewhere}"
        after = other.node if other is not None else None
        yield change(catalogue.OPERATION_REMOVED, message, before=one.node, after=after, uses=[one.use()])
    for one in matching.added:
        other = old.get(one.node.text("operationId"))
        elsewhere = f": `{one.node.text('operationId')}` was `{other}`" if other is not None else ""
        message = f"`{one}` is new{elsewhere}"
        before = other.node if other is not None else None
        yield change(catalogue.OPERATION_ADDED, message, before=before, after=one.node, uses=[one.use()])


def _by_id(operations: Sequence[Operation]) -> dict[str, Operation]:
    return {name: one for one in operations if (name := one.node.text("operationId"))}


def _operation(pair: Pair) -> Iterator[Change]:
    """What an operation and its path item say of themselves."""
    base, head, uses = pair.base.node, pair.head.node, [pair.use()]
    yield from described(pair.base.entry, pair.head.entry, None, uses)
    yield from texts([base], [head], None, uses)
    yield from compare_extensions([base], [head], None, uses, _INHERITED)
    yield from compare_extension(RETRY, _inherited(base, RETRY), _inherited(head, RETRY), None, uses)
    yield from compare_extensions(_below(base, "responses"), _below(head, "responses"), None, uses)
    old, new = base.text("operationId"), head.text("operationId")
    if old != new:
        message = f"`{pair.head}` is called {_called(new)}, was {_called(old)}"
        before, after = keyword(base, "operationId"), keyword(head, "operationId")
        yield change(catalogue.OPERATION_RENAMED, message, before=before, after=after, uses=uses)
    if base.is_true("deprecated") != head.is_true("deprecated"):
        deprecated = head.is_true("deprecated")
        rule = catalogue.OPERATION_DEPRECATED if deprecated else catalogue.OPERATION_UNDEPRECATED
        message = f"`{pair.head}` is {'deprecated now' if deprecated else 'no longer deprecated'}"
        before, after = keyword(base, "deprecated"), keyword(head, "deprecated")
        yield change(rule, message, before=before, after=after, uses=uses)
    yield from _tags(pair)


def _inherited(operation: Node, key: str) -> Node | None:
    return operation.child(key) or operation.document.node.child(key)


def _called(name: str) -> str:
    return f"`{name}`" if name else "nothing"


def _tags(pair: Pair) -> Iterator[Change]:
    """The first tag is the resource in Python; the order of the others counts for nothing."""
    base, head = pair.base.node, pair.head.node
    old, new = ([str(tag.value) for tag in one.elements_of("tags")] for one in (base, head))
    before, after = keyword(base, "tags"), keyword(head, "tags")
    if old[:1] != new[:1]:
        now, was = ("".join(f"`{tag}`" for tag in tags[:1]) or "no tag" for tags in (new, old))
        message = f"`{pair.head}` belongs to {now}, was {was}"
        yield change(catalogue.TAG_MOVED, message, before=before, after=after, uses=[pair.use()])
    elif set(old) != set(new):
        now, was = (", ".join(f"`{tag}`" for tag in tags[1:]) or "none" for tags in (new, old))
        message = f"the other tags of `{pair.head}` are {now}, was {was}"
        yield change(catalogue.DESCRIPTION_CHANGED, message, before=before, after=after, uses=[pair.use()])
