"""Files -> Document: a description as one tree of values that know where they stand; and that tree as one file."""

from generator.document.bundler import bundle
from generator.document.loader import load
from generator.document.parser import MAX_DEPTH
from generator.document.upgrader import upgrade

__all__ = ["MAX_DEPTH", "bundle", "load", "upgrade"]
