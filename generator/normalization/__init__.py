"""Document -> Document: every schema flat, named, and told apart by side."""

from generator.normalization.normalizer import normalize

__all__ = ["normalize"]
