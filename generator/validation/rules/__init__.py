"""What can be wrong with a description beyond its form: one function per rule, by subject.

Importing the package registers every rule; `findings` applies them all.
"""

from __future__ import annotations

from generator.validation.rules import (
    batch,
    echo,
    examples,
    extensions,
    keywords,
    names,
    operations,
    references,
    schemas,
    spelling,
)
from generator.validation.rules.registry import CHECKS, Check, check, findings

__all__ = ["CHECKS", "Check", "check", "findings"]

_SUBJECTS = (batch, echo, examples, extensions, keywords, names, operations, references, schemas, spelling)
