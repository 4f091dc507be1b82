from django.apps import AppConfig


class ExtractsConfig(AppConfig):
    name = "desmigratif.extracts"
    label = "extracts"
