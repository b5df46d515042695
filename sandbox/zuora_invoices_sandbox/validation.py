"""Bodies read as the description has them, by the generated models: spec and sandbox cannot disagree.

What concerns one invoice of a batch is refused for this invoice alone; what concerns the call, as a whole.

An invoice in which something is wrong is read first as a frame whose items are left as they are, and then item by item,
so that a body full of faults costs no more than the faults that are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar, cast

from pydantic import FailFast, TypeAdapter, ValidationError, create_model

from zuora_invoices import models
from zuora_invoices._runtime.quick import made
from zuora_invoices._runtime.schemas import UnsureError
from zuora_invoices._runtime.sending import Sending

from .fields import fields_of, holder
from .findings import LISTED, findings_of, reasons_of
from .refusal import Refused
from .screening import Screening, known

if TYPE_CHECKING:
    from zuora_invoices._runtime.model import RequestModel

    from .fields import Path
    from .messages import Headers
    from .records import Json

Model = TypeVar("Model", bound="RequestModel")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch, each invoice of it as it was read or as it was refused, in the order of the request."""

    orders: tuple[models.PostInvoiceType | Refused, ...]
    single_transaction: bool
    """Whether all invoices are to be created or none."""


def read_invoice(body: Json, headers: Headers) -> models.PostInvoiceType:
    """One invoice as it was asked for, in a call with these headers.

    Raises:
        Refused: with a reason for everything that is wrong, up to a limit.
    """
    screening = Screening()
    screening.screen(models.PostInvoiceType, body)
    if (sound := _sound(body, screening)) is not None:
        return sound
    document = known(models.PostInvoiceType, body) if screening.unknown else body
    sending = Sending(headers)
    findings = _Findings(models.PostInvoiceType, screening)
    frame = findings.read(_INVOICE, document, sending)
    items = document.get("invoiceItems") if isinstance(document, dict) else None
    if isinstance(items, list) and ("invoiceItems",) not in findings.paths:
        if frame is not None and not findings.found:
            try:
                read = _ITEMS.validate_python(items, context=sending, by_alias=True, by_name=False)
            except ValidationError:
                pass  # told below
            else:
                values = {**frame.__dict__, **(frame.model_extra or {}), "invoice_items": read}
                return models.PostInvoiceType.model_construct(frame.model_fields_set, **values)
        for place, item in enumerate(items):
            if len(findings.found) > LISTED:
                break
            findings.read(_ITEM, item, sending, ("invoiceItems", place))
    raise Refused(reasons_of(models.PostInvoiceType, body, findings.found, screening.unlisted))


def read_batch(body: Json, headers: Headers) -> Batch:
    """A batch as it was asked for; what is wrong inside one of its invoices stands in the place of this invoice.

    Raises:
        Refused: what is wrong concerns the batch as a whole.
    """
    screening = Screening()
    document = body
    if isinstance(body, dict):
        screening.screen(models.PostInvoicesType, {name: value for name, value in body.items() if name != "invoices"})
        document = {name: value for name, value in body.items() if name in fields_of(models.PostInvoicesType)}
    findings = _Findings(models.PostInvoicesType, screening)
    frame = findings.read(_BATCH, document, Sending(headers))
    if frame is None or findings.found:
        raise Refused(reasons_of(models.PostInvoicesType, body, findings.found, screening.unlisted))
    invoices = cast("list[Json]", frame.invoices)  # a frame leaves them as they are
    return Batch(tuple(_order(one, headers) for one in invoices), frame.use_single_transaction)


def _sound(body: Json, screening: Screening) -> models.PostInvoiceType | None:
    """The invoice, if it is plain that nothing is wrong with it, which is so with most."""
    if not isinstance(body, dict) or screening.findings or screening.unknown or screening.newer:
        return None
    if not models.PostInvoiceType.__pydantic_complete__:
        models.PostInvoiceType.model_rebuild()
    try:
        return cast("models.PostInvoiceType", made(models.PostInvoiceType, body))
    except UnsureError:
        return None


def _order(body: Json, headers: Headers) -> models.PostInvoiceType | Refused:
    try:
        return read_invoice(body, headers)
    except Refused as refused:
        return refused


class _Findings:
    """All that is wrong with a document of a model, of each place once."""

    def __init__(self, model: type[RequestModel], screening: Screening) -> None:
        self._model = model
        self.found = list(screening.findings)
        self.paths = {one.path for one in self.found}

    def read(self, adapter: TypeAdapter[Read], document: Json, sending: Sending, at: Path = ()) -> Read | None:
        """What stands at a path, or `None` if it is unfit."""
        try:
            return adapter.validate_python(document, context=sending, by_alias=True, by_name=False)
        except ValidationError as error:
            for one in findings_of(holder(self._model, at)[0], document, error):
                path = (*at, *one.path)
                if path not in self.paths:
                    self.found.append(one._replace(path=path))
                    self.paths.add(path)
        return None


def _frame(model: type[Model], name: str) -> TypeAdapter[Model]:
    """Reads a model, but leaves the elements of one of its arrays as they are."""
    bounds = model.model_fields[name].metadata
    fields: dict[str, Any] = {name: (Annotated[list[Any], *bounds], ...)}  # definitions have no type of their own
    return TypeAdapter(create_model(model.__name__, __base__=model, **fields))


_BATCH: Final = _frame(models.PostInvoicesType, "invoices")
_INVOICE: Final = _frame(models.PostInvoiceType, "invoice_items")
_ITEM: Final = TypeAdapter(models.PostInvoiceItemType)
_ITEMS: Final = TypeAdapter(Annotated[list[models.PostInvoiceItemType], FailFast()])
