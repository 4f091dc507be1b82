from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "desmigratif.cases"
    label = "cases"
