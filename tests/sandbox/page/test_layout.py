"""The page as it looks in a real browser: one heading, nothing cut off, nothing over another, all of it legible."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.browser import visiting
from tests.sandbox.page.stage import Stage, order, request_of
from zuora_invoices_sandbox.http.server import running
from zuora_invoices_sandbox.messages import Answer, Delivery, Headers, Request
from zuora_invoices_sandbox.tenant.model import Tenant
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

EVIL: Final = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202ecod.exe\u0000\u200b'

MISPLACED: Final = """() => {
  // Each piece of text that is seen: what boxes that scroll, and heads that stay while they do, leave of it.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const heads = [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).position === "sticky");
  const pieces = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement, text = node.textContent.trim().slice(0, 40);
    if (!text || !parent.checkVisibility() || parent.closest(".vh, .skip, option, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      let { left, top, right, bottom } = line;
      for (let box = parent; box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflow === "visible") continue;
        const edge = box.getBoundingClientRect();
        [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
        [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
      }
      for (const head of heads) {
        const edge = head.getBoundingClientRect();
        if (!head.contains(node) && edge.top <= bottom && edge.bottom > top) top = edge.bottom;
      }
      if (right - left > 1 && bottom - top > 1) pieces.push({ left, top, right, bottom, text, node });
    }
  }
  const isBeyond = (one) => one.left < 0 || one.right > innerWidth + 0.5;
  const found = pieces.filter(isBeyond).map((one) => `beyond: ${one.text}`);
  pieces.sort((one, other) => one.top - other.top);
  pieces.forEach((one, place) => {
    for (const other of pieces.slice(place + 1)) {
      if (other.top > one.bottom - 3) break;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (across > 2 && one.node !== other.node) found.push(`over each other: ${one.text} | ${other.text}`);
    }
  });
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  return found;
}"""
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


def named(name: str) -> Stage:
    plain = default()
    return Stage(Tenant.model_validate({one: getattr(plain, one) for one in Tenant.model_fields} | {"name": name}))


@pytest.mark.parametrize(("name", "heading"), [("Sandbox", "Sandbox"), ("Acme", "Acme sandbox")])
def test_the_heading_stands_once(browser: Browser, name: str, heading: str) -> None:
    with closing(named(name)) as stage, running(stage) as url, visiting(browser, url, allowed=(url,)) as visit:
        expect(visit.page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(visit.page).to_have_title(heading)
        assert visit.page.locator("header").inner_text().lower().split().count("sandbox") == 1


@pytest.mark.parametrize("width", [1280, 700, 400])
def test_totals_of_several_currencies_take_one_row(browser: Browser, served: tuple[Stage, str], width: int) -> None:
    shown, url = served
    amounts = {"CHF": "9" * 40, "EUR": "751089075.14", "GBP": "1.10", "JPY": "740740740", "KWD": "7.125", "USD": "0"}
    for currency, amount in amounts.items():
        shown.deliver(request_of(order(amount, currency=currency)))
    with visiting(browser, url, allowed=(url,), width=width) as visit:
        summary = visit.page.locator("#totals summary")
        expect(summary).to_contain_text("6 currencies")
        box = summary.bounding_box()
        assert box is not None
        assert box["height"] < 30
        assert visit.page.evaluate(MISPLACED) == []
        summary.click()
        for currency, amount in (("EUR", "751,089,075.14"), ("KWD", "7.125"), ("USD", "0")):
            row = visit.page.locator("#sums tbody tr", has_text=currency)
            expect(row).to_be_visible()
            expect(row).to_contain_text(amount)
        assert visit.page.evaluate(MISPLACED) == []
        shown.deliver(request_of(order("2", currency="GBP")))
        expect(visit.page.locator("#sums tbody tr", has_text="GBP")).to_contain_text("3.10")  # it stays open
        assert visit.is_clean


@pytest.mark.parametrize("width", [1280, 400, *(pytest.param(one, marks=pytest.mark.slow) for one in (900, 700, 320))])
def test_nothing_is_cut_off_or_over_another(browser: Browser, served: tuple[Stage, str], width: int) -> None:
    shown, url = served
    for place in range(40):
        shown.deliver(
            request_of(order(f"{place}123456.99" if place else "9" * 60), ("Idempotency-Key", f"key-{place}" * 20))
        )
    shown.deliver(request_of({"invoices": [order() if one % 3 else {"refuse": "no " * 50} for one in range(50)]}))
    shown.calls.record(request_of(order()), Delivery(None), at=shown.clock.now(), fault="429-retry-after")
    shown.deliver(request_of({"refuse": "the period is closed"}))
    *_, (_, invoice) = shown.store.invoices(shown.tenant.id, limit=100)
    with visiting(browser, url, allowed=(url,), width=width) as visit:
        page = visit.page
        expect(page.locator("#live")).to_have_text("live")
        for name in ("Failures", "Calls", "Invoices"):
            page.get_by_role("button", name=name).click()
            expect(page.get_by_role("table", name=name.lower())).to_be_visible()
            assert page.evaluate(MISPLACED) == []
        for control in page.locator("header details:not([hidden]) summary").all():
            control.click()
        assert page.evaluate(MISPLACED) == []
        details = {f"invoice/{invoice.id}": f"Invoice {invoice.number}"}
        details |= {f"call/{number}": f"Call {number}" for number in (41, 42, 43)}
        for fragment, heading in details.items():
            page.evaluate("fragment => { location.hash = fragment; }", fragment)
            expect(page.locator("#detail h2")).to_contain_text(heading)
            assert page.evaluate(MISPLACED) == []
        assert visit.is_clean


def hostile_stage() -> Stage:
    plain = default()
    account = plain.accounts[0].model_copy(update={"name": EVIL})
    tenant = Tenant.model_validate(
        {name: getattr(plain, name) for name in Tenant.model_fields} | {"name": EVIL, "accounts": (account,)}
    )
    stage = Stage(tenant)
    lines = [{"chargeName": EVIL, "amount": "1", "taxItems": [{"name": EVIL, "taxAmount": "1"}]}]
    more = {"invoiceNumber": EVIL, "status": EVIL, "currency": EVIL, "accountNumber": EVIL}
    stage.deliver(request_of({**order(), **more, "invoiceItems": lines, "comments": EVIL + "x" * 100_000}))
    stage.deliver(request_of({"invoices": [{"refuse": EVIL}, {"refuse": EVIL * 500}]}, path=f"/{EVIL}"))
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
            heading = "Invoice" if kind == "invoice" else f"Call {number}"
            expect(page.locator("#detail h2")).to_contain_text(heading)
            assert page.locator("img, iframe, #detail script, #list script").count() == 0
            assert "\u202e" not in page.locator("body").inner_text()
            assert page.evaluate(MISPLACED) == []
        page.evaluate("location.hash = `#call/${'<img src=x onerror=alert(1)>'}`")
        expect(page.locator("#detail h2")).to_contain_text("<img")
        assert not dialogs
        assert visit.errors + visit.requests == []
        assert [text for text in visit.console if "404" not in text and "400" not in text] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_and_reached(browser: Browser, served: tuple[Stage, str], scheme: str) -> None:
    shown, url = served
    shown.deliver(request_of({"invoices": [order(), {"refuse": "no"}]}, path="/v1/invoices/batch"))
    shown.deliver(request_of(order(status="Posted")))
    shown.calls.record(request_of(order()), Delivery(None), at=shown.clock.now(), fault="drop-after")
    with visiting(browser, f"{url}/#call/1", allowed=(url,), scheme="dark" if scheme == "dark" else "light") as visit:
        page = visit.page
        expect(page.locator("#live")).to_have_text("live")
        expect(page.locator("#detail h2")).to_be_visible()
        for control in page.locator("header details:not([hidden]) summary").all():
            control.click()
        assert page.evaluate(CONTRAST) == []
        names = "els => els.filter(el => !(el.labels?.length || el.ariaLabel || el.textContent.trim())).length"
        assert page.locator("button, input, select, a").evaluate_all(names) == 0
        page.locator("#list tbody a").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#detail h2")).to_contain_text("Call 2")
        assert page.evaluate("document.activeElement.id") == "detail"
        assert visit.is_clean
