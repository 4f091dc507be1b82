from django.apps import AppConfig

from desmigratif.access.sentences import use_our_sentences


class AccessConfig(AppConfig):
    name = "desmigratif.access"
    label = "access"

    def ready(self) -> None:
        use_our_sentences()
