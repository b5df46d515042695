"""Our client as it is installed without the extra `fast`."""

from __future__ import annotations

import sys

from tests.bench.programs.ours import prepare

__all__ = ["prepare"]

sys.modules["isal"] = None  # type: ignore[assignment]  # so that importing it fails
