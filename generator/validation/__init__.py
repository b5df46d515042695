"""Document -> findings: what breaks OpenAPI's own schema, and what breaks our rules."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.validation.validator import begin, validate

__all__ = ["begin", "validate"]

__getattr__ = door(__name__, {"begin": "validator", "validate": "validator"})
