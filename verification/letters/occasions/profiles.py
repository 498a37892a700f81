"""Letters about the profiles of organisations (class C).

A profile is told along in every letter about listings while it waits; a letter of its own leaves when its steps come.
"""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from core.pages.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Correspondent, Message
from organizations.models import Organization
from verification.letters.kinds import PROFILE
from verification.letters.ladder import Matter, load_ladder
from verification.letters.links import issue_link
from verification.letters.occasions.news import News
from verification.letters.steps import latest, steps
from verification.letters.subjects import in_round
from verification.models import ProfileState, Rung
from verification.profiles import clock_of_profiles, profiles_in_round

_RUNGS = (Rung.OWNER, Rung.MANAGER, Rung.COORDINATOR, Rung.ADMINISTRATORS)


def waiting_profile(organization: Organization | None) -> ProfileState | None:
    """The profile that waits for this organisation's word today."""
    profile = profiles_in_round(organization, ahead=0).first() if organization else None
    return profile if profile and profile.notice_on <= clock.today(profile.timezone) else None


def profile_news() -> Iterator[News]:
    """Who has reached which step of which profile's clock."""
    profiles = list(profiles_in_round(ahead=0))
    if not profiles:
        return
    ladder = load_ladder(profile.organization for profile in profiles)
    of_class = clock_of_profiles()
    for profile in profiles:
        organization, today = profile.organization, clock.today(profile.timezone)
        matter = Matter(organization.pk, organization.registration_country)
        found: dict[int, tuple[Correspondent, str]] = {}
        for rung in _RUNGS:  # the later rung counts for whoever stands on two
            step = latest(steps(of_class, profile.due_on), rung, today)
            for person in ladder.on_rung(rung, matter)[1] if step else []:
                found[person.pk] = person, step.code if step else ""
        for person, code in found.values():
            yield News(PROFILE, f"{organization.public_id}:{profile.due_on}:{code}", person)


def profile_letter(message: Message) -> Letter | None:
    """To an organisation's own people with the link that answers; to the network's people how many there are."""
    person = message.correspondent
    if person.organization is None:
        ids = {key.split(":")[0] for key in message.payload["about"]}
        count = profiles_in_round(ahead=0).filter(organization__public_id__in=ids, due_on__lte=clock.today()).count()
        link = address_of(path_to(Page.COORDINATION, pile="profiles"))
        context = {"count": count, "link": link}
        return letter(message, "verification/letters/profile_desk", context) if count else None
    if waiting_profile(person.organization) is None:
        return None
    _link, token = issue_link(to=person, states=list(in_round(person.organization)), message=message)
    context = {"organization": person.organization, "link": address_of(path_to(Page.LETTER, token))}
    return letter(message, "verification/letters/profile", context)
