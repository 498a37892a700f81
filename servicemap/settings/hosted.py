"""What a real deployment (production.py) and a trial in containers (trial.py) share."""

import environ

from servicemap.settings.base import *  # noqa: F403
from servicemap.settings.base import FACE, NETWORK
from servicemap.settings.faces import key_of

env = environ.Env()

DEBUG = False
SECRET_KEY = env.str(key_of(FACE))
# Old keys for as long as what they signed is still good.
SECRET_KEY_FALLBACKS = env.list(f"{key_of(FACE)}_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servicemap.statics.storage.StaticStorage"},
}

# HTTPS=off is for a trial behind no proxy at all; a network deployment leaves it alone.
HTTPS = env.bool("HTTPS", True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^workz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # Browsers take these names only over TLS, from this very host, for the whole site: no neighbour can set them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (f"__Host-{NETWORK.cookie(name)}" for name in ("session", "csrf"))

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
# Password mail leaves from the worker, as reminders do: no page waits for the mail server.
POST_BACKEND = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "accounts.post.QueuedBackend"
