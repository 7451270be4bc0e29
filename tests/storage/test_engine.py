"""Sessions: whose transaction it is, and what an error means for it."""

import sqlite3
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from storage.engine import Database, Session, is_database_error, is_retryable, open_database
from tests.support.union import MEMBER_CHAT, NOW, a_unit


def test_begins_and_ends_transactions_only_when_told(database: Database) -> None:
    with database.session() as session:
        session.store.inbox.record("alone", NOW)
        inside = [session.in_transaction]
        session.begin()
        inside.append(session.in_transaction)
        session.store.inbox.record("undone", NOW)
        session.rollback()
        inside.append(session.in_transaction)
        assert inside == [False, True, False]
        assert session.store.inbox.handled("alone")
        assert not session.store.inbox.handled("undone")


def test_undoes_to_the_savepoint_and_keeps_what_was_before(database: Database) -> None:
    with database.session() as session:
        session.begin()
        for key, keep in (("a", True), ("b", False), ("c", True)):
            session.savepoint()
            session.store.inbox.record(key, NOW)
            if keep:
                session.release()
            else:
                session.rollback_to()
        session.commit()
        assert [session.store.inbox.handled(key) for key in "abc"] == [True, False, True]


def test_sees_one_moment_in_a_snapshot_and_writes_nothing(database: Database) -> None:
    with database.session() as session:
        session.store.inbox.record("before", NOW)
        with database.snapshot() as store:
            assert store.inbox.handled("before")
            assert not store.inbox.handled("after")
            session.store.inbox.record("after", NOW)
            assert not store.inbox.handled("after")
            assert store.units.count() == store.units.count() == 0
    with database.snapshot() as store:
        assert store.inbox.handled("after")
        with pytest.raises(Exception) as caught:
            store.inbox.record("never", NOW)
        assert is_database_error(caught.value)


def test_closes_with_nothing_half_done(database: Database) -> None:
    with database.session() as session:
        session.begin()
        session.store.inbox.record("k", NOW)
    with database.session() as session:
        assert not session.store.inbox.handled("k")


def test_says_so_when_the_database_ended_the_transaction_itself(sqlite: Database) -> None:
    with sqlite.session() as session:
        session.begin()
        session._cursor.connection.execute("ROLLBACK")
        assert not session.in_transaction
        session.rollback()


def test_stays_in_a_failed_transaction_until_it_is_undone(database: Database) -> None:
    with database.session() as session:
        session.begin()
        session.store.units.add(a_unit("A", None))
        with pytest.raises(Exception, match=r"(?i)unique") as caught:
            session.store.units.add(a_unit("a", None))
        assert is_database_error(caught.value)
        assert not is_retryable(caught.value)
        assert session.in_transaction
        session.rollback()
        assert session.store.units.root() is None


def test_reopens_under_the_same_store(database: Database) -> None:
    with database.session() as session:
        store = session.store
        session._cursor.connection.close()
        session.reopen()
        session.begin()
        store.inbox.record("k", NOW)
        session.commit()
        assert store.inbox.handled("k")


def test_knows_a_lost_connection(postgres: Database) -> None:
    with postgres.session() as session, postgres.session() as other:
        session.begin()
        pid = session._cursor.connection.info.backend_pid
        other._cursor.connection.execute("SELECT pg_terminate_backend(%s)", [pid])
        with pytest.raises(psycopg.Error) as caught:
            session.store.inbox.record("k", NOW)
        assert is_database_error(caught.value)
        assert is_retryable(caught.value)
        assert not session.in_transaction
        session.rollback()
        with pytest.raises(psycopg.Error) as again:
            session.begin()
        assert is_retryable(again.value)
        session.reopen()
        session.begin()
        assert session.store.inbox.record("k", NOW)
        session.commit()


def test_calls_a_server_that_is_down_worth_another_try(tmp_path: Path) -> None:
    database = open_database(f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(Exception, match="connect") as caught:
        database.session()
    assert is_database_error(caught.value)
    assert is_retryable(caught.value)


def test_tries_to_reopen_as_often_as_it_takes(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with database.session() as session:
        file.rename(file.with_suffix(".away"))
        file.mkdir()
        for _ in range(2):
            with pytest.raises(Exception, match="unable to open") as caught:
                session.reopen()
            assert is_database_error(caught.value)
            assert not session.in_transaction
        file.rmdir()
        file.with_suffix(".away").rename(file)
        session.reopen()
        session.begin()
        assert session.store.inbox.record("k", NOW)
        session.commit()


def test_calls_a_lock_that_is_held_too_long_worth_another_try(postgres: Database) -> None:
    with postgres.session() as one, postgres.session() as two:
        one.begin()
        one.store.inbox.record("k", NOW)
        two.begin()
        two._cursor.connection.execute("SET LOCAL lock_timeout = 50")
        with pytest.raises(psycopg.Error) as caught:
            two.store.inbox.record("k", NOW)
        assert is_retryable(caught.value)
        two.rollback()
        one.rollback()


def test_calls_a_locked_file_worth_another_try(sqlite: Database) -> None:
    with sqlite.session() as one, sqlite.session() as two:
        one.begin()
        two._cursor.connection.execute("PRAGMA busy_timeout=20")
        with pytest.raises(sqlite3.OperationalError) as caught:
            two.begin()
        assert is_retryable(caught.value)
        assert not two.in_transaction
        one.commit()


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("y"), OSError("z")])
def test_leaves_other_errors_to_others(error: Exception) -> None:
    assert not is_database_error(error)
    assert not is_retryable(error)


def test_lets_a_reader_read_one_moment_and_write_nothing(database: Database) -> None:
    with database.session() as writer, database.reader() as reader:
        reader.begin()
        assert not reader.store.inbox.handled("k")
        writer.store.inbox.record("k", NOW)
        assert not reader.store.inbox.handled("k")
        reader.rollback()
        assert reader.store.inbox.handled("k")
        with pytest.raises(Exception, match=r"(?i)read.?only") as caught:
            reader.store.inbox.record("other", NOW)
        assert is_database_error(caught.value)


def test_promises_durable_commits_on_every_connection(sqlite: Database) -> None:
    with sqlite.session() as session, sqlite.reader() as reader:
        for each in (session, reader):
            ask = each._cursor.connection.execute
            assert ask("PRAGMA synchronous").fetchone() == (2,)
            assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
            assert ask("PRAGMA foreign_keys").fetchone() == (1,)


def test_refuses_a_moment_without_a_time_zone(session: Session) -> None:
    with pytest.raises(ValueError, match="time zone"):
        session.store.codes.note_try(MEMBER_CHAT, datetime(2026, 1, 1))
