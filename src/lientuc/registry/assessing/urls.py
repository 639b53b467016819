from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("danh-gia-chuc-nang/", views.assessments, name="assessments"),
    path("danh-gia-chuc-nang/tong-hop/", views.summary, name="assessment_summary"),
    path("danh-gia-chuc-nang/so-dan/", views.populations, name="populations"),
    path("danh-gia-chuc-nang/<uuid:public_id>/", views.assessment, name="assessment"),
    path("danh-gia-chuc-nang/<uuid:public_id>/bat-dau/", views.begin, name="begin_assessment"),
    path("danh-gia-chuc-nang/<uuid:public_id>/tra-loi/", views.answer, name="state_function"),
    path("danh-gia-chuc-nang/<uuid:public_id>/gui/", views.submit, name="submit_assessment"),
    path("danh-gia-chuc-nang/<uuid:public_id>/xac-nhan/", views.decide, name="decide_assessment"),
]
