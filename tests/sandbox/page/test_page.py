"""The page in a real browser, against a real server: what it shows, that it is live, and that text stays text."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.browser import Visit, chromium, visiting
from tests.sandbox.page.stage import Stage, asked, order
from zuora_invoices import Client
from zuora_invoices.models import PostInvoiceItemType, PostInvoiceType
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running
from zuora_invoices_sandbox.messages import Answer, Delivery, Headers, Request
from zuora_invoices_sandbox.tenant.model import Tenant
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Page

EVIL: Final = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202ecod.exe\u0000\u200b'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def sandbox() -> Iterator[tuple[Sandbox, str]]:
    with Sandbox(seed=1) as sandbox, running(sandbox) as url:
        yield sandbox, url


@pytest.fixture
def stage() -> Iterator[tuple[Stage, str]]:
    with closing(Stage()) as stage, running(stage) as url:
        yield stage, url


def is_clean(visit: Visit) -> bool:
    return not (visit.console or visit.errors or visit.requests)


def rows(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", row.inner_text()).strip() for row in page.locator("#list tbody tr").all()]


def test_a_call_appears_while_the_page_is_open(browser: Browser, sandbox: tuple[Sandbox, str]) -> None:
    real, url = sandbox
    real.reset()
    with visiting(browser, url, allowed=(url,)) as visit:
        expect(visit.page.locator("#live")).to_have_text("live")
        expect(visit.page.locator("#list")).to_contain_text(real.client_id)
        assert real.client_secret not in visit.page.content()
        with Client(client_id=real.client_id, client_secret=real.client_secret, base_url=url) as client:
            item = PostInvoiceItemType(
                amount=Decimal("19.99"), charge_name="Setup", service_start_date=date(2026, 11, 21)
            )
            client.invoices.create_standalone_invoice(
                PostInvoiceType(
                    account_number="A00000001",
                    invoice_date=date(2026, 11, 21),
                    invoice_number="LIVE-1",
                    invoice_items=[item],
                )
            )
        expect(visit.page.locator("#list tbody tr")).to_have_count(1)
        expect(visit.page.get_by_role("link", name="LIVE-1")).to_be_visible()
        expect(visit.page.locator("#count-calls")).to_have_text("2")
        visit.page.get_by_role("button", name="Calls").click()
        expect(visit.page.locator("#list tbody tr").first).to_contain_text("created 1")
        assert is_clean(visit)


def test_request_and_answer_stand_side_by_side(browser: Browser, stage: tuple[Stage, str]) -> None:
    shown, url = stage
    shown.deliver(asked(order("12345678901234567.10", comments="c"), ("Idempotency-Key", "key-1")))
    with visiting(browser, f"{url}/#call/1", allowed=(url,)) as visit:
        request, answer = visit.page.get_by_label("Request", exact=True), visit.page.get_by_label("Answer", exact=True)
        expect(request).to_contain_text('"amount": "12345678901234567.10"')
        expect(answer).to_contain_text('"amount": 12345678901234567.10')
        expect(request).to_contain_text("Bearer ***")
        left, right = request.bounding_box(), answer.bounding_box()
        assert left is not None
        assert right is not None
        assert left["y"] == right["y"]
        assert left["x"] + left["width"] <= right["x"]
        visit.page.locator("#detail .links a").first.click()
        expect(visit.page.locator("#detail h2")).to_contain_text("Invoice INV00000001")
        expect(visit.page.locator(".sums")).to_contain_text("12,345,678,901,234,567.10")
        visit.page.keyboard.press("Escape")
        expect(visit.page.locator("#detail")).to_be_hidden()
        assert is_clean(visit)


def test_failures_of_calls_and_of_batches_are_listed(browser: Browser, stage: tuple[Stage, str]) -> None:
    shown, url = stage
    shown.deliver(asked({"refuse": "the period is closed"}))
    shown.deliver(asked({"invoices": [order(), {"refuse": "no such account"}]}, path="/v1/invoices/batch"))
    with visiting(browser, url, allowed=(url,)) as visit:
        visit.page.get_by_role("button", name="Failures").click()
        expect(visit.page.locator("#list tbody tr")).to_have_count(2)
        expect(visit.page.get_by_role("table", name="failures")).to_be_visible()
        batch, single = rows(visit.page)
        assert "invoice 1 of the batch 58490030 no such account" in batch
        assert "whole call 58490030 the period is closed" in single
        visit.page.locator("#list tbody tr").first.click()
        expect(visit.page.locator("#detail .failed")).to_contain_text("no such account")
        assert is_clean(visit)


def test_lists_are_filtered_and_searched(browser: Browser, stage: tuple[Stage, str]) -> None:
    shown, url = stage
    for place in range(6):
        shown.deliver(asked(order(status="Posted" if place % 2 else "Draft", invoiceNumber=f"N-{place}")))
    shown.deliver(asked({"refuse": "no"}, ("Idempotency-Key", "march")))
    with visiting(browser, url, allowed=(url,)) as visit:
        page, shown_rows = visit.page, visit.page.locator("#list tbody tr")
        expect(shown_rows).to_have_count(6)
        page.get_by_label("Status of invoices").select_option("Posted")
        expect(shown_rows).to_have_count(3)
        page.keyboard.press("/")
        page.keyboard.type("N-3")
        expect(shown_rows).to_have_count(1)
        page.keyboard.press("9")
        expect(page.locator("#list")).to_contain_text("Nothing fits")
        page.get_by_role("searchbox").fill("march")
        page.get_by_role("button", name="Calls").click()
        expect(shown_rows).to_have_count(1)
        page.get_by_label("Outcome").select_option("created")
        expect(page.locator("#list")).to_contain_text("Nothing fits")
        page.get_by_role("searchbox").fill("")
        expect(shown_rows).to_have_count(6)
        assert is_clean(visit)


def test_clock_faults_and_reset_are_at_hand(browser: Browser, stage: tuple[Stage, str]) -> None:
    shown, url = stage
    shown.deliver(asked(order()))
    with visiting(browser, url, allowed=(url,)) as visit:
        page = visit.page
        page.locator("#clock-control summary").click()
        page.get_by_label("Freeze at").fill("2027-01-01T10:00:00Z")
        page.keyboard.press("Enter")
        expect(page.locator("#clock")).to_have_text("2027-01-01 10:00:00 UTC, frozen")
        page.get_by_role("button", name="+ 1 day").click()
        expect(page.locator("#clock")).to_have_text("2027-01-02 10:00:00 UTC, frozen")
        page.locator("#faults-control summary").click()
        page.get_by_role("button", name="Set").click()
        expect(page.locator("#policy")).to_have_text("20 % of calls, seed 0")
        page.get_by_label("Next calls").select_option("drop-after")
        page.get_by_role("button", name="Order").click()
        expect(page.locator("#said")).to_contain_text("get drop-after")
        page.get_by_label("Freeze at").fill("tomorrow")
        page.get_by_role("button", name="Freeze", exact=True).click()
        expect(page.locator("#said")).to_contain_text("a moment looks like")
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.locator("#reset-control summary").click()
        page.get_by_role("button", name="Forget everything").click()
        assert shown.store.count(shown.tenant.id) == 1
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Forget everything").click()
        expect(page.locator("#list")).to_contain_text("No invoice so far")
        expect(page.locator("#policy")).to_have_text("none by policy")
        assert not shown.clock.frozen
        assert [text for text in visit.console if "400" not in text] == []  # the browser tells of the refused order
        assert visit.errors + visit.requests == []


def hostile_stage() -> Stage:
    plain = default()
    account = plain.accounts[0].model_copy(update={"name": EVIL})
    tenant = Tenant.model_validate(
        {name: getattr(plain, name) for name in Tenant.model_fields} | {"name": EVIL, "accounts": (account,)}
    )
    stage = Stage(tenant)
    lines = [{"chargeName": EVIL, "amount": "1", "taxItems": [{"name": EVIL, "taxAmount": "1"}]}]
    more = {"invoiceNumber": EVIL, "status": EVIL, "currency": EVIL, "accountNumber": EVIL}
    stage.deliver(asked({**order(), **more, "invoiceItems": lines, "comments": EVIL + "x" * 100_000}))
    stage.deliver(asked({"invoices": [{"refuse": EVIL}, {"refuse": EVIL * 500}]}, path=f"/{EVIL}"))
    headers = Headers([("Idempotency-Key", EVIL), ("Zuora-Track-Id", EVIL), (EVIL, EVIL * 1000)])
    for body in (EVIL.encode(), b"\xff" * 1000, b'{"a": "</pre><script>alert(1)</script>"}', b"[" * 50_000):
        delivery = Delivery(Answer(502, EVIL.encode(), ((EVIL, EVIL),)))
        stage.calls.record(
            Request(EVIL, f"/{EVIL}", EVIL, headers, body), delivery, at=stage.clock.now(), fault=EVIL, user=EVIL
        )
    return stage


@pytest.mark.parametrize("width", [1280, 400])
def test_injected_content_stays_text(browser: Browser, width: int) -> None:
    with (
        closing(hostile_stage()) as stage,
        running(stage) as url,
        visiting(browser, url, allowed=(url,), width=width) as visit,
    ):
        (_, invoice), *_ = stage.store.invoices(stage.tenant.id)
        page, dialogs = visit.page, list[str]()

        def note(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", note)
        expect(page.locator("#list tbody tr")).to_have_count(1)
        assert "<script>alert(2)</script>\\u202ecod.exe" in page.locator("#list").inner_text()
        for name in ("Failures", "Calls", "Invoices"):
            page.get_by_role("button", name=name).click()
            expect(page.get_by_role("table", name=name.lower())).to_be_visible()
        for place in (f"invoice/{invoice.id}", *(f"call/{number}" for number in range(1, 7))):
            page.evaluate("place => { location.hash = place; }", place)
            kind, number = place.split("/")
            told = "Invoice" if kind == "invoice" else f"Call {number}"
            expect(page.locator("#detail h2")).to_contain_text(told)
            assert page.locator("img, iframe, #detail script, #list script").count() == 0
            assert "\u202e" not in page.locator("body").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("location.hash = `#call/${'<img src=x onerror=alert(1)>'}`")
        expect(page.locator("#detail h2")).to_contain_text("<img")
        assert not dialogs
        assert visit.errors + visit.requests == []
        assert [text for text in visit.console if "404" not in text and "400" not in text] == []


def test_there_is_something_to_do_on_an_empty_page(browser: Browser, stage: tuple[Stage, str]) -> None:
    shown, url = stage
    with visiting(browser, url, allowed=(url,), width=400, scheme="dark") as visit:
        expect(visit.page.locator("#list")).to_contain_text(f"curl {url}/v1/invoices")
        expect(visit.page.locator("#list")).to_contain_text(shown.client_id)
        assert shown.client_secret not in visit.page.content()
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 400
        assert is_clean(visit)


LISTED_TWICE: Final = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.includes("/_sandbox/invoices")).length >= 2"""
"""Once when the page opens and once when it hears of news; what is asked for in between is not shown."""


