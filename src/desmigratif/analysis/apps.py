from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "desmigratif.analysis"
    label = "analysis"
