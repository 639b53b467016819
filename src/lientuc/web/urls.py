from __future__ import annotations

from django.urls import path

from . import views

app_name = "web"

urlpatterns = [
    path("ngon-ngu/", views.choose_language, name="language"),
    path("suc-khoe/", views.health, name="health"),
]
