"""Mapping files: YAML that says what the columns of a table are. All that is wrong is told at once, with its place.

    columns:
      Customer: customer.number
      Day: {path: day, format: dd.mm.yyyy}
      Amount: {path: lines.amount, decimal: ",", thousands: "."}
      Paid: {path: paid, values: {Yes: true, No: false}}
    constants:
      lines.unit: piece
    group: [Order]
    reference: Order
    ignore: [Remark]

The generator's README says what each key means.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from .cells import Formats, reader
from .documents import Node, read_yaml
from .faults import Fault, TableError, nearest
from .fields import Type, resolve
from .forms import Form, FormError
from .mapping import Column, Constant, TableMapping, twice
from .paths import PathError
from .rows import CellError, Layout, is_sign

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Mapping
    from datetime import tzinfo

    from pydantic import BaseModel

    from ..values import Json
    from .documents import Key
    from .fields import Kind

KEYS: Final = ("file", "formats", "columns", "constants", "group", "grouped", "reference", "ignore")
_FILE: Final = ("format", "encoding", "delimiter", "sheet", "header")
_FORMATS: Final = ("decimal", "thousands", "date", "time", "zone")
_COLUMN: Final = ("path", "type", "decimal", "thousands", "format", "zone", "values")
_LAST_HEADER: Final = 100
_GROUPED: Final = ("together", "anywhere")
_TYPES: Final[Mapping[str, Kind]] = {
    "text": "text",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
}


def read_mapping(path: str | os.PathLike[str], model: type[BaseModel]) -> TableMapping:
    """The mapping of a file, for elements of a model.

    Raises:
        TableError: it is not YAML, or says what cannot be; names everything that is wrong.
    """
    reading = _Reading(Path(path).name, model)
    found = reading.mapping(read_yaml(Path(path)))
    if reading.faults:
        raise TableError(sorted(reading.faults, key=lambda fault: (fault.lines, fault.character or 0)))
    return found


class _Reading:
    def __init__(self, file: str, model: type[BaseModel]) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._model = model
        self._places: dict[str, tuple[int, int]] = {}

    def _wrong(self, at: Node | Key, message: str) -> None:
        self.faults.append(Fault(self._file, message, (at.line,), character=at.character))

    def mapping(self, root: Node) -> TableMapping:
        """The whole file."""
        parts = self._members(root, KEYS, "the mapping")
        formats = self._formats(parts["formats"]) if "formats" in parts else Formats()
        constants = self._constants(parts.get("constants"))
        columns = self._columns(parts.get("columns"), formats)
        if "columns" not in parts and not self.faults:
            self._wrong(root, 'has no "columns"')
        for header, message in twice(columns, constants):
            line, character = self._places[header]
            self.faults.append(Fault(self._file, message, (line,), header, character=character))
        group = self._names(parts.get("group"))
        ignored = self._names(parts.get("ignore"))
        reference = self._names(parts.get("reference"))
        if len(reference) > 1:
            self._wrong(parts["reference"], '"reference" is one column')
        for header in ignored:
            if any(header == column.header for column in columns):
                self._wrong(parts["ignore"], f'"{header}" is ignored, and in "columns" too')
        grouped = self._word(parts.get("grouped"), _GROUPED, "grouped")
        return TableMapping(
            columns,
            constants,
            group,
            grouped == "anywhere",
            reference[0] if reference else None,
            frozenset(ignored),
            self._layout(parts.get("file")),
            self._file,
            self._places,
        )

    def _members(self, node: Node, known: Collection[str], what: str) -> dict[str, Node]:
        """The members of a mapping whose keys are known."""
        members = node.members
        if members is None:
            if node.value is not None:
                self._wrong(node, f"{what} must be keys with values: {', '.join(known)}")
            return {}
        for name, (key, _) in members.items():
            if name not in known:
                self._wrong(key, f'"{name}" is no key of {what}; there are {", ".join(known)}{nearest(name, known)}')
        return {name: one for name, (_, one) in members.items() if name in known}

    def _text(self, node: Node | None, what: str) -> str | None:
        if node is None or node.value is None:
            return None
        if isinstance(node.value, tuple | list):
            self._wrong(node, f"{what} must be a text")
            return None
        return node.text

    def _word(self, node: Node | None, known: Collection[str], what: str) -> str | None:
        text = self._text(node, what)
        if node is not None and text is not None and text not in known:
            self._wrong(node, f'"{what}" must be one of {", ".join(known)}{nearest(text, known)}')
        return text

    def _character(self, node: Node | None, what: str) -> str | None:
        text = self._text(node, what)
        if node is not None and text is not None and not is_sign(text):
            self._wrong(node, f'{what} must be one character, in quotes, such as ";"')
            return None
        return text

    def _names(self, node: Node | None) -> tuple[str, ...]:
        """Headers: one, or a list."""
        if node is None or node.value is None:
            return ()
        nodes = node.value if isinstance(node.value, list) else [node]
        found: list[str] = []
        for one in nodes:
            header = self._text(one, "the name of a column")
            if header is not None:
                found.append(_header(header))
                self._places.setdefault(_header(header), (one.line, one.character))
        return tuple(found)

    def _layout(self, node: Node | None) -> Layout:
        parts = {} if node is None else self._members(node, _FILE, '"file"')
        return Layout(
            self._word(parts.get("format"), ("csv", "jsonl", "xlsx"), "format"),
            self._text(parts.get("encoding"), '"encoding"'),
            self._character(parts.get("delimiter"), '"delimiter"'),
            self._text(parts.get("sheet"), '"sheet"'),
            self._line(parts.get("header")),
        )

    def _line(self, node: Node | None) -> int:
        if node is None or node.value is None:
            return 1
        if isinstance(node.value, int) and 1 <= node.value <= _LAST_HEADER:
            return int(node.value)
        self._wrong(node, f'"header" must be the number of a line, at most {_LAST_HEADER}')
        return 1

    def _formats(self, node: Node) -> Formats:
        return self._formatted(self._members(node, _FORMATS, '"formats"'), Formats())

    def _formatted(self, parts: Mapping[str, Node], base: Formats) -> Formats:
        """What is said of how cells are written, on the ground of what holds for all."""
        decimal = self._character(parts.get("decimal"), '"decimal"') or base.decimal
        thousands = self._character(parts.get("thousands"), '"thousands"')
        if thousands is None and "decimal" not in parts:  # which is said together with the sign of thousands
            thousands = base.thousands
        at = parts.get("thousands", parts.get("decimal"))
        if decimal == thousands and at is not None:
            self._wrong(at, "decimals and thousands have one sign")
        return replace(
            base,
            decimal=decimal,
            thousands=thousands,
            date=self._form(parts.get("date")) or base.date,
            time=self._form(parts.get("time")) or base.time,
            zone=self._zone(parts.get("zone")) or base.zone,
        )

    def _form(self, node: Node | None) -> Form | None:
        text = self._text(node, "a form of dates")
        if node is None or text is None:
            return None
        try:
            return Form(text)
        except FormError as error:
            self._wrong(node, str(error))
            return None

    def _zone(self, node: Node | None) -> tzinfo | None:
        text = self._text(node, '"zone"')
        if node is None or text is None:
            return None
        try:
            if text[:1] in "+-":
                hours, minutes = text[1:].split(":")
                return timezone(timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if text[0] == "-" else 1))
            return ZoneInfo(text)
        except (ValueError, OSError, KeyError):
            self._wrong(node, '"zone" must be an offset such as "+01:00", or a zone such as Europe/Berlin')
            return None

    def _columns(self, node: Node | None, formats: Formats) -> tuple[Column, ...]:
        if node is None or node.value is None:
            return ()
        if node.members is None:
            self._wrong(node, '"columns" must be the names of columns, each with a path')
            return ()
        found: list[Column] = []
        for name, (key, value) in node.members.items():
            self._places[_header(name)] = (key.line, key.character)
            for one in value.value if isinstance(value.value, list) else [value]:
                column = self._column(_header(name), one, formats)
                if column is not None:
                    found.append(column)
        return tuple(found)

    def _column(self, header: str, node: Node, formats: Formats) -> Column | None:
        parts = {"path": node} if node.members is None else self._members(node, _COLUMN, "a column")
        path = self._text(parts.get("path"), '"path"')
        if path is None:
            self._wrong(node, f'column "{header}" needs a path; one that is not sent is named under "ignore"')
            return None
        try:
            steps, kind = resolve(self._model, path)
        except PathError as error:
            self._wrong(parts["path"], f"{path} is no path to a value: {error}")
            return None
        kind = self._type(parts.get("type"), kind)
        formats = self._formatted({key: one for key, one in parts.items() if key in _FORMATS}, formats)
        form = self._form(parts.get("format"))
        if form is not None:
            formats = (
                replace(formats, time=form) if form.has_time or kind.kind == "time" else replace(formats, date=form)
            )
        return Column(header, steps, kind, replace(formats, values=self._values(parts.get("values"), kind)))

    def _type(self, node: Node | None, kind: Type) -> Type:
        """The type that the mapping says, where the model leaves it open."""
        text = self._word(node, _TYPES, "type") or ""
        if node is None or text not in _TYPES:
            return kind
        if kind.kind not in ("any", "choice", _TYPES[text]):
            self._wrong(
                node, f"the value is {_WORDS.get(kind.kind, kind.kind)}; only where it may be several has it to be said"
            )
        return kind if kind.kind == _TYPES[text] else Type(_TYPES[text])

    def _values(self, node: Node | None, kind: Type) -> Mapping[str, Json] | None:
        if node is None:
            return None
        if node.members is None:
            self._wrong(node, '"values" must be words of the file, each with what it means')
            return None
        return {name.strip(): self._value(one, kind) for name, (_, one) in node.members.items()}

    def _constants(self, node: Node | None) -> tuple[Constant, ...]:
        if node is None or node.value is None:
            return ()
        if node.members is None:
            self._wrong(node, '"constants" must be paths, each with a value')
            return ()
        found: list[Constant] = []
        for path, (key, value) in node.members.items():
            try:
                steps, kind = resolve(self._model, path)
            except PathError as error:
                self._wrong(key, f"{path} is no path to a value: {error}")
            else:
                if value.value is None:
                    self._wrong(value, "a constant must have a value")
                found.append(Constant(steps, self._value(value, kind)))
        return tuple(found)

    def _value(self, node: Node, kind: Type) -> Json:
        """A value that stands in the mapping itself: of the type that its place asks for."""
        if isinstance(node.value, tuple | list):
            self._wrong(node, "must be a single value; of objects and arrays each path is said by itself")
            return None
        if node.value is None:
            return None
        if kind.kind in ("any", "choice"):
            return node.value
        try:
            return reader(kind, Formats())(node.text)
        except CellError as error:
            self._wrong(node, str(error))
            return None


_WORDS: Final = {"text": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false"}


def _header(text: str) -> str:
    """A header as tables have it."""
    return " ".join(text.split())
