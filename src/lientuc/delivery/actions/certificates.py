"""Issuing, re-issuing and revoking certificates: numbers under a lock, content and PDF frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.law.authority import Proof
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from .. import rules
from ..enums import EventKind
from ..models import Certificate, CertificateEvent, CertificateSeries, CourseRun, Participation
from ..printing import Press, frozen_certificate, press_for
from ..queries import authority_for, issuance_of, locked_run, provider_of
from ..rules import IssueDraft


@action("delivery.issue_certificates")
def issue_certificates(
    *, run: CourseRun, draft: IssueDraft, by: Any, most: int | None = None, key: str = ""
) -> CourseRun:
    """Issue a certificate to everybody of a finished run who completed and has none; asked again, it adds only who is missing.

    `most` ends after so many, so that a long list is written in several short transactions (`issuing.issue_in_batches`).
    """
    require(by, "delivery.issue_certificates", run.organisation)
    run = locked_run(run)
    press = press_for(run, draft)
    _refuse_issue(run, draft, press)
    due = issuance_of(run).due[:most]
    refuse_if(
        rules.authority_problems(
            authority_for(provider_of(run.organisation), sorted({proof for _, proof in due}), draft.issued_on)
        )
    )
    _write(press, due, edition=1, by=by)
    return run


@action("delivery.reissue_certificate")
def reissue_certificate(
    *, certificate: Certificate, reason: str, draft: IssueDraft, by: Any, key: str = ""
) -> Certificate:
    """Issue another edition with today's data (a changed name, a lost copy); the old one is superseded, never altered."""
    run = certificate.participation.run
    require(by, "delivery.issue_certificates", run.organisation)
    run = locked_run(run)
    _refuse_event(certificate, reason)
    press = press_for(run, draft)
    _refuse_issue(run, draft, press)
    proof = Proof(certificate.kind)
    refuse_if(rules.authority_problems(authority_for(provider_of(run.organisation), [proof], draft.issued_on)))
    rows = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("worker__keeper", "sent_by")
    participation = rows.get(pk=certificate.participation_id)
    (successor,) = _write(press, ((participation, proof),), edition=certificate.edition + 1, by=by)
    _event(certificate, EventKind.SUPERSEDED, reason, draft.issued_on, by, successor=successor)
    return successor


@action("delivery.revoke_certificate")
def revoke_certificate(
    *, certificate: Certificate, reason: str, by: Any, on: date | None = None, key: str = ""
) -> CertificateEvent:
    """Revoke a certificate from a day on, with the reason that the public page will show."""
    require_row(by, "delivery.revoke_certificate", certificate)
    locked_run(certificate.participation.run)
    _refuse_event(certificate, reason)
    day = on or today()
    if not certificate.issued_on <= day <= today():
        raise Refused(Problem("delivery.revoke_day", "on_date"))
    return _event(certificate, EventKind.REVOKED, reason, day, by)


def _refuse_issue(run: CourseRun, draft: IssueDraft, press: Press) -> None:
    refuse_if(
        rules.issue_problems(
            run.state,
            issued_on=draft.issued_on,
            ends_on=run.ends_on,
            on=today(),
            signer=draft.signer_post,
            pattern=press.pattern,
            place=draft.place,
        )
    )


def _refuse_event(certificate: Certificate, reason: str) -> None:
    if not reason.strip():
        raise Refused(Problem("delivery.reason_missing", "reason"))
    if CertificateEvent.objects.unscoped(WhyUnscoped.RULE).filter(certificate=certificate).exists():
        raise Refused(Problem("delivery.revoked_before"))


def _write(press: Press, due: tuple[tuple[Participation, Proof], ...], *, edition: int, by: Any) -> list[Certificate]:
    first = _take_serials(press.run.organisation, press.issued_on.year, len(due))
    made = [
        frozen_certificate(replace(press, serial=first + place), participation, proof)
        for place, (participation, proof) in enumerate(due)
    ]
    for certificate in made:
        certificate.edition = edition
        certificate.issued_at, certificate.issued_by = now(), str(by.public_id)
    return Certificate.objects.bulk_create(made, batch_size=200)


def _take_serials(issuer: Organisation, year: int, count: int) -> int:
    """The first of `count` serial numbers of the issuer's year; the series stays locked until the transaction ends."""
    CertificateSeries.objects.bulk_create([CertificateSeries(issuer=issuer, year=year)], ignore_conflicts=True)
    series = CertificateSeries.objects.select_for_update().get(issuer=issuer, year=year)
    first = series.last_serial + 1
    series.last_serial += count
    series.save(update_fields=["last_serial"])
    return first


def _event(
    certificate: Certificate,
    kind: EventKind,
    reason: str,
    day: date,
    by: Any,
    successor: Certificate | None = None,
) -> CertificateEvent:
    return CertificateEvent.objects.create(
        certificate=certificate,
        kind=kind,
        reason=tidy(reason),
        on_date=day,
        successor=successor,
        recorded_by=str(by.public_id),
    )
