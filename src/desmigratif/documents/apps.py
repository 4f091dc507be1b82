from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "desmigratif.documents"
    label = "documents"
