from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "desmigratif.people"
    label = "people"
