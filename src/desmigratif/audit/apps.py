from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "desmigratif.audit"
    label = "audit"
