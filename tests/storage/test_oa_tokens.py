"""Tokens of Official Accounts: one at a time replaces a pair, and what was bought is never lost."""

from datetime import timedelta

from domain.oa_token import OAToken, Pair
from storage.store import Store
from tests.support.union import NOW

OA = "3000"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def pair(name: str) -> Pair:
    return Pair(f"access-{name}", NOW + 25 * HOUR, f"refresh-{name}", NOW + timedelta(days=90))


def test_knows_nothing_before_the_first_consent(store: Store) -> None:
    assert store.oa_tokens.get(OA) is None
    assert not store.oa_tokens.claim(OA, "refresh-a", "one", NOW, NOW + MINUTE)
    assert not store.oa_tokens.replace(OA, "refresh-a", pair("b"), NOW)
    assert not store.oa_tokens.refuse(OA, "refresh-a", NOW)


def test_keeps_the_pair_of_each_account(store: Store) -> None:
    store.oa_tokens.keep(OA, pair("a"), NOW)
    store.oa_tokens.keep("3001", pair("x"), NOW)
    store.oa_tokens.keep(OA, pair("b"), NOW + HOUR)
    assert store.oa_tokens.get(OA) == OAToken(pair("b"), NOW + HOUR)
    assert store.oa_tokens.get("3001") == OAToken(pair("x"), NOW)


def test_lets_one_at_a_time_use_a_refresh_token(store: Store) -> None:
    store.oa_tokens.keep(OA, pair("a"), NOW)
    assert store.oa_tokens.claim(OA, "refresh-a", "one", NOW, NOW + 2 * MINUTE)
    assert not store.oa_tokens.claim(OA, "refresh-a", "two", NOW + MINUTE, NOW + 9 * MINUTE)
    token = store.oa_tokens.get(OA)
    assert token is not None
    assert [token.is_leased(NOW + n * MINUTE) for n in (1, 2)] == [True, False]
    store.oa_tokens.give_back(OA, "two")
    assert not store.oa_tokens.claim(OA, "refresh-a", "two", NOW + MINUTE, NOW + 9 * MINUTE)
    store.oa_tokens.give_back(OA, "one")
    assert store.oa_tokens.claim(OA, "refresh-a", "two", NOW + MINUTE, NOW + 9 * MINUTE)


def test_lets_another_try_once_a_lease_has_run_out(store: Store) -> None:
    store.oa_tokens.keep(OA, pair("a"), NOW)
    assert store.oa_tokens.claim(OA, "refresh-a", "one", NOW, NOW + MINUTE)
    assert store.oa_tokens.claim(OA, "refresh-a", "two", NOW + MINUTE, NOW + 3 * MINUTE)


def test_stores_what_the_token_in_place_bought_and_nothing_else(store: Store) -> None:
    store.oa_tokens.keep(OA, pair("a"), NOW)
    assert store.oa_tokens.claim(OA, "refresh-a", "one", NOW, NOW + MINUTE)
    assert store.oa_tokens.replace(OA, "refresh-a", pair("b"), NOW)
    assert store.oa_tokens.get(OA) == OAToken(pair("b"), NOW)
    assert not store.oa_tokens.replace(OA, "refresh-a", pair("c"), NOW)
    assert not store.oa_tokens.claim(OA, "refresh-a", "two", NOW, NOW + MINUTE)
    assert store.oa_tokens.get(OA) == OAToken(pair("b"), NOW)


def test_stores_what_was_bought_after_its_lease_ran_out(store: Store) -> None:
    store.oa_tokens.keep(OA, pair("a"), NOW)
    store.oa_tokens.claim(OA, "refresh-a", "one", NOW, NOW + MINUTE)
    store.oa_tokens.claim(OA, "refresh-a", "two", NOW + MINUTE, NOW + 2 * MINUTE)
    assert store.oa_tokens.refuse(OA, "refresh-a", NOW + MINUTE)
    assert store.oa_tokens.replace(OA, "refresh-a", pair("b"), NOW + MINUTE)
    assert store.oa_tokens.get(OA) == OAToken(pair("b"), NOW + MINUTE)


def test_lets_nobody_use_a_refused_token_until_a_new_consent(store: Store) -> None:
    store.oa_tokens.keep(OA, pair("a"), NOW)
    assert store.oa_tokens.refuse(OA, "refresh-a", NOW)
    assert not store.oa_tokens.claim(OA, "refresh-a", "one", NOW + HOUR, NOW + 2 * HOUR)
    refused = store.oa_tokens.get(OA)
    assert refused is not None
    assert refused.refused_at == NOW
    store.oa_tokens.keep(OA, pair("b"), NOW + HOUR)
    assert store.oa_tokens.get(OA) == OAToken(pair("b"), NOW + HOUR)
    assert not store.oa_tokens.refuse(OA, "refresh-a", NOW + HOUR)


def test_takes_a_consent_once_and_in_time_and_for_its_own_account(store: Store) -> None:
    tokens = store.oa_tokens
    tokens.ask("d1", OA, NOW + HOUR)
    tokens.ask("d2", OA, NOW + HOUR)
    assert not tokens.answer("d1", "3001", NOW)
    assert [tokens.answer("d1", OA, NOW) for _ in range(2)] == [True, False]
    assert not tokens.answer("d2", OA, NOW + HOUR)
    assert (tokens.purge(NOW + HOUR), tokens.purge(NOW + 2 * HOUR)) == (0, 1)


def test_shows_no_token() -> None:
    shown = repr(OAToken(pair("a"), NOW))
    assert ("access-a" in shown, "refresh-a" in shown) == (False, False)
