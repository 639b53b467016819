"""What a certificate prints: the content frozen as JSON and the PDF made from it, once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from lientuc.core.ids import new_verification_code
from lientuc.core.names import fold
from lientuc.documents.certificates import Activity, CertificateContent, CertificateKind, render_certificate
from lientuc.documents.paper import Signature
from lientuc.law.authority import Proof
from lientuc.law.credits import Regime, Unit
from lientuc.places.enums import Line
from lientuc.places.models import OrganisationLine
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import ProviderAuthority
from lientuc.trail.rows import in_force

from .enums import RunKind
from .models import Certificate, CourseRun, Participation
from .phrases import RUN_KINDS
from .queries import provider_of
from .rules import IssueDraft, certificate_number

KINDS = {
    Proof.PRACTITIONER_CERTIFICATE: CertificateKind.PRACTITIONER,
    Proof.COURSE_CERTIFICATE: CertificateKind.TRAINING,
    Proof.FORM_CONFIRMATION: CertificateKind.ATTENDANCE,
}


@dataclass(frozen=True)
class Press:
    """All that the certificates of one run share; `serial` is set for each."""

    run: CourseRun
    issued_on: date
    place: str
    signature: Signature
    pattern: str
    code: str
    provider_code: str
    governing_body: str
    simulated: bool
    serial: int = 0

    @property
    def number(self) -> str:
        """The number of the certificate with this serial."""
        return certificate_number(self.pattern, serial=self.serial, year=self.issued_on.year, code=self.code)


def press_for(run: CourseRun, draft: IssueDraft) -> Press:
    """Gather what the papers of a run share; four queries. Refused where the organiser is no provider."""
    provider = provider_of(run.organisation)
    codes = ProviderAuthority.objects.unscoped(WhyUnscoped.RULE).filter(in_force(draft.issued_on), provider=provider)
    code = codes.filter(~Q(code=""), suspension=False).values_list("code", flat=True).first() or ""
    parent = OrganisationLine.objects.filter(organisation=run.organisation, line=Line.EMPLOYER, to_on__isnull=True)
    return Press(
        run=run,
        issued_on=draft.issued_on,
        place=draft.place.strip(),
        signature=Signature(draft.signer_post, draft.signer_name, draft.authority, draft.principal),
        pattern=provider.number_pattern,
        code=code or run.organisation.code,
        provider_code=code,
        governing_body=parent.values_list("parent__name", flat=True).first() or "",
        simulated=is_simulated(),
    )


def frozen_certificate(press: Press, participation: Participation, proof: Proof) -> Certificate:
    """An unsaved certificate with its content and bytes; participation with worker, keeper and sender loaded."""
    code = new_verification_code()
    content = content_of(press, participation, proof, code)
    pdf = render_certificate(content)
    return Certificate(
        participation=participation,
        issuer=press.run.organisation,
        kind=proof.value,
        year=press.issued_on.year,
        serial=press.serial,
        number=press.number,
        holder_fold=fold(content.holder_name),
        content=as_json(content),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        verification_code=code,
        issued_on=press.issued_on,
    )


def content_of(press: Press, participation: Participation, proof: Proof, code: str) -> CertificateContent:
    """What one certificate says, in Vietnamese as the forms of the circulars are."""
    worker = participation.worker
    return CertificateContent(
        kind=KINDS[proof],
        issuer=press.run.organisation.name,
        governing_body=press.governing_body,
        provider_code=press.provider_code,
        number=press.number,
        holder_name=worker.full_name,
        born=worker.born_on or worker.birth_year,
        workplace=(participation.sent_by or worker.keeper).name,
        activities=(_activity(press.run, participation),),
        place=press.place,
        issued_on=press.issued_on,
        signature=press.signature,
        verification_url=settings.PUBLIC_ADDRESS + reverse("delivery:verify", args=[code]),
        verification_code=code,
        simulated=press.simulated,
    )


def _activity(run: CourseRun, participation: Participation) -> Activity:
    form = RUN_KINDS[RunKind(run.kind)].vi
    version = run.curriculum_version
    lessons = version.total_quarters if version else None
    if participation.unit == Unit.LESSON:
        lessons = participation.quarter_hours
    return Activity(
        form=form,
        content=run.title,
        begins_on=run.starts_on,
        ends_on=run.ends_on,
        responsible=run.organisation.name,
        lesson_quarters=lessons,
        credit_quarters=participation.quarter_hours if participation.regime == Regime.P else None,
    )


def as_json(value: Any) -> Any:
    """A content as JSON values."""
    if isinstance(value, CertificateContent):
        value = asdict(value)
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
