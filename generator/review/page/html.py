"""Review -> one HTML page: what changes, and both descriptions side by side with the changes shown in place.

The page needs nothing but itself: styles and script stand in it, and its Content-Security-Policy names their hashes
and forbids all else. Without script everything is there to read. Whatever comes from a description is text: it is
escaped, never in a script, never the target of a link; characters that cannot be seen are spelled out.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2

from generator.review.catalogue import CHANGES
from generator.review.forms import headline, messages
from generator.review.forms.payload import indented
from generator.review.forms.sections import sections, versions
from generator.review.page.rows import rows
from generator.review.page.view import group, prose, sign, view
from generator.wording import counted, visible

if TYPE_CHECKING:
    from generator.document.tree import Document
    from generator.review.change import Change, Review, SymbolChange
    from generator.review.page.view import View

_TEMPLATES: Final = Path(__file__).parent / "templates"
_DETAILED: Final = 300
"""Changes that are told in full; those after them, and breaking ones come first, in one line."""
_USES: Final = 16
_WAYS: Final = 16
_LINES, _WIDTH = 60, 400
_BLANKS: Final = "\n\t\u3000"


def as_html(review: Review, base: Document, head: Document) -> str:
    """The page. `base` and `head` are the documents that the places of the changes refer to."""
    before = [one.before.pointer for one in review.changes if one.before]
    after = [one.after.pointer for one in review.changes if one.after]
    found = rows(base, head, before, after)
    shown = view(review.changes, found)
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    left_out = Counter(row.omitted for top in found for row in top.walk() if row.omitted.startswith("left out"))
    page = _environment().get_template("page.html.jinja")
    return page.render(
        title=_title(head) or _title(base) or "API",
        review=review,
        verdict=headline.verdict(review),
        outcome=headline.outcome(review).partition(": "),
        groups={name: len(messages.of_level(review, level)) for level, name in messages.GROUPS.items()},
        sides=[
            (one, label, sum(each.side == one for each in review.changes))
            for one, label in messages.SIDES.items()
            if one
        ],
        versions=versions(review),
        sections=tuple(sections(review)),
        items=[_item(number, one, shown, review) for number, one in enumerate(review.changes, 1)],
        rows=shown.rows,
        left_out=sum(left_out.values()),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _title(document: Document) -> str:
    info = document.node.child("info")
    return info.text("title") if info is not None else ""


def _item(number: int, change: Change, shown: View, review: Review) -> dict[str, object]:
    """What the list says of a change, ready to be laid out."""
    rule = CHANGES.get(change.rule)
    is_detailed = number <= _DETAILED
    felt, more = messages.uses(change, _USES)
    return {
        "number": number,
        "change": change,
        "group": group(change),
        "sign": sign(change),
        "wire": messages.wire(change),
        "python": messages.python(change, review),
        "places": shown.places.get(number, ()),
        "more_places": shown.hits.get(number, 0) - len(shown.places.get(number, ())),
        "is_detailed": is_detailed,
        "explanation": rule.explanation if rule is not None else "",
        "uses": [one.first(_WAYS) for one in felt],
        "more_uses": more,
        "symbols": [_symbol(one) for one in messages.symbols(change)[0]] if is_detailed else [],
        "payload": indented(change.evidence.value, _LINES, _WIDTH)
        if change.evidence is not None and is_detailed
        else "",
        "disagreement": messages.disagreement(change),
        "pointer": messages.pointer(change) if change.is_breaking else "",
        "waived": messages.waived(change.waiver) if change.waiver else "",
    }


def _symbol(one: SymbolChange) -> dict[str, object]:
    """What became of a name, and what stood there and stands there now, where the message does not say it."""
    before, after = (text if text not in one.message else "" for text in (one.before, one.after))
    return {"level": one.level, "message": one.message, "before": before, "after": after}


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _visible(value: object) -> object:
    """Spell out what cannot be seen, or turns the order of what can; styles and script, marked as safe, stay."""
    return value if hasattr(value, "__html__") else visible(str(value), _BLANKS)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(prose=prose, counted=counted)
    return environment
