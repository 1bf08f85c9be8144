"""Puts our own admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class CuratorsConfig(AdminConfig):
    default_site = "negotiations.admin_site.CuratorsSite"
