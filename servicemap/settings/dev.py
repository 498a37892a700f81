"""bin/serve and bin/manage on a developer's machine: nothing leaves it, no secret to set."""

import environ

from servicemap.local.paths import secret_key
from servicemap.settings.base import *  # noqa: F403
from servicemap.settings.base import BASE_DIR, VAR_DIR

env = environ.Env()

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = secret_key(BASE_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DEMO_NETWORK = env.bool("DEMO_NETWORK", True)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
