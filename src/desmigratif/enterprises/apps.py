from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "desmigratif.enterprises"
    label = "enterprises"
