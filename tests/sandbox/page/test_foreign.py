"""Pages of other sites in a real browser that knows the way to a sandbox: they see nothing of it and steer nothing."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from tests.loopback import Answer, serving
from tests.sandbox.page.stage import order, request_of
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ATTACK: Final = """async (url) => {
    const got = []
    const orders = {reset: '{}', clock: '{"move": 1000000}', faults: '{"rate": 1}'}
    const types = ["text/plain", "application/x-www-form-urlencoded", "application/json"]
    for (const [name, body] of Object.entries(orders)) {
        for (const mode of ["no-cors", "cors"]) {
            for (const type of types) {
                const sent = {method: "POST", mode, body, headers: {"Content-Type": type}}
                await fetch(`${url}/_sandbox/${name}`, sent).then(
                    async (answer) => got.push(await answer.text()), () => null)
            }
        }
        navigator.sendBeacon(`${url}/_sandbox/${name}`, new Blob([body], {type: "text/plain"}))
    }
    for (const path of ["/", "/_sandbox/state", "/_sandbox/invoices", "/_sandbox/calls", "/openapi.json"]) {
        for (const mode of ["no-cors", "cors"]) {
            await fetch(url + path, {mode}).then(async (answer) => got.push(await answer.text()), () => null)
        }
    }
    const heard = new EventSource(`${url}/_sandbox/events`)
    heard.onmessage = (event) => got.push(event.data)
    await new Promise((done) => { heard.onerror = done })
    const frame = document.createElement("iframe")
    frame.src = `${url}/`
    await new Promise((done) => { frame.onload = done; document.body.append(frame) })
    got.push(frame.contentDocument?.body.innerText ?? "")
    const script = document.createElement("script")
    script.src = `${url}/_sandbox/page.js`
    await new Promise((done) => { script.onload = () => { got.push("loaded"); done() }; script.onerror = done
        document.body.append(script) })
    return got.filter((one) => one !== "")
}"""


def test_another_site_sees_and_steers_nothing(browser: Browser) -> None:
    page = Answer(200, b"<!doctype html><title>Another site</title><body>", {"Content-Type": "text/html"})
    with (
        Sandbox() as sandbox,
        running(sandbox) as url,
        serving(lambda _: page) as other,
        closing(browser.new_page()) as visitor,  # unwatched: who watches requests answers for CORS instead of us
    ):
        sandbox.deliver(request_of(order("1.10")))
        visitor.goto(other.url)
        now = sandbox.clock.now()
        assert visitor.evaluate(ATTACK, url) == []
        assert (sandbox.clock.now() - now).total_seconds() < 1000
        assert sandbox.faults.policy is None
        assert sandbox.calls[0].number == 1  # and so nothing was forgotten
