"""Single clauses in plain words: what is said of the value of a member, and what a clause demands under a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review.rules import fragments
from generator.review.rules.descriptions import MAX_DEPTH, MAX_MEMBERS, MAX_VALUES, describe_fragment
from generator.review.rules.formulas import Atom, Clause, Holds, Literal, Present
from generator.review.rules.space import enumerated
from generator.review.rules.terms import all_names, bounded, code, shown, span
from generator.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.review.rules.fragments import Plain


def statement(subject: str, fragment: Plain, *, holds: bool = True) -> str:
    """A sentence such as "`a` is text" or "each element of `a` has `b` = `x`", of at most 200 characters.

    `fragment` is canonical. A bound is taken to say the type that it is about: rules speak of members whose type is
    said elsewhere.
    """
    return bounded(_statement(subject, fragment, holds=holds, depth=MAX_DEPTH))


def _statement(subject: str, fragment: Plain, *, holds: bool, depth: int) -> str:
    if isinstance(fragment, dict) and depth:
        if set(fragment) == {"not"}:
            return _statement(subject, fragment["not"], holds=not holds, depth=depth)
        if set(fragment) == {"items"} and isinstance(fragment["items"], dict):
            each = _statement(f"each element of {subject}", fragment["items"], holds=True, depth=depth - 1)
            return each if holds else f"not {each}"
        if set(fragment) <= {"properties", "required"} and (members := _has(fragment, depth)):
            return f"{subject} has {members}" if holds else f"{subject} does not have {members}"
        if set(fragment) <= {"minProperties", "maxProperties"} and fragment:
            count = span(fragment.get("minProperties"), fragment.get("maxProperties"), "member").removeprefix(" of ")
            return f"{subject} has {count}" if holds else f"{subject} does not have {count}"
        if set(fragment) == {"propertyNames"}:
            each = _statement(f"each name in {subject}", fragment["propertyNames"], holds=True, depth=depth - 1)
            return each if holds else f"not {each}"
        values = fragment.get("enum")
        if not holds and set(fragment) == {"enum"} and isinstance(values, list) and len(values) > 1:
            return f"{subject} is none of {listed([shown(one) for one in values], limit=MAX_VALUES)}"
    return f"{subject} is {'' if holds else 'not '}{describe_fragment(fragment, depth, lenient=True)}"


def _has(fragment: dict[str, Plain], depth: int) -> str:
    """The members of an object, after `has`."""
    required = fragment.get("required")
    needed = [str(name) for name in required] if isinstance(required, list) else []
    declared = fragment.get("properties")
    schemas = declared if isinstance(declared, dict) else {}
    members = [code(name) for name in needed if schemas.get(name, True) is True]
    for name, inner in schemas.items():
        always = "always " if name in needed else ""
        values = inner.get("enum") if isinstance(inner, dict) and set(inner) == {"enum"} else None
        if inner is False:
            members.append(f"no {code(name)}")
        elif isinstance(values, list) and len(values) == 1:
            members.append(f"{always}{code(name)} = {shown(values[0])}")
        elif inner is not True:
            members.append(f"{always}{code(name)} as {describe_fragment(inner, depth - 1, lenient=True)}")
    return listed(members, limit=MAX_MEMBERS) if members else ""


# -- what a clause demands -------------------------------------------------------------------------------------------


def literal(atom: Atom, *, holds: bool) -> str:
    """A clause of one literal: "`a` is required", "`a` is not `x`"."""
    if isinstance(atom, Holds):
        subject = code(atom.name) if atom.name else "the object"
        text = statement(subject, fragments.read(atom.text), holds=holds)
        return text.replace("the object is an object with ", "the object comes with ", 1)
    return f"{code(atom.name)} is {'required' if holds else 'not allowed'}"


def demand(clause: Clause, domains: Mapping[str, frozenset[str]]) -> tuple[str, str, str]:
    """When a clause demands something, with a comma and a space; of which member; and what: `required`, `not allowed`.

    Where it demands anything else, the member is empty, and the third is the whole. A clause is `not A or B`, so that
    which part is the condition is a matter of taste. `domains` are the values that a member can have at all.
    """
    have = {atom.name for atom, holds in clause if isinstance(atom, Present) and not holds}
    need = {atom.name for atom, holds in clause if isinstance(atom, Present) and holds}
    values: list[Literal] = [one for one in sorted(clause) if isinstance(one[0], Holds)]
    true: list[Literal] = [(atom, True) for atom, holds in values if not holds]
    then = [atom for atom, holds in values if holds]
    alone = not need and not true and have == {atom.name for atom in then}
    have -= {atom.name for atom, _ in values}
    if need or len({atom.name for atom in then}) > 1:
        turned = [atom for atom in then if enumerated(atom) is not None and (atom.name in domains or not need)]
        turned = turned if need else turned[: len({atom.name for atom in then}) - 1]
        true += [_otherwise(atom, domains) for atom in turned]
        then = [atom for atom in then if atom not in turned]
    demands = _demands(then)
    subject = verdict = ""
    if need and not then:
        subject = min(need) if len(need) == 1 else ""
        verdict = "required" if subject else f"at least one of {all_names(need)} is required"
        need = set()
    elif not then and have:
        subject, verdict = max(have), "not allowed"
        have.remove(subject)
    elif not then:
        last = max(true, key=lambda one: (len(enumerated(one[0]) or ()), one))
        true.remove(last)
        demands = [literal(last[0], holds=not last[1])]
    if alone and not demands[0].startswith(code(then[0].name)):
        have = {then[0].name}
    conditions = [f"with {all_names(have)}"] if have else []
    conditions += [f"without {all_names(need)}"] if need else []
    conditions += [f"if {' and '.join(literal(atom, holds=holds) for atom, holds in true)}"] if true else []
    return "".join(f"{one}, " for one in conditions), subject, verdict or " or ".join(demands)


def _demands(then: list[Atom]) -> list[str]:
    demands = [literal(atom, holds=True) for atom in then]
    for place, atom in enumerate(then[1:], 1):
        if atom.name == then[place - 1].name:
            demands[place] = demands[place].removeprefix(f"{code(atom.name)} is ")
    return demands


def _otherwise(atom: Atom, domains: Mapping[str, frozenset[str]]) -> Literal:
    """That a member has none of some values: that it has one of the others, where these are known."""
    values = enumerated(atom) or frozenset()
    others = sorted(domains.get(atom.name, values) - values)
    return (Holds(atom.name, '{"enum":[' + ",".join(others) + "]}"), True) if others else (atom, False)
