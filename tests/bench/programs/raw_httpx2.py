"""httpx2 alone: bytes that were prepared go out, bytes come back and are read as bytes."""

from __future__ import annotations

import httpx2

from tests.bench import payload
from tests.bench.worker import Loop, Tasks, expect, repeated

HEADERS = {"Authorization": "Bearer token", "Content-Type": "application/json", "Accept": "application/json"}


def prepare(url: str) -> Tasks:
    """Construct the clients, and see that both calls are answered."""
    client = httpx2.Client(base_url=url)
    loop = Loop()
    asynchronous = httpx2.AsyncClient(base_url=url)
    small, large = payload.compact(payload.plain_invoice()), payload.compact(payload.plain_batch())

    def post(path: str, body: bytes) -> bytes:
        return client.post(path, content=body, headers=HEADERS).content

    async def post_async(path: str, body: bytes) -> None:
        await asynchronous.post(path, content=body, headers=HEADERS)

    answers = payload.answers()
    expect(post(payload.SINGLE_PATH, small), answers[payload.SINGLE_PATH])
    expect(post(payload.BATCH_PATH, large), answers[payload.BATCH_PATH])
    return {
        "single": repeated(lambda: post(payload.SINGLE_PATH, small)),
        "batch": repeated(lambda: post(payload.BATCH_PATH, large)),
        "single async": loop.concurrent(lambda: post_async(payload.SINGLE_PATH, small)),
        "batch async": loop.concurrent(lambda: post_async(payload.BATCH_PATH, large)),
    }
