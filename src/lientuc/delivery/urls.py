from __future__ import annotations

from django.urls import path

from . import views

app_name = "delivery"

urlpatterns = [
    path("", views.runs, name="runs"),
    path("tai-ve/", views.export_runs, name="export_runs"),
    path("moi/", views.new_run, name="new_run"),
    path("lich-mo-lop/", views.open_runs, name="open_runs"),
    path("hoc-vien/", views.participations, name="participations"),
    path("hoc-vien/<uuid:public_id>/rut/", views.withdraw, name="withdraw"),
    path("buoi/<uuid:public_id>/diem-danh/", views.attendance, name="attendance"),
    path("buoi/<uuid:public_id>/phieu-ky-ten/", views.sign_in_sheet, name="sign_in_sheet"),
    path("giay/", views.certificates, name="certificates"),
    path("giay/tai-ve/", views.export_certificates, name="export_certificates"),
    path("giay/<uuid:public_id>/", views.certificate, name="certificate"),
    path("giay/<uuid:public_id>/pdf/", views.certificate_pdf, name="certificate_pdf"),
    path("giay/<uuid:public_id>/thu-hoi/", views.revoke, name="revoke"),
    path("giay/<uuid:public_id>/cap-lai/", views.reissue, name="reissue"),
    path("xac-minh/", views.verify_form, name="verify_form"),
    path("xac-minh/<str:code>/", views.verify, name="verify"),
    path("<uuid:public_id>/", views.run, name="run"),
    path("<uuid:public_id>/mo/", views.confirm, name="confirm"),
    path("<uuid:public_id>/cong-khai/", views.publish, name="publish"),
    path("<uuid:public_id>/huy/", views.cancel, name="cancel"),
    path("<uuid:public_id>/buoi-moi/", views.new_session, name="new_session"),
    path("<uuid:public_id>/giang-vien-moi/", views.new_lecturer, name="new_lecturer"),
    path("<uuid:public_id>/cu-di-hoc/", views.enrol, name="enrol"),
    path("<uuid:public_id>/ket-thuc/", views.finish, name="finish"),
    path("<uuid:public_id>/cap-giay/", views.issue, name="issue"),
]
