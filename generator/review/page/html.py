"""Review -> one HTML page: what changes, and both descriptions side by side with the changes shown in place.

The page needs nothing but itself: styles and script stand in it, and its Content-Security-Policy names their hashes
and forbids all else. Without script everything is there to read. Whatever comes from a description is text: it is
escaped, never in a script, never the target of a link; characters that cannot be seen are spelled out.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
import msgspec

from generator.review.catalogue import CHANGES
from generator.review.change import Wire
from generator.review.page.rows import rows
from generator.review.page.view import group, prose, sign, view

if TYPE_CHECKING:
    from generator.document import Document, Json
    from generator.review.change import Change, Review
    from generator.review.page.view import View

_TEMPLATES: Final = Path(__file__).parents[2] / "templates" / "review"
_USES: Final = 16
_DETAILED: Final = 300
"""Changes that are told in full; those after them, and breaking ones come first, in one line."""
_LINES: Final = 60
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"))


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
        verdict=verdict(review),
        counts=counts(review),
        versions=version_line(review),
        items=[_item(number, one, shown) for number, one in enumerate(review.changes, 1)],
        rows=shown.rows,
        left_out=sum(left_out.values()),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def verdict(review: Review) -> tuple[bool, str]:
    """Whether it passes, and why, in a sentence."""
    breaking = [one for one in review.changes if one.is_breaking]
    errors = [one for one in (*review.findings, *review.problems) if one.severity == "error"]
    told = f"{_number(len(breaking), 'breaking change')}"
    if not review.changes:
        reason = "nothing changes in meaning"
    elif not breaking:
        reason = "nothing breaks"
    elif not review.unwaived:
        reason = f"{told}, waived"
    elif review.versions.head_says_it:
        reason = f"{told}, covered by the version"
    else:
        reason = f"{told}, {_number(len(review.unwaived), '')} neither waived nor covered by the version"
    if errors:
        reason += f"; {_number(len(errors), 'error')} besides"
    return review.passes, reason


def counts(review: Review) -> dict[str, int]:
    """How many changes there are of each group, and of each direction."""
    groups = Counter(group(one) for one in review.changes)
    sides = Counter(one.side for one in review.changes)
    return {
        **{str(one): groups[str(one)] for one in Wire},
        "request": sides["request"],
        "response": sides["response"],
    }


def version_line(review: Review) -> str:
    """What the versions say, and what they should, on one line."""
    says = review.versions
    needed = f"needed {says.needed}" + (f" ({says.level})" if says.level else "")
    package = f", package {says.package}" if says.package is not None else ""
    return f"{says.base} → {says.head}{package}; {needed}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 or not noun else 's'}".strip()


def _title(document: Document) -> str:
    info = document.node.child("info")
    return info.text("title") if info is not None else ""


def _item(number: int, change: Change, shown: View) -> dict[str, object]:
    """What the list says of a change, ready to be laid out."""
    rule = CHANGES.get(change.rule)
    is_told = number <= _DETAILED
    return {
        "number": number,
        "change": change,
        "group": group(change),
        "sign": sign(change),
        "places": shown.places.get(number, ()),
        "more_places": shown.hits.get(number, 0) - len(shown.places.get(number, ())),
        "is_told": is_told,
        "explanation": rule.explanation if rule is not None else "",
        "uses": change.uses[:_USES],
        "more_uses": len(change.uses[_USES:]),
        "payload": _payload(change.evidence.value) if change.evidence is not None and is_told else "",
    }


def _payload(value: Json) -> str:
    text = msgspec.json.format(msgspec.json.Encoder(decimal_format="number").encode(value), indent=2).decode()
    lines = [line if len(line) <= 400 else f"{line[:400]}…" for line in text.split("\n")]
    more = [f"… {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    return "\n".join(lines[:_LINES] + more)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _visible(value: object) -> object:
    """Spell out what cannot be seen, or turns the order of what can: control, format and bidirectional characters.

    Styles and script, which are marked as safe, stay as they are.
    """
    if hasattr(value, "__html__"):
        return value
    text = str(value)
    if text.isprintable():
        return text
    return "".join(
        f"⟨U+{ord(one):04X}⟩" if one not in "\n\t" and unicodedata.category(one) in _HIDDEN else one for one in text
    )


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
    environment.filters["prose"] = prose
    return environment
