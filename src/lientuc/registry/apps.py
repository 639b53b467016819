from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "lientuc.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the finder of duplicates follow the register; offer what the command line imports."""
        from lientuc.trail.imports import offer

        from .duplicates.following import follow_the_register
        from .intake.long_files import import_staff
        from .units.importing import import_units

        follow_the_register()
        offer("staff", import_staff)
        offer("organisations", import_units)
