"""What the law must know of a worker: the title, the licence, whether it is practised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Title(StrEnum):
    """Professional titles; the first eight are those of Law 15/2023 Art. 22(1)."""

    DOCTOR = "doctor"
    ASSISTANT_DOCTOR = "assistant_doctor"
    NURSE = "nurse"
    MIDWIFE = "midwife"
    MEDICAL_TECHNICIAN = "medical_technician"
    CLINICAL_NUTRITIONIST = "clinical_nutritionist"
    PARAMEDIC = "paramedic"
    CLINICAL_PSYCHOLOGIST = "clinical_psychologist"
    TRADITIONAL_PRACTITIONER = "traditional_practitioner"
    PHARMACIST = "pharmacist"
    CLINICAL_PHARMACIST = "clinical_pharmacist"
    PUBLIC_HEALTH = "public_health"
    POPULATION = "population"
    VILLAGE_HEALTH_WORKER = "village_health_worker"
    SOCIAL_WORKER = "social_worker"
    OTHER = "other"


class LicenceKind(StrEnum):
    """gphn: giấy phép hành nghề (Law 15/2023); cchn: chứng chỉ hành nghề of before; none."""

    GPHN = "gphn"
    CCHN = "cchn"
    NONE = "none"


@dataclass(frozen=True)
class WorkerFacts:
    """One worker as known on the day asked about; dates None where the register has none.

    A cchn with `converted_on` on or before that day counts as converted.
    """

    title: Title
    licence_kind: LicenceKind = LicenceKind.NONE
    practising: bool = False
    licence_issued_on: date | None = None
    licence_valid_to: date | None = None
    converted_on: date | None = None

    def unconverted_on(self, on: date) -> bool:
        """Whether the licence is still a certificate of the old law on this day."""
        return self.licence_kind is LicenceKind.CCHN and (self.converted_on is None or on < self.converted_on)
