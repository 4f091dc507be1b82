from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "desmigratif.regions"
    label = "regions"
