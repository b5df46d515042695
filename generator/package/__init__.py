"""Api -> the files of a package: made in memory, then compared with what is there or written as a whole."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.package.renderer import begin
    from generator.package.writer import ForeignFolderError, changes, diff, write

__all__ = ["ForeignFolderError", "begin", "changes", "diff", "write"]

__getattr__ = door(
    __name__,
    {
        "ForeignFolderError": "writer",
        "begin": "renderer",
        "changes": "writer",
        "diff": "writer",
        "write": "writer",
    },
)
