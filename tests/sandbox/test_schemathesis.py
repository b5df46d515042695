"""schemathesis, which knows nothing but the description, looks for faults of the sandbox, and finds none.

By hand, for a longer search:

    make sandbox ARGS='--database :memory:'
    SANDBOX_TOKEN=... PYTHONPATH=. .venv/bin/st --config-file tests/sandbox/schemathesis.toml run \\
        --url http://127.0.0.1:8080 --max-examples 1000 generated/zuora_invoices/openapi.json
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from schemathesis.checks import CHECKS, load_all_checks

from tests.description import BUNDLED, ROOT
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator
