from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "desmigratif.shared"
    label = "shared"
