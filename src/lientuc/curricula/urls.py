from __future__ import annotations

from django.urls import path

from . import views

app_name = "curricula"

urlpatterns = [
    path("", views.curricula, name="curricula"),
    path("tai-ve/", views.export, name="export"),
    path("moi/", views.new, name="new"),
    path("chu-de/", views.topics, name="topics"),
    path("chu-de/moi/", views.new_topic, name="new_topic"),
    path("hoi-dong/", views.councils, name="councils"),
    path("hoi-dong/moi/", views.new_council, name="new_council"),
    path("hoi-dong/<uuid:public_id>/", views.council, name="council"),
    path("tham-dinh/", views.appraisals, name="appraisals"),
    path("tham-dinh/<uuid:public_id>/", views.appraisal, name="appraisal"),
    path("tham-dinh/<uuid:public_id>/nhan-xet/", views.opinion, name="opinion"),
    path("tham-dinh/<uuid:public_id>/quyet-dinh/", views.decide, name="decide"),
    path("phien-ban/<uuid:public_id>/", views.version, name="version"),
    path("phien-ban/<uuid:public_id>/soan/", views.revise, name="revise"),
    path("phien-ban/<uuid:public_id>/trinh/", views.submit, name="submit"),
    path("phien-ban/<uuid:public_id>/rut/", views.withdraw, name="withdraw"),
    path("phien-ban/<uuid:public_id>/tiep-nhan/", views.receive, name="receive"),
    path("phien-ban/<uuid:public_id>/khao-sat/", views.survey_file, name="survey_file"),
    path("<uuid:public_id>/", views.curriculum, name="curriculum"),
]
