from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lientuc.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the room that explains standings of planned classes."""
        from lientuc.credits.closing import tell_of_plans

        from .planned import planned_for

        tell_of_plans(planned_for)
