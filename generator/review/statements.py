"""What is said of the value of a member, in plain words: that it fits a fragment of JSON Schema, or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review.phrases import MAX_DEPTH, MAX_MEMBERS, MAX_VALUES, noun
from generator.review.wording import code, listed, shortened, shown, span

if TYPE_CHECKING:
    from generator.review.fragments import Plain


def statement(subject: str, fragment: Plain, *, holds: bool = True) -> str:
    """A sentence such as "`a` is text" or "each element of `a` has `b` = `x`", of at most 200 characters.

    `fragment` is canonical. A bound is taken to say the type that it is about: rules speak of members whose type is
    said elsewhere.
    """
    return shortened(_statement(subject, fragment, holds=holds, depth=MAX_DEPTH))


def _statement(subject: str, fragment: Plain, *, holds: bool, depth: int) -> str:
    if isinstance(fragment, dict) and depth:
        if set(fragment) == {"not"}:
            return _statement(subject, fragment["not"], holds=not holds, depth=depth)
        if set(fragment) == {"items"} and isinstance(fragment["items"], dict):
            each = _statement(f"each element of {subject}", fragment["items"], holds=True, depth=depth - 1)
            return each if holds else f"not {each}"
        if set(fragment) <= {"properties", "required"} and (said := _has(fragment, depth)):
            return f"{subject} has {said}" if holds else f"{subject} does not have {said}"
        if set(fragment) <= {"minProperties", "maxProperties"} and fragment:
            count = span(fragment.get("minProperties"), fragment.get("maxProperties"), "member").removeprefix(" of ")
            return f"{subject} has {count}" if holds else f"{subject} does not have {count}"
        values = fragment.get("enum")
        if not holds and set(fragment) == {"enum"} and isinstance(values, list) and len(values) > 1:
            return f"{subject} is none of {listed([shown(one) for one in values], limit=MAX_VALUES)}"
    return f"{subject} is {'' if holds else 'not '}{noun(fragment, depth, lenient=True)}"


def _has(fragment: dict[str, Plain], depth: int) -> str:
    """The members of an object, after `has`."""
    required = fragment.get("required")
    needed = [str(name) for name in required] if isinstance(required, list) else []
    declared = fragment.get("properties")
    schemas = declared if isinstance(declared, dict) else {}
    words = [code(name) for name in needed if schemas.get(name, True) is True]
    for name, inner in schemas.items():
        always = "always " if name in needed else ""
        values = inner.get("enum") if isinstance(inner, dict) and set(inner) == {"enum"} else None
        if inner is False:
            words.append(f"no {code(name)}")
        elif isinstance(values, list) and len(values) == 1:
            words.append(f"{always}{code(name)} = {shown(values[0])}")
        elif inner is not True:
            words.append(f"{always}{code(name)} as {noun(inner, depth - 1, lenient=True)}")
    return listed(words, limit=MAX_MEMBERS) if words else ""
