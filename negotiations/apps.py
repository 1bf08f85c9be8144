"""The one app of the project."""

from django.apps import AppConfig


class NegotiationsConfig(AppConfig):
    name = "negotiations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import database

        database.connect(self)