def test_many_rows_are_had_bit_by_bit(browser: Browser, stage: tuple[Stage, str]) -> None:
    shown, url = stage
    for _ in range(250):
        shown.deliver(asked(order()))
    with visiting(browser, url, allowed=(url,)) as visit:
        shown_rows = visit.page.locator("#list tbody tr")
        visit.page.wait_for_function(LISTED_TWICE)
        expect(shown_rows).to_have_count(100)
        visit.page.get_by_role("button", name="Older").click()
        expect(shown_rows).to_have_count(200)
        visit.page.get_by_role("button", name="Older").click()
        expect(shown_rows).to_have_count(250)
        expect(visit.page.get_by_role("button", name="Older")).to_have_count(0)
        for _ in range(150):  # more at once than a page of the list
            shown.deliver(asked(order()))
        expect(visit.page.locator("#count-invoices")).to_have_text("400")
        expect(visit.page.get_by_role("link", name="INV00000400")).to_be_visible()
        numbers = [row.split(" ")[0] for row in rows(visit.page)]
        assert numbers == sorted(numbers, reverse=True)
        assert len(set(numbers)) == len(numbers)
        assert is_clean(visit)


@pytest.mark.slow
def test_the_page_says_when_the_sandbox_is_gone_and_goes_on_when_it_is_back(browser: Browser) -> None:
    with closing(Stage()) as stage, running(stage) as url, visiting(browser, url, allowed=(url,)) as visit:
        expect(visit.page.locator("#live")).to_have_text("live")
        stage.calls.close()  # what a server does that is about to stop
        expect(visit.page.locator("#live")).to_have_text("reconnecting")
        stage.calls.closed = False
        stage.deliver(asked(order()))
        expect(visit.page.locator("#list tbody tr")).to_have_count(1)
        expect(visit.page.locator("#live")).to_have_text("live")


