"""Switches that make the simulated Official Account misbehave; methods are paths of the API."""

from bot.playground.faulty import FaultPlan
from bot.playground.zalo_oa.refusals import SEND_FAILED


class Faults(FaultPlan):
    """The switches of one server; all off at first. What nobody tried live is one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons_work = True
        """Version 3 of the consultation message has no page for buttons; it may refuse them."""
        self.oauth_status = 200
        """The status that OAuth's errors come with; sometimes it is 200."""
        self.needs_admin = False
        """A new group must hold an admin of the OA; two programs say so, no page."""
        self.links_expired = False
        """Links to what people sent are dead."""
        self.delivers_nothing = False
        """Sends are answered well and reach nobody."""
        self.echoes = True
        """What the OA sends comes back as an event."""

    def refuse(
        self, method: str = "*", times: int = 1, code: int = SEND_FAILED, description: str = ""
    ) -> None:
        """Answer with an error and HTTP 200, having done nothing; OAuth in its own spelling."""
        super().refuse(method, times, code, description)
