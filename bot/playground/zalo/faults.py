"""Switches that make the simulated Zalo misbehave the way the real one does or may."""

from bot.playground.faulty import FaultPlan


class Faults(FaultPlan):
    """The switches of one server; all off at first."""

    def __init__(self) -> None:
        super().__init__()
        self.wrapped = False
        """Webhook bodies come wrapped in ``{"ok": true, "result": …}``, as the docs show."""
        self.photo_field = "photo_url"
        """``photo`` as in the docs; the live payload says ``photo_url``."""
        self.links_expired = False
        """Links to people's photos are dead."""
        self.delivers_nothing = False
        """Sends are answered well and reach nobody (seen with voices in groups)."""
