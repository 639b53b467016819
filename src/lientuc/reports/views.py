from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.web.pages import page


@page("reports.home")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/base.html")


@page("reports.search")
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "web/base.html")
