"""What a database error means for the turn it happened in; drivers' errors are known only here."""

import sqlite3
import sys

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

_RETRYABLE_STATES = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03"})
"""Serialization failure, deadlock, lock not available, server going down or coming up."""

_CONNECTION_CLASS = "08"
"""SQLSTATE class of connection exceptions."""

_RETRYABLE_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_OUTAGE_CLASSES = frozenset({"53", "58"})
"""SQLSTATE classes: insufficient resources (a full disk among them), system error."""

_OUTAGE_SQLITE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }
)

_CODES_SQLITE = {
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}
_CODES_POSTGRES = (
    ("3D000", "no_database"),
    ("28", "password"),
    ("42P01", "no_table"),
    ("25006", "read_only"),
    ("53100", "full"),
    ("55P03", "busy"),
    ("58", "disk"),
    ("08", "no_server"),
    ("57P", "no_server"),
)
_SAID_POSTGRES = (
    ("password authentication failed", "password"),
    ("no password supplied", "password"),
    ("does not exist", "no_database"),
)


class NewerDatabase(Exception):
    """A newer program has been at work on the database."""


def is_database_error(error: BaseException) -> bool:
    """Whether it came from the database, so that the transaction may be lost with it."""
    ours = (sqlite3.Error, SQLAlchemyError, NewerDatabase)
    return isinstance(error, ours) or _is_postgres(error)


def is_retryable(error: BaseException) -> bool:
    """Whether the same turn may well pass when run again: a lock, a deadlock, a lost connection."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or (error.orig is not None and is_retryable(error.orig))
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", 0)
        return (code & 0xFF) in _RETRYABLE_SQLITE
    if not _is_postgres(error):
        return False
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return state in _RETRYABLE_STATES or state.startswith(_CONNECTION_CLASS)
    # Without a state it was the connection that failed, not a statement.
    return type(error).__name__ in ("OperationalError", "InterfaceError")


def is_outage(error: BaseException) -> bool:
    """Whether the fault lies with the database or its disk, and any other turn could meet it too.

    Such a turn is worth repeating once there is room again, though not at once.
    """
    if is_retryable(error):
        return True
    if isinstance(error, DBAPIError):
        return error.orig is not None and is_outage(error.orig)
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _OUTAGE_SQLITE
    state = getattr(error, "sqlstate", None) if _is_postgres(error) else None
    return state is not None and state[:2] in _OUTAGE_CLASSES


def fault_code(error: BaseException) -> str:
    """What an operator has to look at: the name of a sentence, "other" where there is none."""
    if isinstance(error, NewerDatabase):
        return "newer"
    if isinstance(error, DBAPIError) and error.orig is not None:
        return fault_code(error.orig)
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        said = str(error)
        return "no_table" if said.startswith("no such table") else _CODES_SQLITE.get(code, "other")
    if not _is_postgres(error):
        return "other"
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return next((code for begin, code in _CODES_POSTGRES if state.startswith(begin)), "other")
    # Before a session there is no state: only words, which may be in the server's language.
    said = str(error)
    return next((code for part, code in _SAID_POSTGRES if part in said), "no_server")


def _is_postgres(error: BaseException) -> bool:
    # Loaded only where PostgreSQL is used: nothing of ours imports it.
    psycopg = sys.modules.get("psycopg")
    return psycopg is not None and isinstance(error, psycopg.Error)
