"""What anybody may see: open classes, and whether a certificate is real."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.core.errors import Problem
from lientuc.web.pages import public_page
from lientuc.web.paging import page_of
from lientuc.web.say import say_now

from .. import queries
from ..forms import CodeForm
from ..limits import asks_too_often


@public_page()
def open_runs(request: HttpRequest) -> HttpResponse:
    """Runs open for enrolment whose plan and fee are published."""
    user = request.user
    may_enrol = user.is_authenticated and user.why_not("delivery.enrol") is None
    shown = page_of(request, queries.open_runs(today()), order=("starts_on", "id"))
    return render(request, "delivery/open_runs.html", {"page": shown, "may_enrol": may_enrol})


@public_page(methods=["GET", "HEAD", "POST"])
def verify_form(request: HttpRequest) -> HttpResponse:
    """Type the code printed under a certificate."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = queries.normal_code(form.cleaned_data["code"])
        if code:
            return redirect("delivery:verify", code)
        form.add_error("code", say_now("Nhập mã xác minh in trên giấy.", "Enter the code printed on the paper."))
    return render(request, "delivery/verify_form.html", {"form": form})


@public_page()
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The status of a certificate now."""
    if asks_too_often(request):
        problems = [Problem("delivery.slow_down")]
        return render(request, "delivery/slow_down.html", {"problems": problems}, status=429)
    found = queries.verification_of(code)
    status = 404 if found.status == "unknown" else 200
    return render(request, "delivery/verify.html", {"found": found}, status=status)
