from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "desmigratif.reports"
    label = "reports"
