"""What operations of several resources have, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import SecurityScheme
from .._runtime.reasons import Category, FailureBody

FAILURE = FailureBody(
    reasons="'''why\\\n",
    code="{{ 1 }}",
    message='"""',
    process_id='id"); import os; ("',
    modulo=4,
    categories=(Category(1, '"""; import os'), Category(2, "one\ntwo '\\\u202e {{ 2 }}", transient=True)),
)
SECURITY = ((SecurityScheme("query", "key_os_import", 'X-Key"; import os; "'),),)