CONTRAST: Final = """() => {
  const parse = (text) => [...text.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const light = ([r, g, b]) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [x, y, z] = [r, g, b].map((c) => linear(c / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const under = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const colour = parse(getComputedStyle(up).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return parse(getComputedStyle(document.body).backgroundColor);
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest(".vh, option, noscript")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(under(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(`${element.tagName} ${element.className} ${element.textContent.slice(0, 30)} ${ratio}`);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_and_reached(browser: Browser, stage: tuple[Stage, str], scheme: str) -> None:
    shown, url = stage
    shown.deliver(asked({"invoices": [order(), {"refuse": "no"}]}, path="/v1/invoices/batch"))
    shown.deliver(asked(order(status="Posted")))
    shown.calls.record(asked(order()), Delivery(None), at=shown.clock.now(), fault="drop-after")
    with visiting(browser, f"{url}/#call/1", allowed=(url,), scheme="dark" if scheme == "dark" else "light") as visit:
        page = visit.page
        expect(page.locator("#live")).to_have_text("live")
        expect(page.locator("#detail h2")).to_be_visible()
        for control in page.locator("header summary").all():
            control.click()
        assert page.evaluate(CONTRAST) == []
        names = "els => els.filter(el => !(el.labels?.length || el.ariaLabel || el.textContent.trim())).length"
        assert page.locator("button, input, select, a").evaluate_all(names) == 0
        page.locator("#list tbody a").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#detail h2")).to_contain_text("Call 2")
        assert page.evaluate("document.activeElement.id") == "detail"
        assert is_clean(visit)


def test_the_reference_authorizes_and_creates(browser: Browser, sandbox: tuple[Sandbox, str]) -> None:
    real, url = sandbox
    real.reset()
    with visiting(browser, f"{url}/reference", allowed=(url,)) as visit:
        page = visit.page
        page.get_by_role("button", name="Authorize").first.click()
        page.locator("#client_id_clientCredentials").fill(real.client_id)
        page.locator("#client_secret_clientCredentials").fill(real.client_secret)
        page.get_by_role("button", name="Apply given OAuth2 credentials").click()
        expect(page.locator(".auth-container button", has_text="Logout")).to_be_visible()
        page.locator(".btn-done").first.click()
        page.locator(".opblock-summary-control").first.click()
        page.get_by_role("button", name="Try it out").click()
        body = '{"accountNumber": "A00000001", "invoiceDate": "2026-11-21", "invoiceItems": [{"amount": 19.99, '
        page.locator("textarea.body-param__text").fill(
            body + '"chargeName": "Set-up", "serviceStartDate": "2026-11-21"}]}'
        )
        page.get_by_role("button", name="Execute").click()
        expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
        assert [call.outcome for call in real.calls] == ["token issued", "created 1"]
        assert len(real.invoices) == 1
        assert visit.errors + visit.requests == []
        assert [text for text in visit.console if "Password field is not contained" not in text] == []
