"""Certificates: lists, what would be issued, and the public answer to "is this one real?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lientuc.core.names import fold
from lientuc.law import NotInForce
from lientuc.law.authority import AuthorityDecision, Proof
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.registry.queries import authority_on

from ..enums import CertificateStatus, EventKind, ParticipationState, RunKind
from ..models import Certificate, CertificateEvent, CourseRun, Participation
from ..rules import proof_for

_SIGNS = re.compile(r"[^0-9A-Z]")
_GROUP = 7


@dataclass(frozen=True)
class Verification:
    """What the public may know of a code, now: nothing but the status where it is unknown.

    `content` is what the paper prints; `authority` is the issuer's right to issue that paper on the day of issue.
    """

    status: CertificateStatus
    code: str
    number: str = ""
    kind: str = ""
    issuer: str = ""
    holder: str = ""
    issued_on: date | None = None
    content: Mapping[str, Any] | None = None
    event_on: date | None = None
    event_reason: str = ""
    successor: str = ""
    authority: AuthorityDecision | None = None
    simulated: bool = False


@dataclass(frozen=True)
class Issuance:
    """What issuing would do now: who gets which paper, who has one already, who is left out because the run issues no such paper."""

    due: tuple[tuple[Participation, Proof], ...]
    issued: int
    left_out: int

    @property
    def by_proof(self) -> dict[Proof, int]:
        """How many of each paper."""
        return dict(Counter(proof for _, proof in self.due))


def with_status(rows: QuerySet[Certificate]) -> QuerySet[Any]:
    """Certificates with `revoked_on` and `superseded_on` (None: not)."""
    events = CertificateEvent.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(certificate=OuterRef("pk"))
    return rows.annotate(
        revoked_on=Subquery(events.filter(kind=EventKind.REVOKED).values("on_date")[:1]),
        superseded_on=Subquery(events.filter(kind=EventKind.SUPERSEDED).values("on_date")[:1]),
    )


def status_of(certificate: Any) -> CertificateStatus:
    """The status of a row of `with_status`."""
    if certificate.revoked_on:
        return CertificateStatus.REVOKED
    return CertificateStatus.SUPERSEDED if certificate.superseded_on else CertificateStatus.VALID


def certificates_for(by: Any, *, text: str = "", status: str = "", year: int | None = None) -> QuerySet[Certificate]:
    """Certificates `by` may see, filtered by holder or number, status and year; without their PDF."""
    rows = with_status(Certificate.objects.visible_to(by, "delivery.view_certificates"))
    rows = rows.select_related("issuer", "participation__run", "participation__worker__keeper").defer("pdf")
    if text:
        rows = rows.filter(Q(holder_fold__contains=fold(text)) | Q(number__icontains=text.strip()))
    if year:
        rows = rows.filter(year=year)
    if status == CertificateStatus.REVOKED:
        rows = rows.filter(revoked_on__isnull=False)
    elif status == CertificateStatus.SUPERSEDED:
        rows = rows.filter(revoked_on__isnull=True, superseded_on__isnull=False)
    elif status == CertificateStatus.VALID:
        rows = rows.filter(revoked_on__isnull=True, superseded_on__isnull=True)
    return rows


def issuance_of(run: CourseRun) -> Issuance:
    """A dry run of issuing: everybody who completed, frozen, and has no certificate yet; two queries."""
    held = Certificate.objects.unscoped(WhyUnscoped.RULE).filter(participation=OuterRef("pk"))
    rows = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        run=run, state=ParticipationState.COMPLETED, frozen_at__isnull=False
    )
    rows = rows.annotate(has_certificate=Exists(held)).select_related("worker__keeper", "sent_by")
    people = list(rows.order_by("worker__name_sort", "pk"))
    waiting = [row for row in people if not row.has_certificate]
    proofs = [(row, proof_for(row.regime, RunKind(run.kind), row.role)) for row in waiting]
    due = tuple((row, proof) for row, proof in proofs if proof.value in run.proofs)
    return Issuance(due=due, issued=len(people) - len(waiting), left_out=len(waiting) - len(due))


def normal_code(typed: str) -> str:
    """A code as printed, however it was typed: capitals, groups of seven."""
    signs = _SIGNS.sub("", typed.upper())
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def verification_of(typed: str) -> Verification:
    """The status now of the certificate with this code, for anybody; at most four queries."""
    code = normal_code(typed)
    rows = Certificate.objects.unscoped(WhyUnscoped.PUBLIC).select_related("issuer").defer("pdf")
    certificate: Certificate | None = rows.filter(verification_code=code).first()
    if certificate is None:
        return Verification(CertificateStatus.UNKNOWN, code)
    events = CertificateEvent.objects.unscoped(WhyUnscoped.PUBLIC).filter(certificate=certificate)
    found = {event.kind: event for event in events.select_related("successor")}
    event = found.get(EventKind.REVOKED) or found.get(EventKind.SUPERSEDED)
    return Verification(
        status=CertificateStatus(event.kind) if event else CertificateStatus.VALID,
        code=code,
        number=certificate.number,
        kind=certificate.kind,
        issuer=certificate.content["issuer"],
        holder=certificate.content["holder_name"],
        issued_on=certificate.issued_on,
        content=certificate.content,
        event_on=event.on_date if event else None,
        event_reason=event.reason if event else "",
        successor=event.successor.number if event and event.successor else "",
        authority=_authority_then(certificate),
        simulated=bool(certificate.content.get("simulated")),
    )


def _authority_then(certificate: Certificate) -> AuthorityDecision | None:
    """What the issuer may have issued on the day of issue, by what is recorded today."""
    rows = Provider.objects.unscoped(WhyUnscoped.PUBLIC).select_related("organisation")
    provider = rows.filter(organisation=certificate.issuer_id).first()
    if provider is None:
        return None
    try:
        return authority_on(provider, certificate.kind, certificate.issued_on)
    except NotInForce:
        return None
