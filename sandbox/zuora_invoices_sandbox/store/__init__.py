"""Where the sandbox keeps its state: SQLite or PostgreSQL, through SQLAlchemy Core."""
