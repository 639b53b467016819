from __future__ import annotations

from django.urls import path

from . import views

app_name = "transfer"

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("moi/", views.open_agreement, name="open"),
    path("<uuid:public_id>/", views.agreement, name="agreement"),
    path("<uuid:public_id>/ky/", views.sign, name="sign"),
    path("<uuid:public_id>/ban-giao/", views.hand_over, name="hand_over"),
    path("<uuid:public_id>/theo-doi/", views.follow_up, name="follow_up"),
    path("<uuid:public_id>/ket-thuc/", views.end, name="end"),
]
