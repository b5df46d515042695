"""The JSON Schema of a tenant's file, for editors: `python -m zuora_invoices_sandbox.tenant.schema` prints it.

`tenant.schema.json` is what it printed last; a test tells when it is out of date. Made from the model, so that what
the schema refuses the sandbox refuses too.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pydantic.json_schema import GenerateJsonSchema

from zuora_invoices._runtime.codec import encode

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
    for definition in (schema, *schema["$defs"].values()):
        # Titles that are made of names say nothing that the names do not.
        for titled in (definition, *definition.get("properties", {}).values()):
            titled.pop("title", None)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return encode(head | schema, indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
