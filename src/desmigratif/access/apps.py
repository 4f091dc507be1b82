from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "desmigratif.access"
    label = "access"
