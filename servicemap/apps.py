from django.apps import AppConfig


class ServiceMapConfig(AppConfig):
    name = "servicemap"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from servicemap import checks  # noqa: F401  (registers the deployment checks)
        from servicemap.translations import install

        install()
