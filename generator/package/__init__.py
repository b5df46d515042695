"""Api -> the files of a package: made in memory, then compared with what is there or written as a whole."""

from generator.package.renderer import render
from generator.package.writer import ForeignFolderError, changes, diff, write

__all__ = ["ForeignFolderError", "changes", "diff", "render", "write"]
