"""What can be done about gaps. Nothing else writes the rows."""

from network.gaps.services.looking import say_absent, take_back
from network.gaps.services.working import drop, open_gap, plan, put_off, reopen, take_up

__all__ = ["drop", "open_gap", "plan", "put_off", "reopen", "say_absent", "take_back", "take_up"]
