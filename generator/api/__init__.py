"""Document (normalized) -> Api: everything that the package will say, as frozen data."""

from generator.api.builder import build

__all__ = ["build"]
