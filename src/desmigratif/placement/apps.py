from django.apps import AppConfig


class PlacementConfig(AppConfig):
    name = "desmigratif.placement"
    label = "placement"
