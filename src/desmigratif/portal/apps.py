from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "desmigratif.portal"
    label = "portal"
