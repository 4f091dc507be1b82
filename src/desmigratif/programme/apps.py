from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "desmigratif.programme"
    label = "programme"
