"""Words for codes whose lists are fixed in code. The codes are those of `services.models`.

The public side may not import the private apps, so the lists are here a second time; a test of the whole house
keeps both equal.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = Mapping[str, str | Promise]

DELIVERY: Labels = {
    "on_site": _("On site"),
    "outreach": _("Outreach"),
    "mobile": _("Mobile unit"),
    "online": _("Online"),
    "phone": _("By phone"),
    "post": _("By post"),
}
COST: Labels = {
    "free": _("Free"),
    "free_for_some": _("Free for some"),
    "partial": _("Partly paid"),
    "paid": _("Paid"),
    "unknown": pgettext_lazy("cost", "Ask about the price"),
}
INTAKE: Labels = {
    "walk_in": _("Just come"),
    "call": _("Call first"),
    "online_form": _("Write first"),
    "referral": _("Only on referral by a member"),
}
WAITING: Labels = {
    "same_day": _("The same day"),
    "days": _("Within a few days"),
    "weeks": _("Within a few weeks"),
    "months": _("Months"),
    "unknown": _("Not known"),
}
OPERATION: Labels = {
    "working": _("Works"),
    "limited": _("Works with limits"),
    "waiting_list": _("Waiting list"),
    "paused": _("Paused"),
    "closed": _("Closed"),
}
GENDER: Labels = {"any": _("Everybody"), "women": _("Women"), "men": _("Men")}
INSURANCE: Labels = {
    "not_needed": pgettext_lazy("insurance", "No insurance needed"),
    "insured": _("Insurance needed"),
    "residents": _("Registered residents only"),
    "citizens": _("Citizens only"),
    "unknown": pgettext_lazy("insurance", "Ask about insurance"),
}
ANONYMITY: Labels = {"yes": _("Anonymous"), "no": _("Not anonymous")}
#: What a listing may be just now, or is by its last check: filters of one value.
OPEN: Labels = {
    "now": _("Open now"),
    "night": _("Open at night"),
    "saturday": _("Open on Saturday"),
    "sunday": _("Open on Sunday"),
}
CHECKED: Labels = {"other": _("Checked by another organisation")}
#: Kinds of places by which people search.
PLACE_KIND: Labels = {"resource": _("Resource centre")}
ROOM: Labels = {"available": _("There are places or medicine")}
WELCOME: Labels = {"all": _("Welcome"), "priority": _("First of all"), "only": _("Only this group")}
CHANNEL: Labels = {
    "phone": _("Phone"),
    "email": _("E-mail"),
    "telegram": "Telegram",
    "signal": "Signal",
    "whatsapp": "WhatsApp",
    "viber": "Viber",
    "form": _("Web form"),
}
PRECISION: Labels = {
    "exact": "",
    "district": _("The pin shows a part of the city, not the door. Ask for the exact address when you get in touch."),
    "settlement": _("The pin stands in the middle of the city. Ask for the exact address when you get in touch."),
    "country": _("The address is not published. Get in touch to learn how to come."),
    "none": "",
}
ACCESSIBILITY: Labels = {
    "step_free": _("Entrance without steps"),
    "accessible_toilet": _("Accessible toilet"),
    "lift": _("Lift"),
}
NO_ACCESSIBILITY: Labels = {
    "step_free": _("Steps at the entrance"),
    "accessible_toilet": _("No accessible toilet"),
    "lift": _("No lift"),
}
COMMUNITY_LED: Labels = {
    "plhiv": _("People living with HIV"),
    "pwud": _("People who use drugs"),
    "sex_workers": _("Sex workers"),
    "msm": _("Men who have sex with men"),
    "trans": _("Transgender people"),
}
NOTICE: Labels = {
    "closure": pgettext_lazy("notice", "Closed for now"),
    "hours": pgettext_lazy("notice", "Other hours"),
    "warning": pgettext_lazy("notice", "Warning"),
    "legal": pgettext_lazy("notice", "Change of law"),
}
#: The last word about places, and about medicine where medicine is what people come for.
PLACES: Labels = {
    "free": _("There are places"),
    "limited": _("Few places left"),
    "full": _("No places left"),
    "out_of_stock": _("Supplies have run out"),
    "unknown": _("Whether there are places is not known"),
}
MEDICINE: Labels = {
    "free": _("There is medicine"),
    "limited": _("Little medicine left"),
    "full": _("No new people are taken now"),
    "out_of_stock": _("No medicine left"),
    "unknown": _("Whether there is medicine is not known"),
}
#: How a listing was checked, in the middle of a sentence.
CHECK_METHOD: Labels = {
    "workspace": pgettext_lazy("check", "in the workspace"),
    "link": pgettext_lazy("check", "by the link in a message"),
    "telegram": pgettext_lazy("check", "in the chat with the bot"),
    "coordinator_phone": pgettext_lazy("check", "by phone with a coordinator"),
    "call": pgettext_lazy("check", "a call"),
    "message": pgettext_lazy("check", "a message"),
    "test_contact": pgettext_lazy("check", "a test contact"),
    "visit": pgettext_lazy("check", "a visit"),
    "documents": pgettext_lazy("check", "documents seen"),
}


def label(labels: Labels, code: str) -> str:
    """The word for a code in the active language; the code itself when it has no word."""
    return str(labels.get(code, code))
