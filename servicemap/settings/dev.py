"""bin/serve and bin/manage on one's own machine: no secret to set, nothing leaves it."""

import environ

from servicemap.settings.base import *  # noqa: F403
from servicemap.settings.base import BASE_DIR, FACE, INSTALLED_APPS, STORAGES, VAR_DIR
from servicemap.settings.faces import key_of
from servicemap.settings.ground import streets
from tools.local.paths import secret_key

env = environ.Env()

# On for `bin/manage runserver`; bin/serve turns it off and serves as a deployment would.
DEBUG = env.bool("DEBUG", True)
SECRET_KEY = secret_key(BASE_DIR, key_of(FACE))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DEMO_NETWORK = env.bool("DEMO_NETWORK", True)
STREETS = streets(env, is_demo=DEMO_NETWORK)

# Django's own development view of static files answers no range requests, which the basemap is read by.
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]
if not DEBUG:
    STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "servicemap.statics.storage.StaticStorage"}}

POST_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_BACKEND = POST_BACKEND if DEBUG else "accounts.post.QueuedBackend"  # bin/serve has a worker
EMAIL_FILE_PATH = VAR_DIR / "mail"
