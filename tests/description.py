"""The bundled description that lies beside the generated package, read without any code of ours."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).parents[1]
BUNDLED = ROOT / "generated" / "zuora_invoices" / "openapi.json"

Node: TypeAlias = "dict[str, Any]"  # Any: what a description holds where is what the tests are about

BUNDLE: Node = json.loads(BUNDLED.read_bytes(), parse_float=Decimal)
SCHEMAS: Node = BUNDLE["components"]["schemas"]
OPERATIONS: Node = {
    operation["operationId"]: {**operation, "method": method, "path": path}
    for path, methods in BUNDLE["paths"].items()
    for method, operation in methods.items()
}


def find(reference: str) -> Any:
    """What a `$ref` of the form `#/...` leads to."""
    node: Any = BUNDLE
    for token in reference.removeprefix("#/").split("/"):
        node = node[token.replace("~1", "/").replace("~0", "~")]
    return node


def resolved(node: Any) -> Any:
    """A copy with every `$ref` replaced by what it leads to; words beside a `$ref` win."""
    if isinstance(node, list):
        return [resolved(element) for element in node]
    if not isinstance(node, dict):
        return node
    plain = {key: resolved(value) for key, value in node.items() if key != "$ref"}
    return {**resolved(find(node["$ref"])), **plain} if "$ref" in node else plain


def examples(media_types: Node) -> Node:
    """Name -> value of the examples of a `content`."""
    return {name: one["value"] for media in media_types.values() for name, one in media.get("examples", {}).items()}


def fitting(sample: Any, asked: Any) -> Any:
    """A documented answer as it would be for a request of ours: what it says again is what the request says."""
    if isinstance(sample.get("invoices"), list):
        pairs = zip(sample["invoices"], asked["invoices"], strict=True)
        return {**sample, "invoices": [fitting(result, request) for result, request in pairs]}
    echo = SCHEMAS["Invoice"]["x-echo"]
    said = {name: asked[name] for name in echo["same"] if name in asked and name in sample}
    return {name: value for name, value in {**sample, **said}.items() if name not in echo["sums"]}


def exact(value: Any) -> Any:
    """A JSON value in a form that is equal to another only if all types and values are: 1 is 1.0 but not `true`."""
    match value:
        case dict():
            return {key: exact(member) for key, member in value.items()}
        case list():
            return [exact(element) for element in value]
        case bool() | None | str():
            return value
        case _:
            return ("number", Decimal(value))
