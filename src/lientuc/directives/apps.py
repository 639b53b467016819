from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "lientuc.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The division of tasks follows reorganised units."""
        from .dividing.succeeding import follow_reorganisations

        follow_reorganisations()
