from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("don-vi/nap/", views.unit_lists, name="unit_lists"),
    path("don-vi/nap/mau/", views.units_template, name="units_template"),
    path("don-vi/nap/<uuid:public_id>/", views.unit_list, name="unit_list"),
    path("don-vi/nap/<uuid:public_id>/quyet-dinh/", views.decide_units, name="decide_units"),
    path("don-vi/nap/<uuid:public_id>/hoan-tac/", views.undo_units, name="undo_units"),
]
