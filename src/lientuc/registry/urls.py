from __future__ import annotations

from django.urls import path

from .views import catalogues, organisations, people, providers, staff

app_name = "registry"

urlpatterns = [
    path("don-vi/", organisations.organisations, name="organisations"),
    path("don-vi/them/", organisations.found, name="found_organisation"),
    path("don-vi/<uuid:public_id>/", organisations.organisation, name="organisation"),
    path("don-vi/<uuid:public_id>/ky-thuat/", organisations.unit_techniques, name="unit_techniques"),
    path("nguoi/", people.workers, name="workers"),
    path("nguoi/xuat/", people.workers_export, name="workers_export"),
    path("nguoi/lap-ho-so/", people.register, name="register"),
    path("nguoi/tiep-nhan/", people.take_on, name="take_on"),
    path("nguoi/<uuid:public_id>/", people.worker, name="worker"),
    path("nguoi/<uuid:public_id>/so-dinh-danh/", people.reveal, name="reveal"),
    path("nguoi/<uuid:public_id>/sua/", people.correct, name="correct"),
    path("nguoi/<uuid:public_id>/vi-tri/", people.open_post, name="open_post"),
    path("nguoi/<uuid:public_id>/giay-phep/", people.record_licence, name="record_licence"),
    path("nguoi/<uuid:public_id>/nghi/", people.record_leave, name="record_leave"),
    path("vi-tri/<uuid:public_id>/ket-thuc/", people.end_post, name="end_post"),
    path("danh-sach/", staff.lists, name="lists"),
    path("danh-sach/gui/", staff.send, name="send"),
    path("danh-sach/mau/", staff.empty_template, name="template"),
    path("danh-sach/chua-lam-sach/", staff.parked, name="parked"),
    path("danh-sach/<uuid:public_id>/", staff.staff_list, name="list"),
    path("danh-sach/<uuid:public_id>/cot/", staff.columns, name="columns"),
    path("danh-sach/<uuid:public_id>/so-0/", staff.repair, name="repair"),
    path("danh-sach/<uuid:public_id>/quyet-dinh/", staff.decide, name="decide"),
    path("danh-sach/<uuid:public_id>/can-sua/", staff.corrected_file, name="corrected"),
    path("dong/<uuid:public_id>/", staff.clean, name="clean"),
    path("co-so-dao-tao/", providers.providers, name="providers"),
    path("co-so-dao-tao/them/", providers.register_provider, name="register_provider"),
    path("co-so-dao-tao/<uuid:public_id>/", providers.provider, name="provider"),
    path("co-so-dao-tao/<uuid:public_id>/ma/", providers.grant, name="grant"),
    path("co-so-dao-tao/<uuid:public_id>/dinh-chi/", providers.suspend, name="suspend"),
    path("dinh-chi/<uuid:public_id>/ket-thuc/", providers.lift, name="lift"),
    path("danh-muc/", catalogues.catalogue, name="catalogue"),
    path("danh-muc/nhap/", catalogues.import_catalogue, name="import_catalogue"),
]
