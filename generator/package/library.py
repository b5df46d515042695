"""Schemas -> classes, by datamodel-code-generator with our template. The only importer of that library.

It takes longer to load than most commands, so that it is loaded in a process of its own where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datamodel_code_generator import InputFileType, LiteralType, PythonVersion, generate
from datamodel_code_generator.enums import DataModelType

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPLATES: Final = Path(__file__).parent / "templates" / "models"
PRACTICE: Final[tuple[Mapping[str, Any], ...]] = (
    {"A": {"type": "object", "properties": {"a": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}},
    {"A": "request"},
    {"A": {"bases": [], "doc": "", "lines": [], "fields": []}},
)
"""Arguments with which :func:`classes` loads all that the library leaves to its first use: nine tenths of it."""


def classes(schemas: Mapping[str, Any], sides: Mapping[str, str], printed: Mapping[str, Any]) -> str:
    """The classes of schemas by name, each `request` or `response`, and what the template prints for each."""
    made = generate(
        {"openapi": "3.1.0", "info": {"title": "-", "version": "-"}, "paths": {}, "components": {"schemas": schemas}},
        input_file_type=InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        base_class="runtime.ResponseModel",
        base_class_map={name: "runtime.RequestModel" for name, side in sides.items() if side == "request"},
        custom_template_dir=_TEMPLATES,
        extra_template_data=defaultdict(dict, {name: {"model": one} for name, one in printed.items()}),
        formatters=[],  # ruff has the say, and no pyproject.toml near the caller
        enum_field_as_literal=LiteralType.All,
        use_annotated=True,
        field_constraints=True,
        strict_nullable=True,
        use_type_alias=True,
        use_standard_collections=True,
        use_union_operator=True,
        disable_timestamp=True,
        disable_future_imports=True,
    )
    if not isinstance(made, str):
        raise TypeError("datamodel-code-generator made several modules of one")
    return made
