from __future__ import annotations

from django.urls import path

from . import views
from .views import frozen, quality, review

app_name = "reports"

urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("ra-soat-nhan-luc/", review.review, name="review"),
    path("ra-soat-nhan-luc/dinh-muc/", review.norms, name="norms"),
    path("ra-soat-nhan-luc/tinh-lai/", review.refresh, name="refresh_review"),
    path("ra-soat-nhan-luc/luu-cach-xem/", review.save, name="save_view"),
    path("ra-soat-nhan-luc/xoa-cach-xem/", review.drop, name="drop_view"),
    path("ra-soat-nhan-luc/bao-cao-mot-trang/", frozen.brief, name="brief"),
    path("ra-soat-nhan-luc/chot/", frozen.freeze, name="freeze_review"),
    path("ra-soat-nhan-luc/da-chot/", frozen.frozen_list, name="frozen_list"),
    path("ra-soat-nhan-luc/da-chot/<uuid:public_id>/", frozen.frozen, name="frozen"),
    path("ra-soat-nhan-luc/da-chot/<uuid:public_id>/danh-sach/", frozen.frozen_people, name="frozen_people"),
    path("ra-soat-nhan-luc/da-chot/<uuid:public_id>/so-sanh/", frozen.compare, name="frozen_compare"),
    path("ho-so-can-lam-sach/", quality.quality, name="quality"),
    path("toi/", views.me, name="me"),
    path("sap-den-han/", views.due, name="due"),
    path("sap-den-han/xuat/", views.due_export, name="due_export"),
    path("nguoi/<uuid:public_id>/", views.worker, name="worker"),
    path("nhat-ky/", views.audit, name="audit"),
    path("thong-bao/", views.notices, name="notices"),
    path("tien-trinh/", views.jobs, name="jobs"),
    path("tien-trinh/<uuid:public_id>/", views.job, name="job"),
]
