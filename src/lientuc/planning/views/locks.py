"""Locks on the classes of a line: seen, set, taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.web.pages import found_or_404, page
from lientuc.web.say import say

from .. import actions
from ..forms.scenarios import LockForm
from ..models import LineLock
from ..queries import scenarios as queries
from ..rules.plans import EDITABLE
from .doing import done, key_of, line_of

EDIT = "planning.edit_plan"


@page(EDIT, methods=["GET", "POST"])
def lock_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The locks on a line, with one more to set; what contradicts is said at once."""
    line = line_of(request, EDIT, public_id)
    form = LockForm(request.POST or None, line=line)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        if done(form, lambda: actions.lock_line(line=line, draft=draft, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã khóa.", "The lock is set."))
            return redirect("planning:lock_line", public_id)
    context = {
        "line": line,
        "form": form,
        "locks": queries.locks_of_line(line),
        "opened": sorted(queries.lock_facts(line).opened.items()),
        "may_edit": line.plan.state in EDITABLE,
    }
    return render(request, "planning/lock_line.html", context)


@page(EDIT, methods=["POST"])
def remove_lock(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a lock away."""
    rows = LineLock.objects.visible_to(request.user, EDIT).select_related("line__plan__organisation")
    lock: LineLock = found_or_404(rows, public_id=public_id)
    line = actions.remove_lock(lock=lock, by=request.user, key=key_of(request))
    messages.success(request, say("Đã bỏ khóa.", "The lock is gone."))
    return redirect("planning:lock_line", line.public_id)
