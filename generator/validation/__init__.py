"""Document -> findings: what breaks OpenAPI's own schema, and what breaks our rules."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.validation import aside
    from generator.validation.validator import begin, validate

__all__ = ["aside", "begin", "validate"]

__getattr__ = door(__name__, {"aside": "aside", "begin": "validator", "validate": "validator"})
