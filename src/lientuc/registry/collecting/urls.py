from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("thu-thap/", views.campaigns, name="campaigns"),
    path("thu-thap/mo/", views.open_one, name="open_campaign"),
    path("thu-thap/<uuid:public_id>/", views.board, name="campaign"),
    path("thu-thap/<uuid:public_id>/xuat/", views.export, name="campaign_export"),
    path("thu-thap/<uuid:public_id>/nhac/", views.reminders, name="campaign_reminders"),
    path("thu-thap/<uuid:public_id>/gia-han/", views.extend, name="extend_campaign"),
    path("thu-thap/<uuid:public_id>/dong/", views.close, name="close_campaign"),
    path("thu-thap/<uuid:public_id>/them-don-vi/", views.ask, name="ask_unit"),
    path("thu-thap/don-vi/<uuid:public_id>/bo/", views.drop, name="drop_unit"),
    path("thu-thap/don-vi/<uuid:public_id>/doi-duong-dan/", views.renew, name="renew_link"),
    path("gui-tep/<str:token>/", views.send_by_link, name="send_by_link"),
    path("gui-tep/<str:token>/mau/", views.template_by_link, name="template_by_link"),
]
