"""Document -> findings: what breaks OpenAPI's own schema, and what breaks our rules."""

from generator.validation.validator import validate

__all__ = ["validate"]
