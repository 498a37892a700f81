"""Words that the map's scripts show. Numbers carry a text for each plural category; the browser chooses among them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.phrasing.plurals import numbered
from core.phrasing.scripts import of_scripts


def map_texts() -> dict[str, str | dict[str, str]]:
    """Texts by key, in the active language. Placeholders are `%(name)s`."""
    return of_scripts(_results() | _order() | _cards() | _filters() | _map() | _troubles())


def _results() -> dict[str, str | dict[str, str]]:
    return {
        "services": numbered(lambda n: ngettext("%(n)s service", "%(n)s services", n)),
        "in_places": numbered(lambda n: ngettext("in %(n)s place", "in %(n)s places", n)),
        "in_view": _("%(n)s of %(total)s are in this part of the map."),
        "show_all": _("Show all"),
        "show_services": numbered(lambda n: ngettext("Show %(n)s service", "Show %(n)s services", n)),
        "show_more": _("Show more"),
        "without_point": numbered(
            lambda n: ngettext(
                "%(n)s more service without a point on the map: online, by phone, or at an unpublished address",
                "%(n)s more services without a point on the map: online, by phone, or at an unpublished address",
                n,
            )
        ),
        "show_them": _("Show them"),
        "understood": _("Understood as: %(words)s"),
        "words_left_out": _("No service has “%(words)s” in its description: shown without it"),
        "quoted": _("“%(text)s”"),
        "left_out": _("This link says what the map does not know: %(values)s. It was left out."),
        "nothing_left": _("Nothing is left of the conditions of this link, so no services are shown."),
        "show_everything": _("Show all services"),
        "nothing_fits": _("Nothing fits all of it at once"),
        "nothing_here": _("Nothing in this part of the map"),
        "nothing_here_text": _("Move the map, or look at everything that fits."),
        "give_up_one": _("It may help to give up one condition:"),
        "nearest": _("The nearest that fits in part"),
        "you_can_call": _("You can call"),
        "takes_you_there": _("Who takes you there"),
    }


def _order() -> dict[str, str | dict[str, str]]:
    return {
        "reach_remote": _("Online, by phone or by post"),
        "reach_far": _("Farther than 100 km"),
        "reach_elsewhere": _("Without a point on the map"),
        "order_best": _("Best match first"),
        "order_near": _("Nearest first"),
        "order_middle": _("From the middle of the map"),
    }


def _cards() -> dict[str, str | dict[str, str]]:
    return {
        "kilometres": _("%(n)s km"),
        "no_documents": _("No documents"),
        "anonymous": _("Anonymous"),
        "pick": _("To the selection: %(title)s"),
        "show_on_map": _("Show “%(title)s” on the map"),
        "send_on": _("Send somebody on"),
        "more": pgettext("link", "More"),
        "close": _("Close"),
        "back_to_list": _("Back to the list of places"),
        "also_there": _("Also there:"),
        "way": _("How to get there"),
        "way_elsewhere": _("This is another company's map: it opens there, and the company sees the request."),
        "copy_address": _("Copy the address"),
        "copy_coordinates": _("Copy the coordinates"),
        "copied": _("Copied"),
        "services_at_point": numbered(
            lambda n: ngettext("%(n)s service at one point", "%(n)s services at one point", n)
        ),
        "several_places": numbered(lambda n: ngettext("%(n)s place at one point", "%(n)s places at one point", n)),
        "place_services": numbered(lambda n: ngettext("%(n)s service", "%(n)s services", n)),
    }


def _filters() -> dict[str, str | dict[str, str]]:
    return {
        "remove": _("(remove)"),
        "clear_all": _("Clear all"),
        "near": _("Near: %(name)s"),
        "near_me": _("Near me"),
        "position_refused": _("The browser did not give the position. Choose a city instead."),
        "position_failed": _("The position could not be found. Choose a city instead."),
        "no_city": _("No such city in our list"),
    }


def _map() -> dict[str, str | dict[str, str]]:
    return {
        "map_pins": _("Tab leads to the pins. There arrows go row by row, Enter opens, Escape returns."),
        "map": _("Map of places. Arrow keys move it, plus and minus zoom."),
        "pin": _("%(title)s, %(family)s, %(services)s"),
        "pin_stale": _("%(title)s, %(family)s, %(services)s, not confirmed in time"),
        "cluster": numbered(
            lambda n: ngettext(
                "%(n)s service close together (%(kinds)s), zoom in",
                "%(n)s services close together (%(kinds)s), zoom in",
                n,
            )
        ),
        "you_are_here": _("You are about here"),
        "metres": _("%(n)s m"),
        "small_map": _("Small map with the place in its middle"),
    }


def _troubles() -> dict[str, str | dict[str, str]]:
    return {
        "offline": _("No connection. What you see was loaded %(age)s."),
        "server_trouble": _("The server did not answer. What you see was loaded %(age)s."),
        "nothing_loaded": _("The list could not be loaded. Please check the connection."),
        "retry": _("Try again"),
        "just_now": _("just now"),
        "minutes_ago": numbered(lambda n: ngettext("%(n)s minute ago", "%(n)s minutes ago", n)),
        "hours_ago": numbered(lambda n: ngettext("%(n)s hour ago", "%(n)s hours ago", n)),
    }
