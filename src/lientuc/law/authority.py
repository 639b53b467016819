"""Which proof of continuing training a provider may issue on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .numbering import Citation
from .parameters import Value, shipped


class Proof(StrEnum):
    """The three papers.

    course_certificate: chứng chỉ đào tạo liên tục (22/2013 Art. 6(1)); form_confirmation: giấy chứng nhận for Art. 6(2)–(4);
    practitioner_certificate: giấy chứng nhận of 32/2023, Appendix II.
    """

    COURSE_CERTIFICATE = "course_certificate"
    FORM_CONFIRMATION = "form_confirmation"
    PRACTITIONER_CERTIFICATE = "practitioner_certificate"


class OrganisationKind(StrEnum):
    """Kinds of organisation as far as authority goes; the first three are those of 32/2023 Art. 2(1)."""

    TREATMENT_FACILITY = "treatment_facility"
    EDUCATION_INSTITUTION = "education_institution"
    PROFESSIONAL_ASSOCIATION = "professional_association"
    HEALTH_AUTHORITY = "health_authority"
    PREVENTIVE_FACILITY = "preventive_facility"
    OTHER = "other"


@dataclass(frozen=True)
class ProviderCode:
    """A code A, B or C of the ministry and the days it holds; `valid_to` None: no end."""

    code: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the code is valid on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class ProviderFacts:
    """One provider on the day asked about; an education institution counts only where it trains health workers."""

    kind: OrganisationKind
    codes: tuple[ProviderCode, ...] = ()
    suspended: bool = False


@dataclass(frozen=True)
class AuthorityDecision:
    """May it or not, with the reason (a code), the article and how sure the house is."""

    proof: Proof
    allowed: bool
    reason: str
    citation: Citation


def authority_for(proof: Proof, provider: ProviderFacts, on: date) -> AuthorityDecision:
    """Whether `provider` may issue `proof` on `on`; raises NotInForce where no text provides for the paper on that day."""
    if proof is Proof.PRACTITIONER_CERTIFICATE:
        rule = shipped().value("authority.practitioner_certificate.kinds", on)
        reason = "" if provider.kind in rule.codes() else "kind_not_named"
        granted = "kind_named"
    else:
        rule = shipped().value(f"authority.{proof.value}.codes", on)
        reason = _code_problem(provider, rule, on)
        granted = "code_valid"
    stops = shipped().value("authority.suspension.stops", on)
    if provider.suspended and proof.value in stops.codes():
        return AuthorityDecision(proof, False, "suspended", stops.citation)
    return AuthorityDecision(proof, not reason, reason or granted, rule.citation)


def proofs_of(provider: ProviderFacts, on: date) -> tuple[AuthorityDecision, ...]:
    """The answer for each of the papers that exist on `on`."""
    known = {
        Proof.COURSE_CERTIFICATE: "authority.course_certificate.codes",
        Proof.FORM_CONFIRMATION: "authority.form_confirmation.codes",
        Proof.PRACTITIONER_CERTIFICATE: "authority.practitioner_certificate.kinds",
    }
    return tuple(authority_for(proof, provider, on) for proof, name in known.items() if shipped().known(name, on))


def _code_problem(provider: ProviderFacts, rule: Value, on: date) -> str:
    named = [code for code in provider.codes if code.code in rule.codes()]
    if not named:
        return "no_code"
    return "" if any(code.holds(on) for code in named) else "code_not_valid"
