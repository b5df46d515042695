"""A sandbox's front door: plain HTTP calls into it, in process, by wire names."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import httpx2

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox import Tenant
    from zuora_invoices_sandbox.records import InvoiceRecord
    from zuora_invoices_sandbox.tenant.model import Feature

ONE: Final = "/v1/invoices"
BATCH: Final = "/v1/invoices/batch"
NOW: Final = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
EUR_ACCOUNT: Final = "A00000001"
EUR_ACCOUNT_ID: Final = "2c9890207863df710178642433c407a5"


@dataclass(frozen=True)
class Answer:
    """What came back, its body as it came."""

    status: int
    headers: httpx2.Headers
    raw: bytes

    @property
    def body(self) -> Any:
        """The JSON in the body, its numbers exact."""
        return decode(gzip.decompress(self.raw) if self.headers.get("Content-Encoding") == "gzip" else self.raw)

    @property
    def codes(self) -> list[int]:
        """The codes of the reasons, of the whole."""
        return [reason["code"] for reason in self.body["reasons"]]

    @property
    def categories(self) -> list[int]:
        """The last two digits of the codes."""
        return [code % 100 for code in self.codes]


@dataclass
class Front:
    """A sandbox, and calls of it as plain HTTP; each is of the user behind the OAuth client of that place."""

    sandbox: Sandbox
    client: int = 0
    tokens: dict[int, str] = field(default_factory=dict)

    def send(self, method: str, path: str, content: bytes = b"", **headers: str | None) -> Answer:
        """One request; `Zuora_Track_Id="a"` is a header, and one that is `None` is left out."""
        given = {"Accept-Encoding": "identity"} | {name.replace("_", "-"): value for name, value in headers.items()}
        # As bytes: not all that is sent here is ASCII.
        sent = {name.encode(): value.encode("latin-1") for name, value in given.items() if value is not None}
        with httpx2.Client(transport=self.sandbox.transport(), base_url="https://sandbox") as plain:
            plain.headers.clear()
            with plain.stream(method, path, content=content, headers=sent) as response:
                return Answer(response.status_code, response.headers, b"".join(response.iter_raw()))

    def token(self) -> str:
        """A token of the client, fetched at the first use."""
        if self.client not in self.tokens:
            self.tokens[self.client] = self.fetch().body["access_token"]
        return self.tokens[self.client]

    def fetch(self, **form: str) -> Answer:
        """A request for a token."""
        one = self.sandbox.tenant.clients[self.client]
        parts = {"client_id": one.client_id, "client_secret": one.client_secret, "grant_type": "client_credentials"}
        content = str(httpx2.QueryParams(parts | form)).encode()
        return self.send("POST", "/oauth/token", content, Content_Type="application/x-www-form-urlencoded")

    def post(self, body: Any, path: str = ONE, **headers: str | None) -> Answer:
        """A request of an operation; a body that is not bytes is written as JSON."""
        content = body if isinstance(body, bytes) else encode(body)
        given = {"Authorization": f"Bearer {self.token()}", "Content_Type": "application/json"}
        return self.send("POST", path, content, **(given | headers))

    def create(self, **changes: Any) -> Answer:
        """An order of one invoice."""
        return self.post(order(**changes))

    def batch(self, *orders: Any, together: bool = False, **headers: str | None) -> Answer:
        """An order of several."""
        return self.post({"invoices": list(orders), "useSingleTransaction": together}, BATCH, **headers)

    def made(self, **changes: Any) -> InvoiceRecord:
        """An invoice that is created; what the answer says of it is what is stored."""
        answer = self.create(**changes)
        assert answer.status == 200
        assert answer.body["success"] is True, answer.body
        stored = self.sandbox.invoices[-1]
        assert {**answer.body} == {"success": True, **stored.document}
        return stored

    def refused(self, *codes: int, **changes: Any) -> None:
        """An order that is refused with these codes alone; nothing is stored."""
        before = len(self.sandbox.invoices)
        answer = self.create(**changes)
        assert (answer.status, answer.body["success"], answer.codes) == (200, False, list(codes)), answer.body
        assert len(self.sandbox.invoices) == before


def item(amount: Decimal | str | int = "19.99", **changes: Any) -> dict[str, Any]:
    """A line; a field that is `None` is left out."""
    return _without_none(
        {"amount": Decimal(amount), "serviceStartDate": "2026-11-22", "chargeName": "Set-up", **changes}
    )


def order(**changes: Any) -> dict[str, Any]:
    """An order of one line; a field that is `None` is left out."""
    return _without_none(
        {"accountNumber": EUR_ACCOUNT, "invoiceDate": "2026-11-22", "invoiceItems": [item()], **changes}
    )


def tenant(
    *, without: Feature | None = None, also: tuple[Feature, ...] = (), limits: Any = None, **changes: Any
) -> Tenant:
    """The default tenant with other features, limits or parts."""
    base = default()
    features = (base.features | set(also)) - {without}
    rules = base.limits.model_copy(update=limits or {})
    return base.model_copy(update={"features": frozenset(features), "limits": rules, **changes})


@contextmanager
def opened(of: Tenant | None = None, **options: Any) -> Iterator[Front]:
    """A sandbox whose clock stands still, after a reset too."""
    with Sandbox(of, frozen_time=NOW, **options) as sandbox:
        yield Front(sandbox)


def _without_none(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
