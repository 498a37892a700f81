"""Calls, applications and what is done about them; standings and their changes."""

from network.joining.models.applications import Application, ApplicationLink, ApplicationQuestion
from network.joining.models.calls import Call
from network.joining.models.checks import ApplicationCheck, OnboardingItem
from network.joining.models.standing import NamedMember, Participation, StandingChange

__all__ = [
    "Application",
    "ApplicationCheck",
    "ApplicationLink",
    "ApplicationQuestion",
    "Call",
    "NamedMember",
    "OnboardingItem",
    "Participation",
    "StandingChange",
]
