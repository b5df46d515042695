"""Statements as a driver takes them.

SQLAlchemy writes them, once, and says how values are written and read; they go to its connection's driver itself. To
have SQLAlchemy look at a statement each time takes many times longer than to run it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError, StatementError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection, Dialect
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.sql import ClauseElement

Values: TypeAlias = Mapping[str, Any]
"""Names of parameters, or of columns -> values, of many types."""


class Prepared:
    """A statement with parameters of these names."""

    def __init__(self, statement: ClauseElement, names: Iterable[str], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=[*names])  # SQLAlchemy says less of it
        self._text = str(compiled)
        self._writers: list[tuple[str, Callable[[Any], Any] | None]] = []
        self._fixed: dict[str, Any] = {}
        """Parameters that always have the same value, such as a limit."""
        self._by_position: bool = compiled.positional
        for name in compiled.positiontup if self._by_position else compiled.params:
            bind = compiled.binds[name]
            self._writers.append((name, bind.type.dialect_impl(dialect).bind_processor(dialect)))
            if bind.value is not None:
                self._fixed[name] = bind.value
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._readers: list[tuple[str, Callable[[Any], Any] | None]] = [
            (one.name, one.type.dialect_impl(dialect).result_processor(dialect, None)) for one in columns
        ]

    def run(self, connection: Connection, values: list[dict[str, Any]]) -> None:
        """Run it for each of these.

        Raises:
            SQLAlchemyError: a value is none that the database can hold, or the database fails.
        """
        self._execute(connection, [*map(self._written, values)])

    def first(self, connection: Connection, values: Values) -> dict[str, Any] | None:
        """The first row that it gives, by the names of columns.

        Raises:
            SQLAlchemyError: as above.
        """
        row = self._execute(connection, [self._written(values)]).fetchone()
        return None if row is None else self._read(row)

    def all(self, connection: Connection, values: Values) -> list[dict[str, Any]]:
        """All rows.

        Raises:
            SQLAlchemyError: as above.
        """
        return [*map(self._read, self._execute(connection, [self._written(values)]).fetchall())]

    def _read(self, row: Any) -> dict[str, Any]:
        read = zip(self._readers, row, strict=True)
        return {name: value if reader is None else reader(value) for (name, reader), value in read}

    def _execute(self, connection: Connection, written: list[Any]) -> DBAPICursor:
        link = connection.connection
        cursor = link.cursor()
        try:
            if len(written) == 1:
                cursor.execute(self._text, written[0])
            else:
                cursor.executemany(self._text, written)
        except Exception as error:
            dialect = connection.dialect
            kind = dialect.loaded_dbapi.Error
            if not isinstance(error, kind):
                raise
            is_lost = dialect.is_disconnect(error, link, cursor)
            if is_lost:
                connection.invalidate(error)
            raise DBAPIError.instance(self._text, None, error, kind, True, is_lost, dialect) from error
        return cursor

    def _written(self, values: Values) -> dict[str, Any] | tuple[Any, ...]:
        given = {**self._fixed, **values} if self._fixed else values
        try:
            if self._by_position:
                return tuple([given[name] if write is None else write(given[name]) for name, write in self._writers])
            return {name: given[name] if write is None else write(given[name]) for name, write in self._writers}
        except (TypeError, ValueError) as error:
            raise StatementError(str(error), self._text, None, error, hide_parameters=True) from None
