from __future__ import annotations

from django.urls import path

from . import views

app_name = "directives"

urlpatterns = [
    path("", views.directives, name="directives"),
    path("van-ban/<uuid:public_id>/", views.directive, name="directive"),
    path("nhiem-vu/", views.duties, name="duties"),
    path("nhiem-vu/<uuid:public_id>/", views.fulfil, name="fulfil"),
    path("kho-khan/", views.difficulties, name="difficulties"),
    path("kho-khan/moi/", views.report, name="report"),
    path("kho-khan/<uuid:public_id>/tra-loi/", views.answer, name="answer"),
]
