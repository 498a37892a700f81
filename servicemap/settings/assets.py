"""Which scripts and style sheets a page has; collected for readers, each is one file (servicemap/statics/joined.py)."""

#: Libraries that our modules import by name, with their files under static/.
LIBRARIES = {
    "leaflet": "vendor/leaflet/leaflet.js",
    "protomaps-leaflet": "vendor/protomaps-leaflet/protomaps-leaflet.js",
}
#: Fetched when they are wanted, never before: by name, with their files.
ON_DEMAND = {
    "#leaflet-geoman": "vendor/leaflet-geoman/leaflet-geoman.js",
    "#forms/pin.js": "js/forms/pin.js",
    "#map/basemap.js": "js/map/basemap.js",
}
#: Modules that pages begin with.
BEGINNINGS = ("js/site.js", "js/map/element.js", "js/map/mini.js", "js/account/keys.js", "js/pages/*.js")

DARK = ("css/dark.css", "(prefers-color-scheme: dark)")
FORCED = ("css/forced.css", "(forced-colors: active)")
_ALL = ("fonts", "tokens", "base", "components", "content", "pins", "forms", "shell")
_FIRST = tuple(f"css/{name}.css" for name in _ALL[:2])
_REST: tuple[str | tuple[str, str], ...] = (*(f"css/{name}.css" for name in _ALL[2:]), FORCED)
_OF_THE_MAP = ("map", "popup", "results", "app", "filters", "cards")
_MAP = ("vendor/leaflet/leaflet.css", *(f"css/{name}.css" for name in _OF_THE_MAP))
_CARDS = ("css/cards.css", "css/embed.css", "css/embed-cards.css")
#: Sheets in the order of their rules, by the name under which a template asks for them; some with a media query.
SHEETS: dict[str, tuple[str | tuple[str, str], ...]] = {
    "all": (*_FIRST, DARK, *_REST),
    "map": (*_MAP, "css/start.css"),
    "members-map": (*_MAP, "css/start.css", "css/gaps-layer.css"),
    "embed": (*_FIRST, DARK, *_REST, *_MAP, "css/embed.css"),
    "embed-light": (*_FIRST, *_REST, *_MAP, "css/embed.css"),
    "embed-dark": (*_FIRST, "css/dark.css", *_REST, *_MAP, "css/embed.css"),
    "cards": (*_FIRST, DARK, *_REST, *_CARDS),
    "cards-light": (*_FIRST, *_REST, *_CARDS),
    "cards-dark": (*_FIRST, "css/dark.css", *_REST, *_CARDS),
    "place": ("vendor/leaflet/leaflet.css", "css/map.css", "css/place.css"),
    "road": ("vendor/leaflet/leaflet.css", "css/map.css", "css/road.css"),
    "outreach": ("css/outreach.css",),
    "picked": ("css/place.css", "css/picked.css"),
    "organization": ("css/place.css", "css/cards.css"),
    "pin": ("vendor/leaflet/leaflet.css", "css/map.css", "css/pin-map.css"),
    "workspace": ("css/workspace.css", "css/editing.css", "css/changes.css", "css/reviews.css"),
}
