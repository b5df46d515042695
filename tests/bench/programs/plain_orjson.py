"""orjson on plain dicts: no models, no checks, numbers through float."""

from __future__ import annotations

import importlib

from tests.bench import payload
from tests.bench.worker import Tasks, repeated


def prepare(url: str) -> Tasks:
    """Load what is written and read; it calls nobody."""
    orjson = importlib.import_module("orjson")  # in the environment of `make bench` alone
    batch, answer = payload.plain_batch(), payload.answers()[payload.BATCH_PATH]
    return {"write": repeated(lambda: orjson.dumps(batch)), "read": repeated(lambda: orjson.loads(answer))}
