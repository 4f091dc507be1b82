from django.apps import AppConfig


class ParentingConfig(AppConfig):
    name = "desmigratif.parenting"
    label = "parenting"
