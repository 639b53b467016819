from __future__ import annotations

from django.urls import path

from . import views
from .dividing import views as dividing

app_name = "directives"

urlpatterns = [
    path("", views.directives, name="directives"),
    path("van-ban/moi/", views.enter_directive, name="enter_directive"),
    path("van-ban/<uuid:public_id>/", views.directive, name="directive"),
    path("nhiem-vu/", views.duties, name="duties"),
    path("nhiem-vu/<uuid:public_id>/", views.fulfil, name="fulfil"),
    path("nhiem-vu/<uuid:public_id>/giao/", views.delegate, name="delegate"),
    path("phan-cong/", dividing.divisions, name="divisions"),
    path("phan-cong/moi/", dividing.draft_division, name="draft_division"),
    path("phan-cong/<uuid:public_id>/", dividing.division, name="division"),
    path("phan-cong/<uuid:public_id>/o/", dividing.edit_cell, name="edit_cell"),
    path("phan-cong/<uuid:public_id>/nhieu-o/", dividing.edit_many, name="edit_many"),
    path("phan-cong/<uuid:public_id>/ky/", dividing.sign_division, name="sign_division"),
    path("phan-cong/<uuid:public_id>/so/", dividing.number_division, name="number_division"),
    path("phan-cong/<uuid:public_id>/quyet-dinh.docx", dividing.division_paper, name="division_paper"),
    path("phan-cong/<uuid:public_id>/ma-tran.xlsx", dividing.export_division, name="export_division"),
    path("phan-cong/<uuid:public_id>/da-nhan/", dividing.receipts, name="receipts"),
    path("phan-cong/<uuid:public_id>/xac-nhan/", dividing.confirm_receipt, name="confirm_receipt"),
    path("kho-khan/", views.difficulties, name="difficulties"),
    path("kho-khan/moi/", views.report, name="report"),
    path("kho-khan/<uuid:public_id>/tra-loi/", views.answer, name="answer"),
]
