"""The headers of a request: checked against the description's parameters, the tenant and the user."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from zuora_invoices._operations.invoices import CREATE_STANDALONE_INVOICE
from zuora_invoices._runtime.messages import explain
from zuora_invoices_sandbox.context import Caller
from zuora_invoices_sandbox.refusal import Category, Refused, general
from zuora_invoices_sandbox.tenant.model import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from zuora_invoices._runtime.operation import Operation, Parameter
    from zuora_invoices_sandbox.messages import Request
    from zuora_invoices_sandbox.refusal import Reason
    from zuora_invoices_sandbox.tenant.model import Tenant, User

ENTITY: Final = "Zuora-Entity-Ids"
ORGS: Final = "Zuora-Org-Ids"
VERSION: Final = "Zuora-Version"
NOWHERE: Final = ""
"""The entity of a user who has none, in a tenant with several: it is nobody's id, so no account is in it."""

_TRACK_ID: Final = next(one for one in CREATE_STANDALONE_INVOICE.parameters if one.correlation_id)
TRACK_ID: Final = _TRACK_ID.wire_name
_KEY: Final = next(one for one in CREATE_STANDALONE_INVOICE.parameters if one.idempotency_key)
KEY: Final = _KEY.wire_name
_WEIGHT: Final = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)  # RFC 9110, 12.4.2


def check(request: Request, operation: Operation[Any], tenant: Tenant, user: User) -> Caller:
    """Who calls, and on what part of the tenant (`Any`: what the operation answers does not matter).

    Raises:
        Refused: with everything that is wrong: status 400 if a header is malformed or missing, else 403 if one asks for
            what is not the user's, else 200, as for any other rule.
    """
    reasons = [one for parameter in operation.parameters for one in _malformed(request, parameter)]
    if reasons:
        raise Refused(reasons, 400)
    headers = request.headers
    entity, orgs = headers.get(ENTITY), headers.get(ORGS)
    wanted = frozenset(one.strip() for one in orgs.split(",")) if orgs is not None else None
    reasons = [
        *_entity_faults(entity, tenant, user),
        *_org_faults(wanted, tenant, user),
        *_version_faults(headers.get(VERSION), tenant),
    ]
    if reasons:
        categories = {one.category for one in reasons}
        status = 400 if Category.MISSING_PARAMETER in categories else 403 if Category.DENIED in categories else 200
        raise Refused(reasons, status)
    if entity is None and Feature.MULTI_ENTITY in tenant.features:
        entity = user.entities[0] if user.entities else NOWHERE
    if wanted is None and Feature.MULTI_ORG in tenant.features:
        wanted = frozenset(user.orgs)
    return Caller(user, entity, wanted)


def echoed(request: Request) -> str | None:
    """The caller's own id of the call, which every answer carries, if the call has a valid one."""
    return _sound(request, _TRACK_ID)


def key(request: Request) -> str | None:
    """The idempotency key of a call, if it has a valid one: under another nothing can be kept."""
    return _sound(request, _KEY)


def accepts_gzip(request: Request) -> bool:
    """Whether an answer may come compressed, as RFC 9110, 12.5.3 has it. A call that does not say so does not want it.

    What is malformed in the header is passed over.
    """
    return _takes_gzip(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=100)
def _takes_gzip(accepted: str) -> bool:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        coding, *parameters = part.split(";")
        found = [_WEIGHT.fullmatch(one) for one in parameters[:1]]
        if len(parameters) <= 1 and None not in found:
            weights[coding.strip()] = float(found[0][1]) if found and found[0] else 1.0
    gzip = max((weights[one] for one in ("gzip", "x-gzip") if one in weights), default=weights.get("*", 0.0))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _sound(request: Request, parameter: Parameter) -> str | None:
    value = request.headers.get(parameter.wire_name)
    return value if value is not None and not any(_malformed(request, parameter)) else None


def _malformed(request: Request, parameter: Parameter) -> Iterator[Reason]:
    name = parameter.wire_name
    values = request.headers.all(name)
    if parameter.where != "header":
        return
    if len(values) > 1:
        yield general(Category.INVALID, f"{name} is given twice")
    elif values:
        try:
            parameter.adapter.validate_python(values[0])
        except ValidationError as error:
            for one in error.errors(include_url=False):
                yield general(Category.INVALID, f"{name} {explain(one)[1]}")
    elif parameter.required:
        yield general(Category.MISSING_PARAMETER, f"{name} is required")


def _entity_faults(entity: str | None, tenant: Tenant, user: User) -> Iterator[Reason]:
    if Feature.MULTI_ENTITY not in tenant.features:
        if entity is not None:
            yield general(Category.RULE, f"{ENTITY} needs {Feature.MULTI_ENTITY}, which this tenant does not have")
    elif entity is None and len(user.entities) > 1:
        yield general(Category.MISSING_PARAMETER, f"{ENTITY} is required, as the user has several entities")
    elif entity is not None and entity not in user.entities:
        yield general(Category.DENIED, f"{ENTITY} names no entity of the user")


def _org_faults(orgs: frozenset[str] | None, tenant: Tenant, user: User) -> Iterator[Reason]:
    if orgs is None:
        return
    if Feature.MULTI_ORG not in tenant.features:
        yield general(Category.RULE, f"{ORGS} needs {Feature.MULTI_ORG}, which this tenant does not have")
    elif not orgs.issubset(user.orgs):
        yield general(Category.DENIED, f"{ORGS} names an org that is not one of the user's")


def _version_faults(version: str | None, tenant: Tenant) -> Iterator[Reason]:
    # Which of the versions that are dates a tenant knows is not said anywhere: all of them.
    if version is not None and "-" not in version and _comparable(version) > _comparable(tenant.api_version):
        yield general(Category.RULE, f"{VERSION} is newer than {tenant.api_version}, the newest one of this tenant")


def _comparable(version: str) -> list[tuple[int, str]]:
    """Both parts, which compare as the numbers they are, however long: by their length first. 196 is 196.0."""
    major, _, minor = version.partition(".")
    return [(len(digits), digits) for digits in (major.lstrip("0"), minor.lstrip("0"))]
