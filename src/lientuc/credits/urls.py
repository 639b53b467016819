from __future__ import annotations

from django.urls import path

from .views import appraisal, awards, claims, doubles, entries, imports, names, standings, statements, whatifs

app_name = "credits"

urlpatterns = [
    path("", standings.standings, name="standings"),
    path("xuat/", standings.standings_export, name="standings_export"),
    path("tinh-lai/", standings.refresh, name="refresh"),
    path("tong-hop/", standings.summary, name="summary"),
    path("danh-gia-cuoi-nam/", appraisal.appraisal, name="appraisal"),
    path("danh-gia-cuoi-nam/xuat/", appraisal.appraisal_export, name="appraisal_export"),
    path("tinh-trung/", doubles.doubles, name="doubles"),
    path("tinh-trung/xuat/", doubles.doubles_export, name="doubles_export"),
    path("nguoi/<uuid:public_id>/", standings.standing, name="standing"),
    path("nguoi/<uuid:public_id>/bang-tong-hop/", statements.statement, name="statement"),
    path("nguoi/<uuid:public_id>/lap-bang/", statements.issue, name="issue_statement"),
    path("nguoi/<uuid:public_id>/khai/", claims.submit_for, name="submit_for"),
    path("bang/<uuid:public_id>/", statements.issued, name="issued"),
    path("bang/<uuid:public_id>/tep/", statements.issued_file, name="issued_file"),
    path("kiem-tra-bang/<str:code>/", statements.check, name="check_statement"),
    path("nguoi/<uuid:public_id>/ghi/", entries.record_for, name="record_for"),
    path("ghi/", entries.record, name="record"),
    path("luot/", entries.entries, name="entries"),
    path("luot/xuat/", entries.entries_export, name="entries_export"),
    path("luot/<uuid:public_id>/", entries.entry, name="entry"),
    path("luot/<uuid:public_id>/dao/", entries.reverse_page, name="reverse"),
    path("luot/<uuid:public_id>/tep/", entries.attach, name="attach"),
    path("tep/<uuid:public_id>/", claims.evidence, name="evidence"),
    path("danh-sach/", names.names, name="names"),
    path("khai/", claims.claims, name="claims"),
    path("khai/cua-toi/", claims.my_claims, name="my_claims"),
    path("khai/moi/", claims.submit, name="submit_claim"),
    path("khai/rut-mau/", claims.samples, name="samples"),
    path("khai/rut-mau/<uuid:public_id>/con-lai/", claims.accept_rest, name="accept_rest"),
    path("khai/<uuid:public_id>/", claims.claim, name="claim"),
    path("khai/<uuid:public_id>/sua/", claims.edit_claim, name="edit_claim"),
    path("nhap/", imports.imports, name="imports"),
    path("nhap/mau/", imports.import_template, name="import_template"),
    path("nhap/<uuid:public_id>/", imports.import_page, name="import"),
    path("nhap/<uuid:public_id>/nhan/", imports.import_take, name="import_take"),
    path("nhap/<uuid:public_id>/can-sua/", imports.import_corrections, name="import_corrections"),
    path("nhap/<uuid:public_id>/dao/", imports.import_reverse, name="import_reverse"),
    path("nhap/<uuid:public_id>/cot/", imports.import_columns, name="import_columns"),
    path("gia-dinh/", whatifs.what_ifs, name="what_ifs"),
    path("gia-dinh/moi/", whatifs.ask, name="ask_what_if"),
    path("gia-dinh/<uuid:public_id>/", whatifs.what_if, name="what_if"),
    path("gia-dinh/<uuid:public_id>/xuat/", whatifs.what_if_export, name="what_if_export"),
    path("khoa/", awards.awards, name="awards"),
    path("khoa/<uuid:public_id>/", awards.award, name="award"),
]
