"""Pages that rooms without pages have to name: in a letter, on a card. The one registry of such addresses.

A lower room knows that there is a page and what it is for; which view answers there is written in the project's table
(`servicemap.web.addresses`), beside the URL configuration. So no room names a page of a room above it.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.urls import reverse


class Page(StrEnum):
    """What a page is for, and its arguments."""

    #: The place's page for an audience: place id.
    PLACE = "place"
    MEMBERS_PLACE = "members place"
    #: The organisation's page for an audience: slug.
    ORGANIZATION = "organization"
    MEMBERS_ORGANIZATION = "members organization"
    #: Answering a letter without a login: token.
    LETTER = "letter"
    #: Choosing how often to be written to: a signed note.
    RHYTHM = "rhythm"
    #: A person's own desk, and a coordinator's.
    DESK = "desk"
    COORDINATION = "coordination"
    REPORTS = "reports"
    #: Listings that may be one and the same; one pair whose owners are asked: its id.
    TWINS = "twins"
    MERGE = "merge"
    #: Who opened what is not public, and how.
    GUARDING = "guarding"
    #: What waits for a verifier.
    QUEUE = "queue"
    #: Requests to an organisation and its own referrals; one referral, by its sender; one request, by whoever is asked.
    REFERRALS = "referrals"
    REFERRAL = "referral"
    REFERRAL_OFFER = "referral offer"
    REFERRAL_PILES = "referral piles"
    #: Saying without a login that a request has arrived: token.
    ACKNOWLEDGE = "acknowledge"
    #: Linking one's chat with the bot.
    TELEGRAM = "telegram"
    #: Sending somebody on, from a card: listing id.
    REFERRAL_NEW = "referral new"
    #: What a person of the network keeps: their selections; a form that sends one there; a form that follows a search.
    SELECTIONS = "selections"
    SELECTION_KEEP = "selection keep"
    FOLLOW = "follow"
    #: One vote of the network, one decision.
    VOTE = "vote"
    DECISION = "decision"
    #: A sent digest, for everybody (month as 2026-10) and for members (id).
    DIGEST = "digest"
    MEMBERS_DIGEST = "members digest"
    #: A document of the network that everybody reads: its id.
    PAPER = "paper"
    #: Its file, where it has one: the id of a version.
    PAPER_FILE = "file of a paper"
    #: Calls: who may join, and small grants.
    JOIN = "join"
    GRANTS = "grants"
    #: What is said of a country, for everybody and for members: its code in small letters.
    COUNTRY = "country"
    MEMBERS_COUNTRY = "members country"
    #: A subscription without an account, and the end of letters with news: a signed note.
    SUBSCRIPTION = "subscription"
    NEWS_END = "end of news"
    #: An application by whoever applies: token; by the network: its id. Members and their standing.
    APPLICATION = "application"
    JOINING = "joining"
    MEMBERSHIP = "membership"
    #: The yearly review of an organisation: its id. All of them.
    YEARLY_REVIEW = "yearly review"
    YEARLY_REVIEWS = "yearly reviews"
    #: How cells of the matrix of what is missing stand, for the members' map; the matrix itself.
    GAPS_LAYER = "layer of gaps"
    GAPS = "gaps"
    #: A call for small grants, an application, a report: their ids.
    GRANT_CALL = "grant call"
    GRANT_APPLICATION = "grant application"
    GRANT_REPORT = "grant report"
    #: A material and a training that members offer: its id. What a resource centre offers: the id of its place. Three
    #: questions after a training: the id of an enrolment. Everybody's page of learning, and a file of its library:
    #: the id of a material.
    MATERIAL = "material"
    TRAINING = "training"
    CENTRE = "resource centre"
    TRAINING_AFTER = "after a training"
    #: What volunteers propose, for the colleague who answers for them.
    VOLUNTEERS = "volunteers"
    LEARNING = "learning"
    LEARNING_FILE = "file of the library"
    #: A cycle of evaluation, and its survey: the id of the cycle.
    EVALUATION = "evaluation"
    SURVEY = "survey of members"
    #: Three questions for clients: the code of a desk.
    VOICE = "voice"
    #: Coming into an organisation: token.
    INVITATION = "invitation"
    #: An organisation's services as a workbook, and the way back.
    BOOK = "workbook"
    BOOK_BACK = "workbook back"
    #: Other directories that are read.
    SOURCES = "other directories"


def path_to(page: Page, *arguments: str, **query: str) -> str:
    """The path of a page in the active language, with a query when one is given."""
    name: str = settings.ADDRESSES[page]
    return reverse(name, args=arguments, query=query or None)
