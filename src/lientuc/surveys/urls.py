from __future__ import annotations

from django.urls import path

from .views import instruments, respond, waves

app_name = "surveys"

urlpatterns = [
    path("bo-cong-cu/", instruments.instruments, name="instruments"),
    path("bo-cong-cu/phieu/", instruments.instrument, name="instrument"),
    path("bo-cong-cu/ban-giay/", instruments.paper, name="paper"),
    path("bo-cong-cu/xem-thu/", instruments.preview, name="preview"),
    path("dot/", waves.waves, name="waves"),
    path("dot/mo/", waves.new_wave, name="new_wave"),
    path("dot/<uuid:public_id>/", waves.wave, name="wave"),
    path("dot/<uuid:public_id>/loi-moi/", waves.invitations, name="invitations"),
    path("dot/<uuid:public_id>/da-gui/", waves.delivered, name="delivered"),
    path("dot/<uuid:public_id>/ket-thuc/", waves.close, name="close"),
    path("dot/<uuid:public_id>/xuat-cau-tra-loi/", waves.export, name="export"),
    path("tra-loi/<str:token>/", respond.respond, name="respond"),
    path("tra-loi/<str:token>/phan/<int:number>/", respond.respond_section, name="respond_section"),
    path("tra-loi/<str:token>/tu-choi/", respond.respond_refuse, name="respond_refuse"),
    path("tra-loi/<str:token>/cam-on/", respond.thanks, name="thanks"),
]
