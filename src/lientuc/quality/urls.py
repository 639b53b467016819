from __future__ import annotations

from django.urls import path

from . import views

app_name = "quality"

urlpatterns = [
    path("", views.inspections, name="inspections"),
    path("moi/", views.plan, name="plan"),
    path("<uuid:public_id>/", views.inspection, name="inspection"),
    path("<uuid:public_id>/tieu-chi/", views.checklist, name="checklist"),
    path("<uuid:public_id>/phat-hien/", views.finding, name="finding"),
    path("<uuid:public_id>/ket-luan/", views.conclude, name="conclude"),
    path("phat-hien/", views.findings, name="findings"),
    path("phat-hien/<uuid:public_id>/khac-phuc/", views.correct, name="correct"),
    path("phat-hien/<uuid:public_id>/xac-nhan/", views.close, name="close"),
]
