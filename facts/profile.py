"""An organisation's profile on its own desk and on the coordinator's: how it stands, and what there is to confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import clock
from core.phrasing.dates import day_in_words
from directory.crossing.content import Content, Texts
from directory.freshness import Freshness, freshness
from facts.critical import Fact, FactLink, contacts_fact
from facts.wording import items
from organizations.models import ContactAudience, Organization
from verification.models import ProfileState
from verification.profiles import shown_profile


@dataclass(frozen=True)
class ProfileStanding:
    """`confirmed` and `next` are the two halves of one quiet line; `seen` says what readers get of it, if not all."""

    organization: Organization
    state: ProfileState | None
    fresh: Freshness
    confirmed: str
    next: str
    seen: str

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.confirmed, self.next) if part)

    @property
    def line(self) -> str:
        return _("Details of the organisation: %(words)s") % {"words": self.words}

    @property
    def needs_word(self) -> bool:
        """Somebody of the organisation should look at it now."""
        return self.fresh != "fresh"


def profile_standing(organization: Organization) -> ProfileStanding:
    """How the profile stands today."""
    state = getattr(organization, "profile_state", None)
    fresh: Freshness = freshness(state) if state else "unchecked"
    if state is None:
        return ProfileStanding(organization, None, fresh, _("never confirmed"), "", _("Visitors see the name alone."))
    words = {"date": day_in_words(state.due_on)}
    late = fresh in ("overdue", "lapsed")
    following = _("check was due by %(date)s") if late else _("next check by %(date)s")
    confirmed = _("confirmed on %(date)s") % {"date": day_in_words(state.checked_on)}
    return ProfileStanding(organization, state, fresh, confirmed, following % words, _seen(state, fresh))


def standing_on_map(organization: Organization) -> ProfileStanding | None:
    """The same for an organisation that the map shows; None for one that has nothing there yet."""
    return profile_standing(organization) if shown_profile(organization) else None


def profile_facts(content: Content) -> list[Fact]:
    """Facts of the profile in a snapshot, without those that are empty."""
    about = content["organization"]
    general = [c for c in content["contacts"] if not c["location"]]
    found = [
        *_texts(_("Name"), _("Name in English"), about["name"]),
        *_texts(_("About the organisation"), _("The same in English"), about["description"]),
        _fact(_("Languages"), _listed("organization.working_languages", about["working_languages"])),
        _fact(_("Countries"), _listed("organization.countries", about["countries"])),
        _fact(_("Led by"), _listed("organization.community_led", about["community_led"])),
        _links(_("Website"), [{"url": about["website"]}] if about["website"] else []),
        _links(_("Other pages"), about["links"]),
    ]
    facts = [fact for fact in found if fact["lines"] or fact["links"]]
    clients = [c for c in general if c["audience"] == ContactAudience.CLIENTS]
    return [*facts, contacts_fact(clients)] if clients else facts


def _seen(state: ProfileState, fresh: Freshness) -> str:
    """What readers get today, where it is less than everything."""
    if fresh == "overdue":
        return _("Visitors read that this was not confirmed for a long time.")
    if fresh == "lapsed" and clock.today(state.timezone) >= state.archives_on:
        return _("Everybody sees the name alone.")
    return _("Visitors see the name alone.") if fresh == "lapsed" else ""


def _fact(label: str, lines: list[str]) -> Fact:
    return {"label": label, "lines": lines, "links": []}


def _links(label: str, links: Sequence[Mapping[str, str]]) -> Fact:
    shown: list[FactLink] = [
        {"value": link["url"], "url": link["url"], "label": link.get("label", "")} for link in links
    ]
    return {"label": label, "lines": [], "links": shown}


def _texts(label: str, label_en: str, text: Texts) -> list[Fact]:
    """Every language on its own: each is confirmed."""
    return [_fact(name, [text[lang]]) for name, lang in ((label, "ru"), (label_en, "en")) if text.get(lang)]


def _listed(path: str, codes: list[str]) -> list[str]:
    words = ", ".join(items(path, codes))
    return [words] if words else []
