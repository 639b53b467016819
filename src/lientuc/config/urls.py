"""Every room hangs its pages here."""

from __future__ import annotations

from django.urls import include, path

from .api import api

urlpatterns = [
    path("", include("lientuc.reports.urls")),
    path("", include("lientuc.web.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("quan-tri/", include("lientuc.accounts.urls")),
    path("nhan-luc/", include("lientuc.registry.urls")),
    path("chi-dao/", include("lientuc.directives.urls")),
    path("khao-sat/", include("lientuc.surveys.urls")),
    path("chuong-trinh/", include("lientuc.curricula.urls")),
    path("lop/", include("lientuc.delivery.urls")),
    path("tin-chi/", include("lientuc.credits.urls")),
    path("chat-luong/", include("lientuc.quality.urls")),
    path("chuyen-giao/", include("lientuc.transfer.urls")),
    path("danh-gia/", include("lientuc.evaluation.urls")),
    path("ke-hoach/", include("lientuc.planning.urls")),
    path("api/v1/", api.urls),
]

handler403 = "lientuc.web.pages.forbidden"
handler404 = "lientuc.web.pages.not_found"
handler500 = "lientuc.web.pages.server_error"
