"""Reading the address of a mail server."""

from __future__ import annotations

from typing import Any

import environ

#: What environ calls a part of the address → what the mail backend calls it.
_PARTS = {
    "EMAIL_BACKEND": "backend",
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}


def notice_server(address: str) -> dict[str, Any]:
    """Arguments of `django.core.mail.get_connection` for an address such as smtp+tls://user:password@host:587.

    An empty address gives none: the same server as for password mail.
    """
    if not address:
        return {}
    parts = environ.Env.email_url_config(address)
    return {"timeout": 30} | {name: parts[key] for key, name in _PARTS.items() if key in parts}
