from __future__ import annotations

from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("ra-soat-nhan-luc/", views.review, name="review"),
    path("toi/", views.me, name="me"),
    path("nguoi/<uuid:public_id>/", views.worker, name="worker"),
    path("nhat-ky/", views.audit, name="audit"),
    path("thong-bao/", views.notices, name="notices"),
    path("tien-trinh/", views.jobs, name="jobs"),
    path("tien-trinh/<uuid:public_id>/", views.job, name="job"),
]
