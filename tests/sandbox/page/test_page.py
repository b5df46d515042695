"""The page in a real browser, against a real server: what it shows, that it is live, and that text stays text."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.browser import visiting
from tests.sandbox.page.stage import Stage, order, request_of
from zuora_invoices import Client
from zuora_invoices.models import PostInvoiceItemType, PostInvoiceType
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.fault_kinds import Fault
from zuora_invoices_sandbox.faults import FaultPolicy
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page


REPEAT: Final = """async (text) => {
  const [, method, path, body] = text.match(/^(\\w+) (\\S+) (.*)$/);
  return (await fetch(path, { method, body, headers: { "Content-Type": "application/json" } })).status;
}"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[tuple[Sandbox, str]]:
    with Sandbox(seed=1) as sandbox, running(sandbox) as url:
        yield sandbox, url


def rows(page: Page, within: Locator | None = None) -> list[str]:
    found = (within or page.locator("#list")).locator("tbody tr")
    return [re.sub(r"\s+", " ", row.inner_text()).strip() for row in found.all()]


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
        assert visit.is_clean


def test_request_and_answer_stand_side_by_side(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    shown.deliver(request_of(order("12345678901234567.10", comments="c"), ("Idempotency-Key", "key-1")))
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
        visit.page.locator("#detail").get_by_role("link", name="INV00000001").click()
        expect(visit.page.locator("#detail h2")).to_contain_text("Invoice INV00000001")
        expect(visit.page.locator(".sums")).to_contain_text("12,345,678,901,234,567.10")
        visit.page.keyboard.press("Escape")
        expect(visit.page.locator("#detail")).to_be_hidden()
        assert visit.is_clean


def test_failures_of_calls_and_of_batches_are_listed(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    shown.deliver(request_of({"refuse": "the period is closed"}))
    shown.deliver(request_of({"invoices": [order(), {"refuse": "no such account"}]}, path="/v1/invoices/batch"))
    with visiting(browser, url, allowed=(url,)) as visit:
        visit.page.get_by_role("button", name="Failures").click()
        expect(visit.page.locator("#list tbody tr")).to_have_count(2)
        expect(visit.page.get_by_role("table", name="failures")).to_be_visible()
        batch, single = rows(visit.page)
        assert "2 invoices[1] 58490030 no such account" in batch
        assert "whole call 58490030 the period is closed" in single
        expect(visit.page.get_by_role("button", name="Failures")).to_have_text("Failures 2")
        visit.page.locator("#list tbody tr").last.click()
        expect(visit.page.locator("#detail .failed")).to_contain_text("the period is closed")
        expect(visit.page.get_by_role("region", name="Results")).to_have_count(0)
        assert visit.is_clean


def test_a_batch_shows_what_became_of_each_invoice_by_its_number(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    invoices = [order(), {"refuse": "no such account"}, order(invoiceNumber="MARCH-1")]
    shown.deliver(request_of({"invoices": invoices}, path="/v1/invoices/batch"))
    first, last = (one.id for _, one in reversed(shown.store.invoices(shown.tenant.id)))
    with visiting(browser, f"{url}/#call/1", allowed=(url,)) as visit:
        results = visit.page.get_by_role("region", name="Results")
        expect(results.locator("tbody tr")).to_have_count(3)
        assert rows(visit.page, results) == [
            f"1 invoices[0] INV00000001 {first}",
            "2 invoices[1] failed 58490030 no such account",
            f"3 invoices[2] MARCH-1 {last}",
        ]
        results.get_by_role("link", name="MARCH-1").click()
        expect(visit.page.locator("#detail h2")).to_contain_text("Invoice MARCH-1")
        assert visit.is_clean


def test_lists_are_filtered_and_searched(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    for place in range(6):
        shown.deliver(request_of(order(status="Posted" if place % 2 else "Draft", invoiceNumber=f"N-{place}")))
    shown.deliver(request_of({"refuse": "no"}, ("Idempotency-Key", "march")))
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
        assert visit.is_clean


def test_clock_faults_and_reset_are_at_hand(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    shown.deliver(request_of(order()))
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
        expect(page.locator("#notice")).to_contain_text("get drop-after")
        expect(page.locator("#policy")).to_have_text("20 % of calls, seed 0, the next 1")
        page.get_by_label("Freeze at").fill("tomorrow")
        page.get_by_role("button", name="Freeze", exact=True).click()
        expect(page.locator("#notice")).to_contain_text("a moment looks like")
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.locator("#reset-control summary").click()
        page.get_by_role("button", name="Forget everything").click()
        assert shown.store.count(shown.tenant.id) == 1
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Forget everything").click()
        expect(page.locator("#list")).to_contain_text("No invoice so far")
        expect(page.locator("#policy")).to_have_text("none")
        assert not shown.clock.frozen
        assert [text for text in visit.console if "400" not in text] == []  # the browser tells of the refused order
        assert visit.errors + visit.requests == []


def test_kinds_of_faults_are_chosen_and_said_as_a_program_would(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    with visiting(browser, url, allowed=(url,)) as visit:
        page, request = visit.page, visit.page.locator("#policy-request")
        page.locator("#faults-control summary").click()
        expect(page.locator("#fault-kinds label")).to_have_count(len(Fault))
        expect(page.locator("#fault-kinds")).to_contain_text(Fault.CUT_BODY.effect)
        expect(request).to_have_text('POST /_sandbox/faults {"rate":0.2,"seed":0}')
        page.get_by_role("button", name="None").click()
        for kind in (Fault.UNAVAILABLE, Fault.SLOW):
            page.locator(f"#fault-kinds input[value='{kind}']").check()
        expect(page.locator("#policy-options")).to_have_text("--faults 0.2 --seed 0 --fault-kinds slow,503")
        page.get_by_role("button", name="Set").click()
        expect(page.locator("#policy")).to_have_text("20 % of calls (503, slow), seed 0")
        assert shown.faults.policy == FaultPolicy(0.2, (Fault.SLOW, Fault.UNAVAILABLE))
        shown.faults.clear()
        assert page.evaluate(REPEAT, request.inner_text()) == 200  # it is a request that can be made
        assert shown.faults.policy == FaultPolicy(0.2, (Fault.SLOW, Fault.UNAVAILABLE))
        page.get_by_label("Next calls").select_option("locked")
        expect(page.locator("#effect")).to_have_text(Fault.LOCKED.effect)
        assert page.evaluate(REPEAT, page.locator("#next-request").inner_text()) == 200
        assert shown.faults.ordered == 1
        assert visit.is_clean


def test_there_is_something_to_do_on_an_empty_page(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    with visiting(browser, url, allowed=(url,), width=400, scheme="dark") as visit:
        expect(visit.page.locator("#list")).to_contain_text(f"curl {url}/v1/invoices")
        expect(visit.page.locator("#list")).to_contain_text(shown.client_id)
        assert shown.client_secret not in visit.page.content()
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 400
        assert visit.is_clean


def test_what_is_shown_already_is_not_had_again(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    shown.deliver(request_of(order()))
    with visiting(browser, url, allowed=(url,)) as visit:
        expect(visit.page.locator("#live")).to_have_text("live")
        shown.deliver(request_of(order()))
        expect(visit.page.locator("#list tbody tr")).to_have_count(2)  # and so the first event has come, too
        lists = "performance.getEntriesByType('resource').filter(one => one.name.endsWith('/_sandbox/invoices')).length"
        assert visit.page.evaluate(lists) == 1
        assert visit.is_clean


def test_many_rows_are_had_bit_by_bit(browser: Browser, served: tuple[Stage, str]) -> None:
    shown, url = served
    for _ in range(250):
        shown.deliver(request_of(order()))
    with visiting(browser, url, allowed=(url,)) as visit:
        shown_rows = visit.page.locator("#list tbody tr")
        expect(shown_rows).to_have_count(100)
        visit.page.get_by_role("button", name="Older").click()
        expect(shown_rows).to_have_count(200)
        visit.page.get_by_role("button", name="Older").click()
        expect(shown_rows).to_have_count(250)
        expect(visit.page.get_by_role("button", name="Older")).to_have_count(0)
        for _ in range(150):  # more at once than a page of the list
            shown.deliver(request_of(order()))
        expect(visit.page.locator("#count-invoices")).to_have_text("400")
        expect(visit.page.get_by_role("link", name="INV00000400")).to_be_visible()
        numbers = [row.split(" ")[0] for row in rows(visit.page)]
        assert numbers == sorted(numbers, reverse=True)
        assert len(set(numbers)) == len(numbers)
        assert visit.is_clean


@pytest.mark.slow
def test_the_page_says_when_the_sandbox_is_gone_and_goes_on_when_it_is_back(browser: Browser) -> None:
    with closing(Stage()) as stage, running(stage) as url, visiting(browser, url, allowed=(url,)) as visit:
        expect(visit.page.locator("#live")).to_have_text("live")
        stage.calls.close()  # what a server does that is about to stop
        expect(visit.page.locator("#live")).to_have_text("reconnecting")
        stage.calls.closed = False
        stage.deliver(request_of(order()))
        expect(visit.page.locator("#list tbody tr")).to_have_count(1)
        expect(visit.page.locator("#live")).to_have_text("live")


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
