"""What is said about corresponding places and changes no message: texts, examples, deprecation.

A place may be made of several objects that hold at once: a chain of references, or a schema and the parts of its
`allOf`. They come outermost first, and the outermost text is the one that readers see.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Object
from generator.document.values import canonical, show
from generator.review import catalogue
from generator.review.places import change
from generator.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.change import Change, Use

_TEXTS: Final = ("title", "summary", "description")
_EXCERPT: Final = 34
"""Characters of a text that a message quotes, before and after."""


def compare_annotations(
    base: Sequence[Node], head: Sequence[Node], side: Side | None, uses: Sequence[Use]
) -> Iterator[Change]:
    """All that is said about two places that correspond, extensions left out."""
    yield from texts(base, head, side, uses)
    yield from examples(base, head, side, uses)
    yield from deprecation(base, head, side, uses)


def texts(base: Sequence[Node], head: Sequence[Node], side: Side | None, uses: Sequence[Use]) -> Iterator[Change]:
    """`title`, `summary`, `description` and `externalDocs`. A text that moves along a chain of references stays."""
    for key in (*_TEXTS, "externalDocs"):
        old, new = _distinct(base, key), _distinct(head, key)
        # The texts are told from outside in: readers see the first, and the others where they read on.
        before, after = next(((one, other) for one, other in zip_longest(old, new) if one != other), (None, None))
        if before is not None or after is not None:
            yield change(
                catalogue.DESCRIPTION_CHANGED,
                worded(f"`{key}`", before or "", after or ""),
                before=None if before is None else old[before],
                after=None if after is None else new[after],
                side=side,
                uses=uses,
            )


def worded(what: str, before: str, after: str) -> str:
    """How a text differs, by the first words that do: one sentence that quotes at most some 70 characters."""
    if not before or not after:
        return f'{what} is new: "{_cut(after)}"' if after else f'{what} is gone: "{_cut(before)}"'
    old, new = before.split(), after.split()
    if old == new:
        return f"{what} has other line breaks or spaces"
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    gone, come = " ".join(old[start : len(old) - end]), " ".join(new[start : len(new) - end])
    if not gone:
        return f'{what} has more words: "{_cut(come)}"'
    if not come:
        return f'{what} is without the words "{_cut(gone)}"'
    return f'{what} changed: "{_cut(come)}", was "{_cut(gone)}"'


def deprecation(base: Sequence[Node], head: Sequence[Node], side: Side | None, uses: Sequence[Use]) -> Iterator[Change]:
    """Whether any of the objects says `deprecated: true`."""
    old, new = _deprecated(base), _deprecated(head)
    if old is None and new is not None:
        message, before = f"{_called(head[0])} is deprecated now", base[min(new, len(base) - 1)]
        yield change(catalogue.DEPRECATED, message, before=before, after=head[new]["deprecated"], side=side, uses=uses)
    if old is not None and new is None:
        message, after = f"{_called(head[0])} is no longer deprecated", head[min(old, len(head) - 1)]
        yield change(catalogue.UNDEPRECATED, message, before=base[old]["deprecated"], after=after, side=side, uses=uses)


def _called(node: Node) -> str:
    """A parameter, a header or a security scheme by its name; the rest is told by who says it."""
    whole = node.resolve()
    if whole.text("name") and whole.text("in"):
        return f"{whole.text('in')} parameter `{whole.text('name')}`"
    holder = node.pointer.rpartition("/")[0]
    if holder == "/components/securitySchemes":
        return f"the security scheme `{node.key}`"
    return f"header `{node.key}`" if holder.endswith("/headers") else "this"


def _deprecated(nodes: Sequence[Node]) -> int | None:
    """The position of the object that is deprecated."""
    return next((at for at, node in enumerate(nodes) if node.is_true("deprecated")), None)


def examples(base: Sequence[Node], head: Sequence[Node], side: Side | None, uses: Sequence[Use]) -> Iterator[Change]:
    """`example` and `examples`: those with names by name and value, the others by value, in any order."""
    yield from _named_examples(_named(base), _named(head), side, uses)
    old, new = _values(base), _values(head)
    gone = [node for key, node in old.items() if key not in new]
    come = [node for key, node in new.items() if key not in old]
    for position in range(max(len(gone), len(come))):
        before = gone[position] if position < len(gone) else None
        after = come[position] if position < len(come) else None
        if before is not None and after is not None:
            message = f"an example is {show(after.value)}, was {show(before.value)}"
        elif after is not None:
            message = f"an example is new: {show(after.value)}"
        else:
            message = f"an example is gone: {show(before.value if before else None)}"
        yield change(catalogue.EXAMPLE_CHANGED, message, before=before, after=after, side=side, uses=uses)


def _named_examples(
    old: dict[str, Node], new: dict[str, Node], side: Side | None, uses: Sequence[Use]
) -> Iterator[Change]:
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if before is not None and after is not None and canonical(before.value) == canonical(after.value):
            continue
        what = "another" if before and after else "new" if after else "gone"
        message = f"the example `{name}` is {what}"
        yield change(catalogue.EXAMPLE_CHANGED, message, before=before, after=after, side=side, uses=uses)


def _named(nodes: Sequence[Node]) -> dict[str, Node]:
    """The examples with names: of a parameter, header or media type; the outermost wins."""
    found: dict[str, Node] = {}
    for node in nodes:
        for name, example in node.members_of("examples"):
            found.setdefault(name, example.resolve())
    return found


def _values(nodes: Sequence[Node]) -> dict[Hashable, Node]:
    """The examples without names, by value."""
    found: dict[Hashable, Node] = {}
    for node in nodes:
        single = node.child("example")
        for example in (*([single] if single is not None else []), *node.elements_of("examples")):
            found.setdefault(canonical(example.value), example)
    return found


def _distinct(nodes: Sequence[Node], key: str) -> dict[str, Node]:
    """What the objects say under a keyword, each text once, outermost first, and where."""
    found: dict[str, Node] = {}
    for node in nodes:
        member = node.child(key)
        text = "" if member is None else _as_text(member)
        if member is not None and text:
            found.setdefault(text, member)
    return found


def _as_text(node: Node) -> str:
    """A text without the line break that a YAML block ends in; external documents by description and address."""
    if isinstance(node.value, Object):
        return " ".join(part for part in (node.text("description").strip(), node.text("url")) if part)
    return "" if node.value is None or isinstance(node.value, Array) else str(node.value).strip()


def _cut(text: str) -> str:
    return shortened(" ".join(text.split()), _EXCERPT)
