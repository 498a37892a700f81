from django.apps import AppConfig, apps


class ServiceMapConfig(AppConfig):
    name = "servicemap"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from servicemap import checks  # noqa: F401  (registers the deployment checks)
        from servicemap.tongues.translations import install

        install()
        if apps.is_installed("verification"):  # the public's face has none, and no press
            from servicemap.upkeep.copies import forget_door
            from verification.services.around.unkept import also_forget

            also_forget(forget_door)
