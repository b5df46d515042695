"""Api -> the files of a package: made in memory, then compared with what is there or written as a whole."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.package.renderer import Begun, begin
    from generator.package.writer import ForeignFolderError, changes, diff, write

__all__ = ["Begun", "ForeignFolderError", "begin", "changes", "diff", "write"]

__getattr__ = door(
    __name__,
    {
        "Begun": "renderer",
        "ForeignFolderError": "writer",
        "begin": "renderer",
        "changes": "writer",
        "diff": "writer",
        "write": "writer",
    },
)
