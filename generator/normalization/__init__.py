"""Document -> Document: faults mended, then every schema flat, named, and told apart by side."""

from generator.normalization.mending import mend
from generator.normalization.normalizer import normalize

__all__ = ["mend", "normalize"]
