"""Files of lines, such as a month's orders in a spreadsheet, as elements of a request model.

A table is CSV, JSON Lines or an .xlsx workbook. A mapping says which column is which value on the wire; `elements`
makes elements of the lines, each checked by its model, with all that is wrong told by line and column. Of calls and
clients nothing is known here.
"""

from .drafting import draft_mapping
from .elements import Element, elements
from .failed import FailedLines
from .faults import Fault, TableError
from .mapping import TableMapping, plain_mapping
from .mapping_file import read_mapping
from .rows import Layout, Row, Table
from .table import open_table

__all__ = [
    "Element",
    "FailedLines",
    "Fault",
    "Layout",
    "Row",
    "Table",
    "TableError",
    "TableMapping",
    "draft_mapping",
    "elements",
    "open_table",
    "plain_mapping",
    "read_mapping",
]
