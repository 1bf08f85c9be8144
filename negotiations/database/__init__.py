"""The database around the tables: which server, which roles, who may do what."""

from django.apps import AppConfig


def connect(app: AppConfig) -> None:
    """Called when the app is ready: checks are registered, and migrations end with the app role's grants."""
    from django.db.models.signals import post_migrate

    from negotiations.database import checks, dates, roles

    dates.register()
    checks.register_all()
    post_migrate.connect(roles.grant_app_role, sender=app, dispatch_uid="grant_app_role")
