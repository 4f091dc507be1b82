from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desmigratif.desk"
    label = "desk"
