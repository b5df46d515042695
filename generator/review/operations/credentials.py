"""What a call must bring to be let in: alternatives, each a set of schemes with scopes that go together.

A call that says nothing of its own takes what the root says; where nobody says anything, nothing is needed. Schemes are
the same by definition, whatever they are called; of those that are not, by name: then the definition is what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.document.values import canonical, show
from generator.review import catalogue
from generator.review.change import Wire
from generator.review.nodes import keyword
from generator.review.operations.described import described
from generator.review.places import change

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from generator.document.tree import Document, Node
    from generator.review.change import Change, Use
    from generator.review.operations.matching import Operation, Pair

_Atom: TypeAlias = "tuple[Hashable, str]"

_SPOKEN: Final = ("type", "in", "name", "scheme", "openIdConnectUrl")
"""What tells how a credential is fetched and sent, flows of OAuth 2 aside."""
_ENDPOINTS: Final = ("authorizationUrl", "tokenUrl", "refreshUrl")


class _Way(msgspec.Struct, frozen=True):
    """One alternative, and in words. A scheme stands in it by itself and once with each scope; empty: nothing."""

    atoms: frozenset[_Atom]
    text: str


class Credentials:
    """What the operations of two descriptions ask for."""

    def __init__(self, base: Document, head: Document) -> None:
        self._base, self._head = _schemes(base), _schemes(head)
        self._base_keys, self._head_keys = _keys(self._base, self._head)

    def compare(self, pair: Pair) -> Iterator[Change]:
        """How the credentials differ that an operation asks for, and what is said of them."""
        before, after = _asked(pair.base), _asked(pair.head)
        use = pair.use()
        base, head = _ways(before, self._base_keys), _ways(after, self._head_keys)
        gone = [way for way in base if not any(other.atoms <= way.atoms for other in head)]
        come = [way for way in head if not any(other.atoms <= way.atoms for other in base)]
        if gone:
            message = f"a call needs {_either(head)}; it needed {_either(base)}"
            yield change(catalogue.SECURITY_TIGHTENED, message, before=before, after=after, uses=[use])
        if come:
            message = f"a call can be made with {_either(come)}; it needed {_either(base)}"
            yield change(catalogue.SECURITY_LOOSENED, message, before=before, after=after, uses=[use])
        old = {self._base_keys.get(name): name for name in reversed(_names(before))}
        for name in _names(after):
            same = old.get(self._head_keys.get(name))
            if same is not None and name in self._head:
                yield from _compared(self._base[same], self._head[name], use)


def _schemes(document: Document) -> dict[str, Node]:
    holder = document.find("/components/securitySchemes")
    return dict(holder.members()) if holder is not None else {}


def _keys(base: Mapping[str, Node], head: Mapping[str, Node]) -> tuple[dict[str, Hashable], dict[str, Hashable]]:
    """What the schemes of both sides share that are the same, by name in the base and in the head."""
    old = {name: _definition(node.resolve()) for name, node in base.items()}
    new = {name: _definition(node.resolve()) for name, node in head.items()}
    kept, known = set(new.values()), set(old.values())
    paired = {name for name in old if name in new and old[name] not in kept and new[name] not in known}
    return {name: new[name] if name in paired else old[name] for name in old}, new


def _definition(scheme: Node) -> Hashable:
    """What a scheme is, without what is only said of it."""
    flows = {
        (name, key, canonical(value.value) if key in _ENDPOINTS else frozenset(scope for scope, _ in value.members()))
        for name, flow in scheme.members_of("flows")
        for key, value in flow.members()
        if key in (*_ENDPOINTS, "scopes") and (key != "scopes" or value.object)
    }
    return (
        *(_spoken(scheme, key) for key in _SPOKEN),
        frozenset(name for name, _ in scheme.members_of("flows") if not name.startswith("x-")),
        frozenset(flows),
    )


def _spoken(scheme: Node, key: str) -> str:
    """A word of a definition; schemes of HTTP and names of headers are the same in any case."""
    text = scheme.text(key)
    return text.lower() if key == "scheme" or (key == "name" and scheme.text("in") == "header") else text


def _asked(operation: Operation) -> Node:
    """Where it is said what an operation needs; the root where nobody says it."""
    root = operation.node.document.node
    return operation.node.child("security") or keyword(root, "security")


def _names(asked: Node) -> list[str]:
    """The schemes that are asked for, each once."""
    return list(dict.fromkeys(name for way in asked.elements() for name, _ in way.members()))


def _ways(asked: Node, keys: Mapping[str, Hashable]) -> list[_Way]:
    """The alternatives; one that needs nothing where none is listed."""
    ways: list[_Way] = []
    for way in asked.elements():
        atoms: set[_Atom] = set()
        names: list[str] = []
        for name, listed in way.members():
            key = keys.get(name, ("unknown", name))
            scopes = [str(scope.value) for scope in listed.elements()]
            atoms |= {(key, ""), *((key, scope) for scope in scopes)}
            names.append(f"`{name}`{_scoped(scopes)}")
        ways.append(_Way(frozenset(atoms), " together with ".join(names) or "nothing"))
    return ways or [_Way(frozenset(), "nothing")]


def _scoped(scopes: Sequence[str]) -> str:
    named = " and ".join(f"`{scope}`" for scope in scopes)
    return f" with {'scope' if len(scopes) == 1 else 'scopes'} {named}" if scopes else ""


def _either(ways: Sequence[_Way]) -> str:
    """Alternatives in words, in their order, nothing at the end."""
    texts = dict.fromkeys(way.text for way in sorted(ways, key=lambda way: not way.atoms))
    return ", or ".join(texts)


# -- schemes ---------------------------------------------------------------------------------------------------------


def _compared(before: Node, after: Node, use: Use) -> Iterator[Change]:
    """How the definitions of one scheme differ, and what is said of it."""
    yield from described(before, after, None, [use])
    base, head = before.resolve(), after.resolve()
    named = f"`{head.key}`"
    for key in _SPOKEN:
        if _spoken(base, key) != _spoken(head, key) and base.text(key) != head.text(key):
            yield _scheme_changed(_changed_word(key, named, base, head), keyword(base, key), keyword(head, key), use)
    if base.text("bearerFormat") != head.text("bearerFormat"):
        key = "bearerFormat"  # a hint for people, which no message depends on
        message = _changed_word(key, named, base, head)
        yield _scheme_changed(message, keyword(base, key), keyword(head, key), use, Wire.DOCS)
    old, new = dict(base.members_of("flows")), dict(head.members_of("flows"))
    for flow in dict.fromkeys((*new, *old)):
        one, other = old.get(flow), new.get(flow)
        if flow.startswith("x-"):
            continue
        if one is not None and other is not None:
            yield from _flows(f"the flow `{flow}` of {named}", one, other, use)
        elif other is not None:
            yield _scheme_changed(f"{named} has the flow `{flow}` too", base, other, use, Wire.COMPATIBLE)
        elif one is not None:
            yield _scheme_changed(f"{named} has no flow `{flow}` any more", one, head, use)


def _flows(named: str, base: Node, head: Node, use: Use) -> Iterator[Change]:
    for key in _ENDPOINTS:
        if base.text(key) != head.text(key):
            wire = None if base.text(key) else Wire.COMPATIBLE
            message = _changed_word(key, named, base, head)
            yield _scheme_changed(message, keyword(base, key), keyword(head, key), use, wire)
    old, new = dict(base.members_of("scopes")), dict(head.members_of("scopes"))
    for scope in dict.fromkeys((*new, *old)):
        one, other = old.get(scope), new.get(scope)
        if one is None:
            message = f"{named} knows the scope `{scope}` too"
            yield _scheme_changed(message, keyword(base, "scopes"), other, use, Wire.COMPATIBLE)
        elif other is None:
            message = f"{named} no longer knows the scope `{scope}`"
            yield _scheme_changed(message, one, keyword(head, "scopes"), use)
        elif one.value != other.value:
            message = f"the text of scope `{scope}` is another"
            yield change(catalogue.DESCRIPTION_CHANGED, message, before=one, after=other, uses=[use])


def _changed_word(key: str, named: str, base: Node, head: Node) -> str:
    old, new = (show(one.text(key)) if one.text(key) else "left out" for one in (base, head))
    return f"`{key}` of {named} is {new}, was {old}"


def _scheme_changed(message: str, before: Node, after: Node | None, use: Use, wire: Wire | None = None) -> Change:
    return change(catalogue.SECURITY_SCHEME_CHANGED, message, before=before, after=after, uses=[use], wire=wire)
