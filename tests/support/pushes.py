"""Lets pushes pass the gate as delivery does, and takes them for sent."""

from dataclasses import replace
from datetime import datetime

from domain.house import House
from domain.parcel import Lane, Parcel, ParcelState
from domain.peace import Drop, Go, Hold, Verdict
from scheduler.context import Context
from scheduler.gate import consult
from storage.parcels import Outcome
from storage.store import Store


def deliver(store: Store, house: House, at: datetime, *, early: bool = True) -> list[Parcel]:
    """What goes to the network now, in order of its lane; ``early`` waits for no company."""
    waiting = [
        each for each in store.parcels.unsent(limit=100_000) if early or each.not_before <= at
    ]
    sent = []
    for parcel in waiting:
        outcome, said = _pass(store, house, parcel, at)
        store.parcels.record([outcome])
        sent += said
    return sent


def _pass(store: Store, house: House, parcel: Parcel, at: datetime) -> tuple[Outcome, list[Parcel]]:
    verdict: Verdict = Go()
    if parcel.lane is Lane.PUSH:
        verdict = consult(Context(store, house, at), parcel, at)
    match verdict:
        case Hold():
            waits = Outcome(parcel.id, ParcelState.DUE, at, not_before=verdict.until)
            return waits, []
        case Drop():
            return Outcome(parcel.id, ParcelState.DROPPED, at, fault=verdict.why), []
        case Go():
            said = replace(parcel, say=verdict.say or parcel.say)
            return Outcome(parcel.id, ParcelState.SENT, at), [said]
