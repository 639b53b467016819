from __future__ import annotations

from django.urls import path

from .views import awards, entries, imports, standings

app_name = "credits"

urlpatterns = [
    path("", standings.standings, name="standings"),
    path("xuat/", standings.standings_export, name="standings_export"),
    path("tinh-lai/", standings.refresh, name="refresh"),
    path("tong-hop/", standings.summary, name="summary"),
    path("nguoi/<uuid:public_id>/", standings.standing, name="standing"),
    path("nguoi/<uuid:public_id>/bang-tong-hop/", standings.statement, name="statement"),
    path("nguoi/<uuid:public_id>/ghi/", entries.record_for, name="record_for"),
    path("ghi/", entries.record, name="record"),
    path("luot/", entries.entries, name="entries"),
    path("luot/xuat/", entries.entries_export, name="entries_export"),
    path("luot/<uuid:public_id>/", entries.entry, name="entry"),
    path("luot/<uuid:public_id>/dao/", entries.reverse_page, name="reverse"),
    path("nhap/", imports.imports, name="imports"),
    path("nhap/mau/", imports.import_template, name="import_template"),
    path("nhap/<uuid:public_id>/", imports.import_page, name="import"),
    path("nhap/<uuid:public_id>/nhan/", imports.import_take, name="import_take"),
    path("nhap/<uuid:public_id>/can-sua/", imports.import_corrections, name="import_corrections"),
    path("khoa/", awards.awards, name="awards"),
    path("khoa/<uuid:public_id>/", awards.award, name="award"),
]
