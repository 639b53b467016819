"""The public answer about a certificate for other systems: the same query as the page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from lientuc.core.errors import Problem
from lientuc.web.say import sentence

from .limits import asks_too_often
from .queries import verification_of

router = Router(tags=["certificates"])


class CertificateOut(Schema):
    """Status now; empty fields where the code is unknown. `status` is valid, revoked, superseded or unknown."""

    status: str
    code: str
    number: str
    kind: str
    issuer: str
    holder: str
    issued_on: date | None
    event_on: date | None
    event_reason: str
    successor: str
    issuer_was_authorised: bool | None
    article: str
    simulated: bool


@router.get("/certificates/{code}", response=CertificateOut, auth=None, summary="Is this certificate real?")
def certificate(request: HttpRequest, code: str) -> CertificateOut:
    """The certificate with this verification code, as it stands now; anybody may ask, 60 times a minute."""
    if asks_too_often(request):
        raise HttpError(429, sentence(Problem("delivery.slow_down")))
    found = verification_of(code)
    return CertificateOut(
        status=found.status,
        code=found.code,
        number=found.number,
        kind=found.kind,
        issuer=found.issuer,
        holder=found.holder,
        issued_on=found.issued_on,
        event_on=found.event_on,
        event_reason=found.event_reason,
        successor=found.successor,
        issuer_was_authorised=found.authority.allowed if found.authority else None,
        article=found.authority.citation.vi if found.authority else "",
        simulated=found.simulated,
    )
