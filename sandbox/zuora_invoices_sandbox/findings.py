"""From what the client's own check finds in a document to the reasons that an answer gives."""

from __future__ import annotations

import json
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from zuora_invoices._runtime.constraints import TotalItems
from zuora_invoices._runtime.violations import wire_path

from .fields import Path, fields_of, holder
from .refusal import Category, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError

    from zuora_invoices._runtime.model import RequestModel

    from .refusal import Reason

LISTED: Final = 100
"""So many reasons an answer gives at most, and one that says how many more there are."""

_PLAIN: Final = re.compile(r"\w{1,64}", re.ASCII)
_SHOWN: Final = 40  # characters of a name that is odd
# The client's words are for Python; here they are for JSON.
_MESSAGES: Final = {
    "model_type": "must be an object",
    "list_type": "must be an array",
    "number_parsing": "must be a number",
    "number_type": "must be a number",
    "date_type": "must be a date of the form yyyy-mm-dd",
    "datetime_type": "must be a time of the form yyyy-mm-dd hh:mm:ss",
}
_CATEGORIES: Final = {
    "missing": Category.MISSING_FIELD,
    "unknown_field": Category.UNKNOWN_FIELD,
    "minimum_version": Category.RULE,
}


class Finding(NamedTuple):
    """One thing that is wrong: where, of what category, and a clause that goes behind the name of the place."""

    path: Path
    category: Category
    message: str


def spelled(path: Path) -> str:
    """A path as text: `invoiceItems[0].amount`; what is no plain name is quoted and cut, for it may be anything."""
    return wire_path(tuple(_shown(step) if isinstance(step, str) else step for step in path))


def _shown(name: str) -> str:
    if _PLAIN.fullmatch(name):
        return name
    return json.dumps(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}...")


def findings_of(model: type[RequestModel], document: object, error: ValidationError) -> Iterator[Finding]:
    """What the client's own check has found in a document that is to be a `model`."""
    for one in error.errors(include_url=False):
        path = one["loc"]
        kind = one["type"]
        category = _CATEGORIES.get(kind) or (
            _category(model, document, path) if kind == "constraint" else Category.INVALID
        )
        yield Finding(path, category, _MESSAGES.get(kind, one["msg"]))


def _category(model: type[RequestModel], document: object, path: Path) -> Category:
    """That of a rule between fields which is broken: it asks for a field, limits one, or forbids what is there.

    A limit on how many items an array holds in all is like one on its length: of the value, and not of category 70,
    which says that the same call may succeed later.
    """
    if not _is_given(document, path):
        return Category.MISSING_FIELD
    owner, field = holder(model, path)
    limited = {one.path.partition("[*]")[0] for one in owner.constraints if isinstance(one, TotalItems)}
    return Category.INVALID if field in limited else Category.RULE


def _is_given(document: object, path: Path) -> bool:
    for step in path:
        if isinstance(document, list) and isinstance(step, int):
            document = document[step]
            continue
        if not isinstance(document, dict) or step not in document:
            return False
        document = document[step]
    return True


def reasons_of(
    model: type[RequestModel], document: object, findings: Iterable[Finding], unlisted: int = 0
) -> list[Reason]:
    """The reasons for findings, in the order of the document; a field that is missing comes after those that are there.

    `unlisted` is how many more findings there are.
    """
    places: dict[int, dict[str, int]] = {}
    ordered = sorted(
        ((_place(model, document, one.path, places), one) for one in dict.fromkeys(findings)), key=itemgetter(0)
    )
    listed = [reason(*holder(model, one.path), one.category, _sentence(one)) for _, one in ordered[:LISTED]]
    more = len(ordered) - len(listed) + unlisted
    if more:
        listed.append(unlisted_reason(model, more))
    return listed


def unlisted_reason(model: type[RequestModel], count: int) -> Reason:
    """The last reason of an answer that does not list them all: it stands for so many more."""
    message = f"at least {count} more {'things are' if count > 1 else 'thing is'} wrong"
    return reason(model, None, Category.INVALID, message)


def _sentence(finding: Finding) -> str:
    where = spelled(finding.path)
    mark = ":" if finding.message.startswith("at least") else ""  # of several fields, named in the clause
    return f"{where}{mark} {finding.message}" if where else finding.message


def _place(model: type[RequestModel], document: object, path: Path, places: dict[int, dict[str, int]]) -> Path:
    """Where a path leads in a document, as something to sort by. `places` keeps the places of names in objects."""
    order: list[int] = []
    declared = fields_of(model)
    for step in path:
        if isinstance(step, int):
            order.append(step)
            document = document[step] if isinstance(document, list) else None
            continue
        known = document if isinstance(document, dict) else {}
        if id(document) not in places:
            places[id(document)] = {name: place for place, name in enumerate(known)}
        given = places[id(document)]
        if step in given:
            order.append(given[step])
        else:
            order.append(len(given) + list(declared.names).index(step) if step in declared.names else len(given))
        document = known.get(step)
        declared = fields_of(declared.inner[step]) if step in declared.inner else declared
    return tuple(order)
