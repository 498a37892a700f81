"""What the API says of itself, and who adds to it."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Service map API",
    "DESCRIPTION": "Services for migrants, checked by the network's own organisations.",
    "VERSION": "1.0.0",
    "POSTPROCESSING_HOOKS": [
        "reading.api.described.refusals_of_members",
        "reading.api.described.what_may_be_empty",
        "reading.api.today.codes_of_today",
    ],
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
}
