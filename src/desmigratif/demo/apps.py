from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "desmigratif.demo"
    label = "demo"
