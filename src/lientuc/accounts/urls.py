from __future__ import annotations

from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("tai-khoan/", views.users, name="users"),
    path("tai-khoan/mo/", views.open_account, name="open"),
    path("tai-khoan/<uuid:public_id>/", views.user, name="user"),
    path("tai-khoan/<uuid:public_id>/vai-tro/", views.grant, name="grant"),
    path("tai-khoan/<uuid:public_id>/khoa/", views.close, name="close"),
    path("tai-khoan/<uuid:public_id>/mo-lai/", views.reopen, name="reopen"),
    path("tai-khoan/<uuid:public_id>/mat-khau/", views.renew_password, name="renew_password"),
    path("vai-tro/<uuid:public_id>/ket-thuc/", views.end_grant, name="end_grant"),
    path("vai-tro-va-quyen/", views.roles, name="roles"),
    path("khoa-ket-noi/", views.tokens, name="tokens"),
    path("khoa-ket-noi/ket-thuc/", views.end_token, name="end_token"),
]
