from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "desmigratif.sync"
    label = "sync"
