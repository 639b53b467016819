from __future__ import annotations

from django.urls import path

from . import views
from .auditing_page.views import audit_page

app_name = "evaluation"

urlpatterns = [
    path("", views.studies, name="studies"),
    path("moi/", views.new_study, name="new_study"),
    path("<uuid:public_id>/", views.study, name="study"),
    path("<uuid:public_id>/mo-dot/", views.new_wave, name="new_wave"),
    path("<uuid:public_id>/ghi-phat-hien/", views.note, name="note_findings"),
    path("dot/<uuid:public_id>/", views.tables, name="tables"),
    path("dot/<uuid:public_id>/tep/", views.download, name="download"),
    path("dot/<uuid:public_id>/viet/", views.write, name="write"),
    path("kiem-bang/", audit_page, name="audit"),
    path("phat-hien/", views.findings, name="findings"),
    path("phat-hien/<uuid:public_id>/", views.finding, name="finding"),
    path("phat-hien/<uuid:public_id>/quyet-dinh/", views.decide, name="decide"),
]
