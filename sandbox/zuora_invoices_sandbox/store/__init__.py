"""Where the sandbox keeps its state: SQLite or PostgreSQL, through SQLAlchemy Core."""

from .errors import NumberTakenError, StoreError
from .store import Store
from .transaction import Transaction

__all__ = ["NumberTakenError", "Store", "StoreError", "Transaction"]
