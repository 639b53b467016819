from django.apps import AppConfig


class CurriculaConfig(AppConfig):
    name = "lientuc.curricula"
    label = "curricula"
    default_auto_field = "django.db.models.BigAutoField"
