"""Cards about people: rows not yet clean, hours due, licences, one's own standing, notices and jobs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from lientuc.core import formats
from lientuc.core.hours import hours
from lientuc.credits.models import StandingRow
from lientuc.law.credits import Status
from lientuc.law.days import years_later
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.batches import parked_rows
from lientuc.registry.queries import licences_ending, staff_without_licence
from lientuc.registry.queries.people import SOON
from lientuc.trail.enums import JobState
from lientuc.trail.models import Job, Notice
from lientuc.web.say import current_language, label, say_now

from ..notices import sentence_of
from ..person import own_worker
from .cards import Card, Line, oldest, tone_of


def rows_to_clean(by: Any, on: date) -> Card | None:
    """Rows of staff lists that were parked because of a fault."""
    found, count = oldest(parked_rows(by), "pk")
    if not found:
        return None
    return Card(
        title=say_now("Dòng nhân lực chưa làm sạch", "Staff rows not yet clean"),
        icon="database-import",
        url=reverse("registry:parked"),
        action=say_now("Làm sạch", "Clean them"),
        count=count,
        lines=tuple(
            Line(f"{row.batch.file_name}, {row.sheet} {row.number}", reverse("registry:clean", args=[row.public_id]))
            for row in found
        ),
        tone="warn",
    )


def hours_due(by: Any, on: date) -> Card | None:
    """People who are short, or whose deadline comes within a year while hours are missing."""
    near = Q(status=Status.SHORT) | Q(status=Status.ACCRUING, deadline_on__lte=years_later(on, 1))
    rows = StandingRow.objects.visible_to(by, "credits.view_entries").filter(
        near, shortfall_quarters__gt=0, worker__canonical__isnull=True, worker__left_on__isnull=True
    )
    found, count = oldest(rows.select_related("worker"), F("deadline_on").asc(nulls_last=True), "pk")  # type: ignore[arg-type]
    if not found:
        return None
    lines = tuple(
        Line(
            f"{row.worker.full_name}: {_missing(row)}",
            reverse("reports:worker", args=[row.worker.public_id]),
            row.deadline_on,
            bool(row.deadline_on and row.deadline_on < on),
        )
        for row in found
    )
    return Card(
        title=say_now("Người còn thiếu giờ, sắp đến hạn hoặc chưa đạt", "People short of hours, or due soon"),
        icon="hourglass",
        url=reverse("credits:standings"),
        action=say_now("Xem kết quả tích lũy", "See the standings"),
        count=count,
        lines=lines,
        tone="bad" if any(row.status == Status.SHORT for row in found) else tone_of(lines, on),
    )


def _missing(row: StandingRow) -> str:
    amount = formats.shortest(hours(row.shortfall_quarters), language=current_language())
    missing = say_now("còn thiếu {n} {unit}", "{n} {unit} missing").format(
        n=amount, unit=label("credits.Unit", row.unit)
    )
    return f"{missing}, {label('credits.Status', row.status)}" if row.status == Status.SHORT else missing


def licences_to_renew(by: Any, on: date) -> Card | None:
    """Licences that end soon, as the registry reckons it, so that the list behind the card agrees."""
    found, count = oldest(licences_ending(by=by, on=on, until=on + SOON), "valid_to", "issued_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(
            f"{row.worker.full_name}: {row.number}",
            reverse("reports:worker", args=[row.worker.public_id]),
            row.valid_to,
        )
        for row in found
    )
    return Card(
        title=say_now("Giấy phép hết hạn trong {n} ngày", "Licences ending within {n} days").format(n=SOON.days),
        icon="license",
        url=reverse("registry:workers") + "?licence=ending",
        action=say_now("Xem danh sách", "See the list"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def unlicensed(by: Any, on: date) -> Card | None:
    """People in post whose title practises under a licence, and who have none recorded."""
    found, count = oldest(staff_without_licence(by=by, on=on), "name_sort", "pk")
    if not found:
        return None
    return Card(
        title=say_now("Người hành nghề chưa có giấy phép trong hồ sơ", "Practitioners without a licence on record"),
        icon="user-exclamation",
        url=reverse("registry:workers") + "?licence=none",
        action=say_now("Bổ sung hồ sơ", "Complete the records"),
        count=count,
        lines=tuple(Line(row.full_name, reverse("reports:worker", args=[row.public_id])) for row in found),
        tone="warn",
    )


def own_standing(by: Any, on: date) -> Card | None:
    """Where the signed-in health worker stands, as last reckoned."""
    worker = own_worker(by)
    if worker is None:
        return None
    row = StandingRow.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(worker=worker).first()
    url, action = reverse("reports:me"), say_now("Xem chi tiết và lớp đang mở", "See details and open classes")
    if row is None:
        title = say_now("Kết quả tích lũy của tôi", "My standing")
        return Card(title=title, icon="progress-check", url=url, action=action)
    unit = label("credits.Unit", row.unit)
    words = say_now("{done} trên {of} {unit}", "{done} of {of} {unit}").format(
        done=formats.shortest(hours(row.counted_quarters), language=current_language()),
        of=formats.shortest(hours(row.required_quarters), language=current_language()),
        unit=unit,
    )
    missing = row.shortfall_quarters and row.status in {Status.SHORT, Status.ACCRUING}
    line = (
        Line(_missing(row), url, row.deadline_on, bool(row.deadline_on and row.deadline_on < on)) if missing else None
    )
    return Card(
        title=say_now("Kết quả tích lũy của tôi: {status}", "My standing: {status}").format(
            status=label("credits.Status", row.status)
        ),
        icon="progress-check",
        url=url,
        action=action,
        lines=(line,) if line else (),
        tone={Status.SHORT: "bad", Status.MET: "ok"}.get(Status(row.status), "info"),
        gauge=(row.counted_quarters, row.required_quarters, words) if row.required_quarters else None,
    )


def unread(by: Any, on: date) -> Card | None:
    """Notices not yet read."""
    rows = Notice.objects.filter(recipient=str(by.public_id), read_on__isnull=True)
    found, count = oldest(rows, "-made_at", "-pk")
    if not found:
        return None
    url = reverse("reports:notices")
    return Card(
        title=say_now("Thông báo chưa đọc", "Unread notices"),
        icon="bell",
        url=url,
        action=say_now("Đọc thông báo", "Read them"),
        count=count,
        lines=tuple(Line(sentence_of(row), row.link or url, row.made_at.date()) for row in found),
    )


def jobs_under_way(by: Any, on: date) -> Card | None:
    """One's own jobs that run or wait."""
    rows = Job.objects.filter(made_by=str(by.public_id), state__in=[str(JobState.QUEUED), str(JobState.RUNNING)])
    found, count = oldest(rows, "made_at", "pk")
    if not found:
        return None
    return Card(
        title=say_now("Tiến trình đang chạy", "Jobs under way"),
        icon="progress",
        url=reverse("reports:jobs"),
        action=say_now("Xem tiến trình", "See the jobs"),
        count=count,
    )
