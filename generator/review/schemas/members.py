"""What differs between the members of objects: which there are, which must be there, and the rules between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.review import catalogue
from generator.review.change import Wire
from generator.review.rules import fragments, logic
from generator.review.rules.descriptions import describe
from generator.review.rules.formulas import as_fragment
from generator.review.rules.sentences import Sentence, sentences
from generator.review.rules.terms import code
from generator.review.schemas.conjunction import first_keyword
from generator.review.schemas.facets import names_of
from generator.review.schemas.level import Edge
from generator.review.schemas.subject import group, member, subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document.tree import Node
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.facets import Facets, SchemaReader
    from generator.review.schemas.level import Level


def compare_members(level: Level, before: Facets, after: Facets) -> None:
    """Declared members, members by pattern, all others, and rules between them."""
    for name in {**before.properties, **after.properties}:
        ours, theirs = before.properties.get(name), after.properties.get(name)
        if ours and theirs:
            level.edges.append(Edge(member(name), ours, theirs))
            _required(level, name, ours, theirs, before, after)
        elif theirs:
            _added(level, name, theirs, before, after)
        elif ours:
            _removed(level, name, ours, after)
    _groups(level, before, after)
    _additional(level, before, after)
    _clauses(level, before, after)


def _required(level: Level, name: str, ours: Conjunction, theirs: Conjunction, before: Facets, after: Facets) -> None:
    was, now = name in before.required, name in after.required
    if was == now:
        return
    rule = catalogue.PROPERTY_BECAME_REQUIRED if now else catalogue.PROPERTY_BECAME_OPTIONAL
    message = f"{subject(theirs[0])} is {'required now, was optional' if now else 'optional now, was required'}"
    demanded = _demand(after if now else before, name)
    # Where it is not demanded, the list stands for it in which it is on the other side; else the property itself.
    document = (ours if now else theirs)[0].document
    parallel = document.find(demanded.pointer.rpartition("/")[0]) if demanded.key.isdecimal() else None
    level.add(rule, message, *((parallel or ours[0], demanded) if now else (demanded, parallel or theirs[0])))
    level.shown_by({"required": [name]})


def _added(level: Level, name: str, theirs: Conjunction, before: Facets, after: Facets) -> None:
    if name in before.required:  # it had to be there, and nothing was said of its value
        _required(level, name, (level.base[0],), theirs, before, after)
    required = name in after.required and name not in before.required
    rule = catalogue.REQUIRED_PROPERTY_ADDED if required else catalogue.PROPERTY_ADDED
    how = "required" if required else "optional"
    hidden = _hidden(level.context.base, before, name)
    if hidden is not None:
        was = "may be sent now, was read-only" if level.side == "request" else "is answered now, was write-only"
        message = f"{subject(theirs[0])} {was}: {how}"
    else:
        message = f"{subject(theirs[0])} is new, {how}: {describe(theirs[0])}"
    level.add(rule, message, hidden, theirs[0])
    if required:
        level.shown_by({"required": [name]})
    if before.closed_to(name) and level.side == "response":
        level.changes[-1] = replace(level.changes[-1], wire=Wire.BREAKING, message=f"{message}; answers were closed")
        level.shown_by({"properties": {name: False}}, f"there is no such property as {code(name)}")
    elif before.additional and not before.closed_to(name):
        level.edges.append(Edge(member(name), before.additional, theirs))


def _removed(level: Level, name: str, ours: Conjunction, after: Facets) -> None:
    hidden = _hidden(level.context.head, after, name)
    if hidden is not None:
        request = level.side == "request"
        rule = catalogue.PROPERTY_BECAME_READ_ONLY if request else catalogue.PROPERTY_BECAME_WRITE_ONLY
        message = f"{subject(ours[0])} {'may no longer be sent' if request else 'is no longer answered'}"
        level.add(rule, message, ours[0], hidden)
        level.shown_by({"properties": {name: False}}, f"{code(name)} is not part of a {level.side}")
        return
    ends = "is refused now" if after.closed_to(name) else "is no longer described"
    message = f"{subject(ours[0])} is gone" + (f", and {ends}" if level.side == "request" else "")
    level.add(catalogue.PROPERTY_REMOVED, message, ours[0], None)
    if level.side == "request" and after.closed_to(name):
        level.shown_by({"properties": {name: False}}, f"there is no such property as {code(name)}")
    else:
        level.shown_by_nothing()
    if after.additional and not after.closed_to(name):
        level.edges.append(Edge(member(name), ours, after.additional))


def _hidden(reader: SchemaReader, facets: Facets, name: str) -> Node | None:
    """Where a member is declared that does not exist on this side."""
    declared = (one for node in facets.nodes if (one := node.at("properties", name)) is not None)
    return next((one for one in declared if reader.is_hidden((one,))), None)


def _groups(level: Level, before: Facets, after: Facets) -> None:
    for pattern in {**before.groups, **after.groups}:
        ours, theirs = before.groups.get(pattern), after.groups.get(pattern)
        if ours is not None and theirs is not None:
            level.below(group(pattern), _free(ours), _free(theirs))
        elif theirs is not None:
            _group(level, pattern, theirs, before.additional, is_new=True)
        elif ours is not None:
            _group(level, pattern, ours, after.additional, is_new=False)


def _group(level: Level, pattern: str, own: Conjunction, others: Conjunction, *, is_new: bool) -> None:
    """A pattern of names that only one side has; on the other, its members are like all undeclared ones."""
    closed = any(node.value is False for node in others)
    members = f"members of {level.name} whose names match `{pattern}`"
    before, after = (None, own[0]) if is_new else (own[0], None)
    if closed and is_new:
        level.add_inside(catalogue.PATTERN_PROPERTY_ADDED, f"{members} are allowed now", before, after)
    elif closed:
        level.add_inside(catalogue.PATTERN_PROPERTY_REMOVED, f"{members} are no longer allowed", before, after)
    elif others:
        level.edges.append(Edge(group(pattern), others, own) if is_new else Edge(group(pattern), own, others))
    elif _free(own):
        tightened, loosened = catalogue.PATTERN_PROPERTY_TIGHTENED, catalogue.PATTERN_PROPERTY_LOOSENED
        if is_new:
            level.add_inside(tightened, f"{members} were free, and are {describe(own[0])}", before, after)
        else:
            level.add_inside(loosened, f"{members} are free, and were {describe(own[0])}", before, after)


def _additional(level: Level, before: Facets, after: Facets) -> None:
    ours, theirs = before.additional, after.additional
    shut = [any(node.value is False for node in one) for one in (ours, theirs)]
    if all(shut) or (not ours and not theirs):
        return
    if not any(shut) and ours and theirs:
        level.edges.append(Edge("*", ours, theirs))
        return
    states = [
        "refused" if closed else describe(one[0]) if one else "free"
        for one, closed in zip((ours, theirs), shut, strict=True)
    ]
    tightened = shut[1] or not ours
    rule = catalogue.ADDITIONAL_PROPERTIES_TIGHTENED if tightened else catalogue.ADDITIONAL_PROPERTIES_LOOSENED
    message = f"members that {level.name} does not name are {states[1]}, were {states[0]}"
    level.add_inside(rule, message, ours[0] if ours else None, theirs[0] if theirs else None)


def _clauses(level: Level, before: Facets, after: Facets) -> None:
    """Rules between fields, in words."""
    declared = {*before.properties, *after.properties}
    kept = {*before.clauses} & {*after.clauses}
    added = [one for one in after.clauses - before.clauses if not _is_required(one, declared)]
    # What a stricter rule implies now is not gone.
    dropped = [
        one
        for one in before.clauses - after.clauses
        if not _is_required(one, declared) and not any(other <= one for other in after.clauses)
    ]
    # What is left of a rule that was stricter is told with it.
    left = [one for one in added if any(other <= one for other in dropped)]
    added = [one for one in added if one not in left]
    for sentence in sentences(added, kept):
        message = f"{level.name} has a new rule: {sentence.text}"
        level.add_inside(catalogue.CONDITION_ADDED, message, None, _rule_node(after, sentence))
        _show(level, sentence)
        _ease(level, sentence, after, before)
    for sentence in sentences(dropped, kept):
        rest = sentences([one for one in left if any(other <= one for other in sentence.clauses)], kept)
        if rest:
            message = f"{level.name} has a weaker rule: {'; '.join(one.text for one in rest)}; it was: {sentence.text}"
        else:
            message = f"{level.name} no longer has the rule: {sentence.text}"
        place = _rule_node(after, rest[0]) if rest else None
        level.add_inside(catalogue.CONDITION_DROPPED, message, _rule_node(before, sentence), place)
        _show(level, sentence)
        _ease(level, sentence, before, after)


def _ease(level: Level, sentence: Sentence, here: Facets, there: Facets) -> None:
    """A rule that the other side keeps anyhow breaks nobody."""
    if all(_is_idle(clause, here, there) for clause in sentence.clauses):
        level.changes[-1] = replace(level.changes[-1], wire=Wire.COMPATIBLE)


def _show(level: Level, sentence: Sentence) -> None:
    """A value that breaks just this rule, of those that stand in the same keyword."""
    fragment = as_fragment(logic.AllOf(tuple(map(logic.as_formula, sorted(sentence.clauses, key=sorted)))))
    if "$ref" not in fragments.text(fragment):
        level.shown_by(fragment, sentence.text)


def _free(nodes: Conjunction) -> Conjunction:
    return tuple(node for node in nodes if set(node.object) - {"description", "title"} or node.value is False)


def _rule_node(facets: Facets, sentence: Sentence) -> Node | None:
    """The keyword that says a rule, or else one that speaks of the same fields."""
    for rule, _ in facets.field_rules:
        clauses = logic.implicates([logic.formula(rule)])
        if all(any(other <= one for other in clauses) for one in sentence.clauses):
            return first_keyword(rule)
    return _rule_about(facets, frozenset[str]().union(*(names_of(one) for one in sentence.clauses)))


def _demand(facets: Facets, name: str) -> Node:
    """Where a member is demanded: its name in a list, or the keyword that comes down to that."""
    for rule, _ in facets.field_rules:
        for element in rule.elements_of("required"):
            if element.value == name:
                return element
    return _rule_about(facets, {name}) or facets.nodes[0]


def _rule_about(facets: Facets, names: Iterable[str]) -> Node | None:
    """The keyword that speaks of some fields together."""
    wanted = set(names)
    whole = [(len(names), node) for node, names in facets.field_rules if wanted <= names]
    if whole:
        return first_keyword(min(whole, key=lambda one: one[0])[1])
    return next((first_keyword(node) for node, names in facets.field_rules if wanted & names), None)


def _is_required(clause: logic.Clause, declared: set[str]) -> bool:
    """Whether a clause is the `required` of a member that is reported by itself."""
    return len(clause) == 1 and all(
        holds and isinstance(atom, logic.Present) and atom.name in declared for atom, holds in clause
    )


def _is_idle(clause: logic.Clause, here: Facets, there: Facets) -> bool:
    """Whether all that the other side allows keeps the rule anyhow: its rules imply it, or it has no such member."""
    if any(other <= clause for other in there.clauses):
        return True
    return any(
        not holds
        and isinstance(atom, logic.Present)
        and atom.name in here.properties
        and atom.name not in there.properties
        for atom, holds in clause
    )
