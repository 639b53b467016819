from __future__ import annotations

from django.urls import path

from .views import lines, money, needs, plans, proposals

app_name = "planning"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("moi/", plans.open_plan, name="open_plan"),
    path("<uuid:public_id>/", plans.plan, name="plan"),
    path("<uuid:public_id>/chep/", plans.copy_plan, name="copy_plan"),
    path("<uuid:public_id>/dieu-chinh/", plans.amend_plan, name="amend_plan"),
    path("<uuid:public_id>/trinh/", plans.submit_plan, name="submit_plan"),
    path("<uuid:public_id>/tra-lai/", plans.return_plan, name="return_plan"),
    path("<uuid:public_id>/phe-duyet/", plans.approve_plan, name="approve_plan"),
    path("<uuid:public_id>/so-quyet-dinh/", plans.note_decision, name="note_decision"),
    path("<uuid:public_id>/phu-luc.xlsx", plans.annex, name="annex"),
    path("<uuid:public_id>/ke-hoach.docx", plans.plan_paper, name="plan_paper"),
    path("<uuid:public_id>/to-trinh.docx", plans.submission_paper, name="submission_paper"),
    path("<uuid:public_id>/dan/", lines.paste_lines, name="paste_lines"),
    path("<uuid:public_id>/dong-moi/", lines.add_line, name="add_line"),
    path("<uuid:public_id>/gop-y-kinh-phi/", money.review_money, name="review_money"),
    path("<uuid:public_id>/kinh-phi/", money.spending, name="spending"),
    path("<uuid:public_id>/tinh-phuong-an/", proposals.improve_plan, name="improve_plan"),
    path("dong/<uuid:public_id>/", lines.line, name="line"),
    path("dong/<uuid:public_id>/sua/", lines.edit_line, name="edit_line"),
    path("dong/<uuid:public_id>/bo/", lines.remove_line, name="remove_line"),
    path("dong/<uuid:public_id>/mo-lop/", lines.open_run, name="open_run"),
    path("dong/<uuid:public_id>/gan-lop/", lines.link_run, name="link_run"),
    path("phuong-an/<uuid:public_id>/", proposals.proposal, name="proposal"),
    path("phuong-an/<uuid:public_id>/ap-dung/", proposals.adopt_proposal, name="adopt_proposal"),
    path("nhu-cau/", needs.needs, name="needs"),
    path("nhu-cau/nhu-cau.xlsx", needs.export_needs, name="export_needs"),
    path("nhu-cau/moi/", needs.raise_need, name="raise_need"),
    path("nhu-cau/tong-hop/", needs.pull_needs, name="pull_needs"),
    path("nhu-cau/da-dap-ung/", needs.settle_needs, name="settle_needs"),
    path("nhu-cau/do-bao-phu/", needs.coverage, name="coverage"),
    path("nhu-cau/<uuid:public_id>/", needs.need, name="need"),
    path("nhu-cau/<uuid:public_id>/tiep-nhan/", needs.accept_need, name="accept_need"),
    path("nhu-cau/<uuid:public_id>/khong-tiep-nhan/", needs.decline_need, name="decline_need"),
    path("nguon/", money.sources, name="sources"),
    path("nguon/moi/", money.add_source, name="add_source"),
    path("nguon/<uuid:public_id>/", money.edit_source, name="edit_source"),
    path("muc-chi/", money.rates, name="rates"),
    path("muc-chi/moi/", money.add_rate, name="add_rate"),
    path("muc-chi/<uuid:public_id>/ket-thuc/", money.end_rate, name="end_rate"),
]
