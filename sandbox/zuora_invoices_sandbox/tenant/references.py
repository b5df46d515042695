"""What the parts of a tenant must be to each other: unique, and there when another part names them.

The checks look at the tree of a file, not at a `Tenant`, so that one reading tells what is wrong with the values and
with their references; values of a wrong type are left to the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from zuora_invoices_sandbox.countries import is_country, is_subregion

from .findings import Finding, spell
from .model import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices._runtime.values import Json

    from .findings import Path
    from .model import Tenant

    _Span: TypeAlias = tuple[date, date, Path]


@dataclass(frozen=True, slots=True)
class _Reference:
    """Texts at `source` must be among those at one of `targets`."""

    source: str
    targets: tuple[str, ...]
    what: str


_UNIQUE = (
    "currencies/*/code",
    "paymentTerms/*/id",
    "paymentTerms/*/name",
    "accountingPeriods/*/name",
    "accounts/*/id",
    "accounts/*/number",
    "accounts/*/contacts/*/id",
    "charges/*/id",
    "taxCodes/*/code",
    "templates/*/id",
    "sequenceSets/*/id",
    "sequenceSets/*/name",
    "entities/*/id",
    "orgs/*/id",
    "users/*/id",
    "clients/*/clientId",
)

_CURRENCY = ("currencies/*/code",)

_REFERENCES = (
    _Reference("homeCurrency", _CURRENCY, "currency"),
    _Reference("reportingCurrency", _CURRENCY, "currency"),
    _Reference("accounts/*/currency", _CURRENCY, "currency"),
    _Reference("accounts/*/paymentTerm", ("paymentTerms/*/id", "paymentTerms/*/name"), "payment term"),
    _Reference("accounts/*/template", ("templates/*/id",), "template"),
    _Reference("accounts/*/sequenceSet", ("sequenceSets/*/id",), "sequence set"),
    _Reference("accounts/*/entity", ("entities/*/id",), "entity"),
    _Reference("accounts/*/org", ("orgs/*/id",), "org"),
    _Reference("charges/*/taxCode", ("taxCodes/*/code",), "tax code"),
    _Reference("users/*/entities/*", ("entities/*/id",), "entity"),
    _Reference("users/*/orgs/*", ("orgs/*/id",), "org"),
    _Reference("clients/*/user", ("users/*/id",), "user"),
)

_ROLES = ("billToContact", "soldToContact", "shipToContact")
_GROUPS = ((Feature.MULTI_ENTITY, "entities"), (Feature.MULTI_ORG, "orgs"))


def check(tenant: Tenant) -> list[Finding]:
    """What is wrong between the parts of a tenant; the same as in its file."""
    return check_tree(tenant.model_dump(mode="json", by_alias=True))


def check_tree(tree: Json, broken: frozenset[str] = frozenset()) -> list[Finding]:
    """What is wrong between the parts of a file; nothing is said of references into its `broken` sections."""
    findings = [finding for pattern in _UNIQUE for finding in _repeated(tree, pattern)]
    findings += [finding for rule in _REFERENCES if not _is_in(rule, broken) for finding in _dangling(tree, rule)]
    return [*findings, *_contacts(tree), *_countries(tree), *_states(tree), *_periods(tree), *_features(tree)]


def _select(value: Json, pattern: str, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """What stands at a pattern: keys parted by `/`, where `*` is every element."""
    step, _, rest = pattern.partition("/")
    found: list[tuple[str | int, Json]] = []
    if step == "*" and isinstance(value, list):
        found = list(enumerate(value))
    elif isinstance(value, dict) and step in value:
        found = [(step, value[step])]
    for key, member in found:
        if rest:
            yield from _select(member, rest, (*path, key))
        else:
            yield (*path, key), member


def _texts(value: Json, pattern: str) -> Iterator[tuple[Path, str]]:
    return ((path, text) for path, text in _select(value, pattern) if isinstance(text, str))


def _repeated(tree: Json, pattern: str) -> Iterator[Finding]:
    first = dict[str, "Path"]()
    for path, text in _texts(tree, pattern):
        if first.setdefault(text, path) != path:
            yield Finding(path, f"{text!r} stands twice, first in {spell(first[text])}")


def _is_in(rule: _Reference, sections: frozenset[str]) -> bool:
    return any(target.partition("/")[0] in sections for target in rule.targets)


def _dangling(tree: Json, rule: _Reference) -> Iterator[Finding]:
    known = {text for target in rule.targets for _, text in _texts(tree, target)}
    for path, text in _texts(tree, rule.source):
        if text not in known:
            yield Finding(path, f"there is no {rule.what} {text!r}")


def _contacts(tree: Json) -> Iterator[Finding]:
    for path, account in _select(tree, "accounts/*"):
        known = {text for _, text in _texts(account, "contacts/*/id")}
        for role in _ROLES:
            for below, text in _texts(account, role):
                if text not in known:
                    yield Finding((*path, *below), f"the account has no contact {text!r}")


def _countries(tree: Json) -> Iterator[Finding]:
    for path, text in _texts(tree, "accounts/*/contacts/*/country"):
        if not is_country(text):
            yield Finding(path, f"{text!r} is no country: write its name or its code in ISO 3166")


def _states(tree: Json) -> Iterator[Finding]:
    for path, contact in _select(tree, "accounts/*/contacts/*"):
        state, country = (
            (contact.get(key) for key in ("state", "country")) if isinstance(contact, dict) else (None, None)
        )
        known = country if isinstance(country, str) and is_country(country) else None
        if isinstance(state, str) and not is_subregion(state, known):
            yield Finding((*path, "state"), f"{state!r} is no subregion: write its name or its code in ISO 3166-2")


def _periods(tree: Json) -> Iterator[Finding]:
    spans: list[_Span] = []
    for path, period in _select(tree, "accountingPeriods/*"):
        start, end = _day(period, "start"), _day(period, "end")
        if start is not None and end is not None and start > end:
            yield Finding((*path, "end"), f"ends on {end}, before it starts on {start}")
        elif start is not None and end is not None:
            spans.append((start, end, path))
    spans.sort()
    for before, span in zip(accumulate(spans, _later), spans[1:], strict=False):
        if span[0] <= before[1]:
            yield Finding(span[2], f"overlaps with {spell(before[2])}, which ends on {before[1]}")


def _later(one: _Span, other: _Span) -> _Span:
    return max(one, other, key=lambda span: span[1])


def _day(period: Json, key: str) -> date | None:
    text = period.get(key) if isinstance(period, dict) else None
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None  # the model says so


def _features(tree: Json) -> Iterator[Finding]:
    features = [text for _, text in _texts(tree, "features/*")]
    for feature, section in _GROUPS:
        if feature in features and not any(_select(tree, f"{section}/*")):
            yield Finding((section,), f"the tenant has {feature} and needs at least one")
