"""The WSGI entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicemap.settings.production")

_application = get_wsgi_application()

from servicemap.web.keeping import kept_in_front  # noqa: E402  (it needs the settings)

application = kept_in_front(_application)
