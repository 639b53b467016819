"""Reminders by e-mail, for people who have an address; each at most once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from lientuc.accounts.models import User
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.models import Notice, NoticeMail

from ..notices import sentence_of


def send_mails(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job: send the notices of the payload that have an address and did not go out yet."""
    rows = list(Notice.objects.filter(pk__in=payload["notices"], mail__isnull=True).order_by("pk"))
    addresses = _addresses(rows)
    sent = 0
    for place, notice in enumerate(rows, start=1):
        address = addresses.get(notice.recipient, "")
        if address and _claimed(notice):
            send_mail(_subject(notice), sentence_of(notice), None, [address])
            sent += 1
        progress(place * 100 // len(rows))
    return {"sent": sent}


def _claimed(notice: Notice) -> bool:
    """Whether this run may send it: the mark is committed first, so that a crash or a second worker never doubles a mail."""
    try:
        with transaction.atomic():
            NoticeMail.objects.create(notice=notice)
    except IntegrityError:
        return False
    return True


def _subject(notice: Notice) -> str:
    return f"Liên Tục: {notice.values.get('name', '')}, hạn {notice.values.get('deadline', '')}"


def _addresses(rows: list[Notice]) -> dict[str, str]:
    """`{recipient: address}`: the account's address, else the one of the record."""
    recipients = [row.recipient for row in rows]
    accounts = User.objects.filter(public_id__in=recipients, email__isnull=False, is_active=True)
    people = HealthWorker.objects.unscoped(WhyUnscoped.RULE).exclude(email="")
    records = people.filter(public_id__in=[row.values["worker"] for row in rows if "worker" in row.values])
    by_worker = {str(public_id): email for public_id, email in records.values_list("public_id", "email")}
    found = {row.recipient: by_worker.get(row.values.get("worker", ""), "") for row in rows}
    return found | {str(public_id): email for public_id, email in accounts.values_list("public_id", "email") if email}
