from django.apps import AppConfig


class CooperativeConfig(AppConfig):
    name = "desmigratif.cooperative"
    label = "cooperative"
