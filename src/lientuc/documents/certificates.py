"""Certificates as PDF: form P of Circular 32/2023 (Annex II), forms S of Circular 22/2013 (Art. 14)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import segno

from lientuc.core import formats
from lientuc.core.hours import hours

from .paper import Letterhead, Paper, Signature
from .phrases import CERTIFICATE, CERTIFICATE_SUBTITLES, CERTIFICATE_TITLES, MOTTO, NATION, word
from .typesetting import pictures, typeset


class CertificateKind(StrEnum):
    """Which proof it is: `practitioner` counts credit hours (P), the other two count lessons (S)."""

    PRACTITIONER = "practitioner"
    TRAINING = "training"
    ATTENDANCE = "attendance"


_CLAIMS = {
    CertificateKind.PRACTITIONER: ("certifies", "took_part"),
    CertificateKind.TRAINING: ("awards", "completed"),
    CertificateKind.ATTENDANCE: ("certifies", "attended"),
}
_TEMPLATES = {
    CertificateKind.PRACTITIONER: "certificate_p",
    CertificateKind.TRAINING: "certificate_s",
    CertificateKind.ATTENDANCE: "certificate_s",
}


@dataclass(frozen=True)
class Activity:
    """One activity on a certificate, in the words of its form; hours are whole quarter hours.

    `lesson_quarters` are lessons (tiết), `credit_quarters` credit hours (giờ tín chỉ); they are never added together.
    """

    form: str
    content: str
    begins_on: date
    ends_on: date
    responsible: str = ""
    lesson_quarters: int | None = None
    credit_quarters: int | None = None


@dataclass(frozen=True)
class CertificateContent:
    """All that one certificate prints, frozen when it is issued; texts are in the language of the certificate.

    `born` is a date, or a year where the day is unknown. `number` is the issuer's text. `verification_url` goes into the
    QR code. Raises ValueError without an activity or with credit hours on a form S.
    """

    kind: CertificateKind
    issuer: str
    number: str
    holder_name: str
    activities: tuple[Activity, ...]
    place: str
    issued_on: date
    signature: Signature
    verification_url: str
    verification_code: str
    governing_body: str = ""
    co_issuers: tuple[str, ...] = ()
    provider_code: str = ""
    born: date | int | None = None
    workplace: str = ""
    grade: str = ""
    remark: str = ""
    simulated: bool = False
    language: str = "vi"

    def __post_init__(self) -> None:
        if not self.activities:
            raise ValueError("a certificate names at least one activity")
        if self.kind is not CertificateKind.PRACTITIONER and any(
            a.credit_quarters is not None for a in self.activities
        ):
            raise ValueError("a certificate of Circular 22/2013 counts lessons, not credit hours")


def render_certificate(content: CertificateContent) -> bytes:
    """The certificate as PDF, one A4 page for one activity; the same content gives the same bytes."""
    return typeset(_TEMPLATES[content.kind], certificate_data(content), on=content.issued_on)


def preview_certificate(content: CertificateContent) -> list[bytes]:
    """The pages of the certificate as PNG pictures."""
    return pictures(_TEMPLATES[content.kind], certificate_data(content), on=content.issued_on)


def certificate_data(content: CertificateContent) -> dict[str, Any]:
    """The content as JSON values for the templates, every figure already printed."""
    language = content.language
    title = CERTIFICATE_TITLES[content.kind].in_language(language)
    subtitle = CERTIFICATE_SUBTITLES[content.kind].in_language(language)
    claim, deed = _CLAIMS[content.kind]
    return {
        "language": language,
        "mark": word("simulated", language) if content.simulated else "",
        "governing_body": content.governing_body,
        "issuer": content.issuer,
        "nation": NATION.in_language(language),
        "motto": MOTTO.in_language(language),
        "title": title,
        "subtitle": subtitle.split("\n"),
        "about": f"{title} {content.number}",
        "under_issuer": _under_issuer(content),
        "number": _say("number", language, number=content.number),
        "claim": _say(claim, language, issuer=content.issuer),
        "holder": _holder(content),
        "deed": _say(deed, language),
        "activity": _lines(content),
        "activities": _table(content) if len(content.activities) > 1 else None,
        "remark": content.remark,
        "place_and_date": _place_and_date(content),
        "posts": list(content.signature.posts()),
        "signer": content.signature.name,
        "qr": qr_svg(content.verification_url),
        "verify": [_say("verify", language), content.verification_url],
        "code": [_say("code", language), content.verification_code],
    }


def _say(code: str, language: str, /, **values: object) -> str:
    return CERTIFICATE[code].in_language(language, **values)


def _under_issuer(content: CertificateContent) -> list[str]:
    joint = ", ".join(content.co_issuers)
    return [
        text
        for text, is_given in (
            (_say("provider_code", content.language, code=content.provider_code), content.provider_code),
            (_say("joint", content.language, names=joint), joint),
        )
        if is_given
    ]


def _holder(content: CertificateContent) -> list[list[str]]:
    language = content.language
    born = content.born
    birth = formats.day(born, language=language) if isinstance(born, date) else str(born or "")
    pairs = (
        ("holder", content.holder_name.upper()),
        ("born" if isinstance(born, date) else "born_in", birth),
        ("workplace", content.workplace),
    )
    return [[_say(code, language), text] for code, text in pairs if text]


def _lines(content: CertificateContent) -> list[list[str]]:
    language = content.language
    if len(content.activities) > 1:
        return [[_say("grade", language), content.grade]] if content.grade else []
    activity = content.activities[0]
    pairs = (
        ("form", activity.form),
        ("content", activity.content),
        ("responsible", activity.responsible),
        ("period", _period(activity, language)),
        ("lessons", _amount("lesson_count", activity.lesson_quarters, language)),
        ("credit", _amount("credit_count", activity.credit_quarters, language)),
        ("grade", content.grade),
    )
    return [[_say(code, language), text] for code, text in pairs if text]


def _table(content: CertificateContent) -> dict[str, Any]:
    """The table of C-02; credit hours in form P, lessons in forms S."""
    language = content.language
    is_credit = content.kind is CertificateKind.PRACTITIONER
    amounts = [a.credit_quarters if is_credit else a.lesson_quarters for a in content.activities]
    last = "credit_column" if is_credit else "lessons"
    headers = ("place", "form", "content", "responsible", "period", last)
    rows = [
        [str(place), a.form, a.content, a.responsible, _period(a, language), _bare(amount, language)]
        for place, (a, amount) in enumerate(zip(content.activities, amounts, strict=True), start=1)
    ]
    total = [_say("total", language), _bare(sum(amount or 0 for amount in amounts), language)]
    return {"headers": [_say(code, language) for code in headers], "rows": rows, "total": total}


def _period(activity: Activity, language: str) -> str:
    first, last = (formats.day(day, language=language) for day in (activity.begins_on, activity.ends_on))
    return _say("on_day" if first == last else "from_to", language, first=first, last=last)


def _amount(code: str, quarters: int | None, language: str) -> str:
    return "" if quarters is None else _say(code, language, count=_bare(quarters, language))


def _bare(quarters: int | None, language: str) -> str:
    return "" if quarters is None else formats.shortest(hours(quarters), language=language)


def _place_and_date(content: CertificateContent) -> str:
    letterhead = Letterhead(content.issuer, place=content.place, signed_on=content.issued_on)
    return Paper("", content.issued_on, (), letterhead=letterhead).place_and_date(content.language)


def qr_svg(url: str) -> str:
    """An address as the SVG of a QR code, with its quiet zone."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
