from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "lientuc.credits"
    label = "credits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Standings follow what the register does; offer what the command line imports."""
        from lientuc.trail.imports import offer

        from .following import follow_the_register
        from .intake.long_files import import_entries

        follow_the_register()
        offer("entries", import_entries)
