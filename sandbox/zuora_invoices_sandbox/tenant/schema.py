"""The JSON Schema of a tenant's file, for editors: `python -m zuora_invoices_sandbox.tenant.schema` prints it.

`tenant.schema.json` is what it printed last; a test tells when it is out of date. Made from the model, so that what
the schema refuses the sandbox refuses too.
"""

from __future__ import annotations

import ast
import inspect
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic.alias_generators import to_camel
from pydantic.json_schema import GenerateJsonSchema

from zuora_invoices._runtime.codec import encode

from . import model
from .model import Tenant

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema


class _Generator(GenerateJsonSchema):
    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number, where pydantic would let a text do as well."""
        numbers: JsonSchemaValue = {"type": "number"}
        self.update_with_validations(numbers, schema, self.ValidationsMapping.numeric)
        return numbers


def text() -> str:
    """The schema, as it stands in `tenant.schema.json`."""
    schema = Tenant.model_json_schema(by_alias=True, schema_generator=_Generator, mode="validation")
    docstrings = _docstrings()
    for name, definition in [("Tenant", schema), *schema["$defs"].items()]:
        definition.pop("title", None)
        for field, setting in definition.get("properties", {}).items():
            setting.pop("title", None)  # made of the name, it says nothing that the name does not
            setting["description"] = docstrings[name][field]
            definition["properties"][field] = dict(sorted(setting.items()))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return encode(head | schema, indent=2).decode() + "\n"


def _docstrings() -> dict[str, dict[str, str]]:
    """Class -> name in the file -> docstring of the field.

    Pydantic can take them too, but does so at each import, which would take three times as long.
    """
    found = dict[str, dict[str, str]]()
    for node in ast.parse(inspect.getsource(model)).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = {}
            for field, beneath in pairwise(node.body):
                match field, beneath:
                    case (ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(docstring)))):
                        found[node.name][to_camel(name)] = inspect.cleandoc(docstring)
    return found


if __name__ == "__main__":
    sys.stdout.write(text())
