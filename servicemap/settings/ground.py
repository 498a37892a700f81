"""What maps are drawn on, and who says where an address is."""

import environ

env = environ.Env()

LEAFLET_CONFIG = {
    "TILES": [],  # never the public OpenStreetMap servers: a visitor's address would leave the house
    "ATTRIBUTION_PREFIX": "",
    "DEFAULT_CENTER": (47.0, 45.0),
    "DEFAULT_ZOOM": 4,
    "MIN_ZOOM": 2,
    "MAX_ZOOM": 18,
    "RESET_VIEW": False,
}
# kind "pmtiles": one file of our layers (static/basemap/README.md); kind "xyz": the operator's own tile server.
BASEMAP = {
    "kind": env.str("BASEMAP_KIND", "pmtiles"),
    "url": env.str("BASEMAP_URL", "basemap/world.pmtiles"),
    "attribution": env.str("BASEMAP_ATTRIBUTION", "Natural Earth"),
    "file": env.str("BASEMAP_FILE", ""),
}
# provider "gazetteer" is offline; "nominatim" and "photon" ask the operator's own server, never from the browser.
GEOCODER = {
    "provider": env.str("GEOCODER_PROVIDER", "gazetteer"),
    "domain": env.str("GEOCODER_DOMAIN", ""),
    "scheme": env.str("GEOCODER_SCHEME", "https"),
}

#: Four small old patches of cities (static/basemap/README.md): for the demonstration and the tests.
SAMPLE = "basemap/streets-sample.pmtiles"


def streets(env: environ.Env, *, is_demo: bool) -> dict[str, str]:
    """Streets over the world: `file` on this machine, the `url` at which the web server gives it out.

    A demonstration without any shows the sample.
    """
    file = env.str("STREETS_FILE", "")
    by_name = f"/streets/{file.rsplit('/', 1)[-1]}" if file else ""
    return {
        "file": file,
        "url": env.str("STREETS_URL", "") or by_name or (SAMPLE if is_demo else ""),
        "attribution": env.str("STREETS_ATTRIBUTION", "") or "© OpenStreetMap",
    }
