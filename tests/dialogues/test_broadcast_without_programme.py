"""Officers write to many before there is any programme."""

from datetime import date

from bot.respond import respond
from domain.address import MessageRef
from domain.message import Incoming, Sender
from domain.person import Consent, Role
from domain.units import Unit
from storage.engine import Session
from tests.dialogues import world
from tests.support.union import NOW

WHO = "officer"


def test_goes_back_to_whom_it_is_for_where_no_state_is_asked(session: Session) -> None:
    store = session.store
    house = world.house(world.forms())
    root = store.units.add(Unit(0, "LS", "LĐLĐ tỉnh", "ldld", None, date(2020, 1, 1)))
    person = store.people.add("Hoàng Văn E", root.id, Consent("1", NOW), world.chat(WHO), NOW)
    store.people.link(world.account(WHO), person.id, NOW)
    store.people.grant(person.id, Role.OFFICER, root.id, None, NOW)

    def say(number: int, text: str) -> str:
        incoming = Incoming(
            key=f"terminal:local:{number}",
            at=NOW,
            origin=world.chat(WHO),
            private=True,
            sender=Sender(world.account(WHO), "Hoàng Văn E"),
            message=MessageRef(str(number)),
            text=text,
        )
        return "\n".join(parcel.say.text for parcel in respond(store, house, incoming, NOW))

    for number, text in enumerate(("gửi thông báo", "Họp lúc 8h.", "LS", "chủ tịch")):
        say(number, text)
    assert "Gửi tới: chủ tịch – LĐLĐ tỉnh." in say(8, "xong")
    assert "Gửi cho ai ở LĐLĐ tỉnh" in say(9, "quay lại")
