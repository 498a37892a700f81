from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(give_rights_after_migrate, sender=self)


def give_rights_after_migrate(*, using: str, **named: object) -> None:
    from directory.rights import give_rights

    give_rights(connections[using])
