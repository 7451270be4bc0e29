"""What ``config.toml`` says of an Official Account."""

from typing import Annotated

import msgspec

from bot.part import Address, Number, Part, Words
from bot.zalo_oa import assumptions
from domain.window import Fill


class ReminderTemplate(Part, frozen=True):
    """A message that Zalo approved beforehand: it reaches who has not written for long."""

    id: Words
    fields: dict[str, Fill] = msgspec.field(default_factory=dict)
    """What goes into each of its parameters: name, unit, matter or day."""


class ZaloOA(Part, frozen=True):
    """One Official Account of Zalo, and the app that has its leave to speak for it."""

    oa_id: Number
    app_id: Number
    secret_key: Words
    """Of the app; gets tokens."""
    webhook_secret: Words
    """What events are signed with: the page of the webhook calls it the OA's secret key."""
    name: str = ""
    api_url: Address = assumptions.OFFICIAL
    oauth_url: Address = assumptions.OAUTH
    code_verifier: Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9._~-]{43,128})?$")] = ""
    """What the code challenge on the console was made from (RFC 7636); "" where there is none."""
    buttons: bool = False
    """Whether choices go out as buttons: nobody saw them work yet."""
    paid: bool = True
    """Whether people are written to between 48 hours and 7 days, which is billed."""
    gmf_asset: str = ""
    """The package of groups, by its asset or as a product such as gmf50; "" where there is none."""
    gmf_admin: Annotated[str, msgspec.Meta(pattern=r"^\d*$")] = ""
    """The OA's own id of one of its administrators, put into every group that it makes: one
    program in use says that Zalo wants one there."""
    template: ReminderTemplate | None = None

    @property
    def bot(self) -> str:
        """The OA's id."""
        return self.oa_id

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"ZaloOA({self.oa_id})"
