"""What is written down and told about the server itself."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# Files that a backup, and a rehearsal of restoring, touch when they succeed; "": nobody tells.
BACKUP_STAMP, RESTORE_STAMP = env.str("BACKUP_STAMP", ""), env.str("RESTORE_STAMP", "")

# The statement of the emergency copy (docs/operations/blocked.md), new with each of them; "": none is made here.
COPY_STAMP = env.str("COPY_STAMP", "")

# "json": one object a line.
LOG_FORMAT = env.str("LOG_FORMAT", "plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is plain or json, not {LOG_FORMAT!r}.")

# No addresses, no query strings, no tokens: lines name routes (servicemap/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "servicemap.logs.Plain", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "servicemap.logs.Json"},
    },
    "filters": {"without_request": {"()": "servicemap.logs.WithoutRequest"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["without_request"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Every 404 with its address is a record of what people looked for.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
