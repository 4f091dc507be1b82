from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "desmigratif.indicators"
    label = "indicators"
