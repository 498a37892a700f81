"""Why a directory could not be read, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import HouseError


class SourceFault(HouseError):
    """Nothing could be taken of it; the message says what to do."""


class AskedToWait(SourceFault):
    """The directory wants to be asked again after so many `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_("It asks to come back later."), code="later")
        self.seconds = seconds


def of_page(kind: str) -> str:
    """What is said of a page that did not come (`verification.websites.fetching.PageFault`)."""
    said = {
        "refused": _("This is no address of the public internet, or it leads to another one."),
        "silent": _("It did not answer. It is asked again where it stopped."),
        "long": _("One page of it is larger than is read here."),
        "packed": _("It sends its pages packed though it was asked not to."),
        "redirects": _("Its address leads from one to the next without end."),
    }
    return said[kind]
