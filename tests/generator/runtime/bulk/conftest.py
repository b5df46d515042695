"""What tests of runs share."""

from __future__ import annotations

import pytest

from generator.runtime.bulk import schema


@pytest.fixture(autouse=True)
def _quick_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug here, and waiting for the disk is most of what these tests would take."""
    assert schema.SYNCHRONOUS == "FULL"
    monkeypatch.setattr(schema, "SYNCHRONOUS", "OFF")
