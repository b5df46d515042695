"""Statements as a driver takes them.

SQLAlchemy writes them, once: to have it look at a statement each time takes longer than to run it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy.exc import StatementError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection, CursorResult, Dialect
    from sqlalchemy.sql import ClauseElement

Values: TypeAlias = Mapping[str, Any]
"""Names of parameters -> values, of many types."""


class Prepared:
    """A statement with parameters of these names; what it gives is as the driver gives it."""

    def __init__(self, statement: ClauseElement, names: Iterable[str], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=[*names])  # SQLAlchemy says less of it
        self._text = str(compiled)
        self._writers: list[tuple[str, Callable[[Any], Any] | None]] = []
        self._fixed: dict[str, Any] = {}
        """Parameters that always have the same value, such as a limit."""
        for name in compiled.params:
            bind = compiled.binds[name]
            self._writers.append((name, bind.type.dialect_impl(dialect).bind_processor(dialect)))
            if bind.value is not None:
                self._fixed[name] = bind.value
        self._order: list[str] | None = compiled.positiontup
        """Names by position; `None` where the driver takes names."""

    def run(self, connection: Connection, values: Values | list[dict[str, Any]]) -> CursorResult[Any]:
        """Run it, once or for each of several.

        Raises:
            SQLAlchemyError: a value is none that the database can hold, or the database fails.
        """
        written: Any = [*map(self._written, values)] if isinstance(values, list) else self._written(values)
        return connection.exec_driver_sql(self._text, written)

    def _written(self, values: Values) -> dict[str, Any] | tuple[Any, ...]:
        given = {**self._fixed, **values} if self._fixed else values
        try:
            made = {name: given[name] if write is None else write(given[name]) for name, write in self._writers}
        except (TypeError, ValueError) as error:
            raise StatementError(str(error), self._text, None, error, hide_parameters=True) from None
        return made if self._order is None else tuple([made[name] for name in self._order])
