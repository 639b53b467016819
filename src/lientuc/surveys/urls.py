from __future__ import annotations

from django.urls import path

from .ballots import views as ballots
from .editing import views as editing
from .paper import views as paper
from .views import instruments, respond, waves

app_name = "surveys"

urlpatterns = [
    path("bo-cong-cu/", instruments.instruments, name="instruments"),
    path("bo-cong-cu/phieu/", instruments.instrument, name="instrument"),
    path("bo-cong-cu/ban-giay/", instruments.paper, name="paper"),
    path("bo-cong-cu/xem-thu/", instruments.preview, name="preview"),
    path("bo-cong-cu/soan/moi/", editing.begin, name="begin_version"),
    path("bo-cong-cu/soan/", editing.edit, name="edit"),
    path("bo-cong-cu/soan/phan/", editing.edit_section, name="edit_section"),
    path("bo-cong-cu/soan/cau/", editing.edit_item, name="edit_item"),
    path("bo-cong-cu/soan/danh-sach/", editing.edit_list, name="edit_list"),
    path("bo-cong-cu/so-sanh/", editing.compare, name="compare"),
    path("bo-cong-cu/xlsform/", editing.xlsform, name="xlsform"),
    path("dot/", waves.waves, name="waves"),
    path("dot/mo/", waves.new_wave, name="new_wave"),
    path("dot/<uuid:public_id>/", waves.wave, name="wave"),
    path("dot/<uuid:public_id>/loi-moi/", waves.invitations, name="invitations"),
    path("dot/<uuid:public_id>/da-gui/", waves.delivered, name="delivered"),
    path("dot/<uuid:public_id>/phieu-giay/", paper.sheets, name="sheets"),
    path("dot/<uuid:public_id>/phieu-giay/nhap/", paper.type_one, name="type_sheet"),
    path("phieu-giay/<uuid:public_id>/", paper.sheet, name="sheet"),
    path("dot/<uuid:public_id>/the-phieu/", ballots.cards, name="cards"),
    path("dot/<uuid:public_id>/da-phat-the/", ballots.handed_out, name="handed_out"),
    path("dot/<uuid:public_id>/ket-thuc/", waves.close, name="close"),
    path("dot/<uuid:public_id>/xuat-cau-tra-loi/", waves.export, name="export"),
    path("tra-loi/<str:token>/phieu-kin/", ballots.issue, name="issue_ballot"),
    path("phieu-kin/<str:code>/", ballots.ballot, name="ballot"),
    path("phieu-kin/<str:code>/bo/", ballots.cast, name="cast_ballot"),
    path("tra-loi/<str:token>/", respond.respond, name="respond"),
    path("tra-loi/<str:token>/phan/<int:number>/", respond.respond_section, name="respond_section"),
    path("tra-loi/<str:token>/tu-choi/", respond.respond_refuse, name="respond_refuse"),
    path("tra-loi/<str:token>/cam-on/", respond.thanks, name="thanks"),
]
