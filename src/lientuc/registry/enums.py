from enum import StrEnum


class Title(StrEnum):
    """Titles as the law floor knows them (W-01 and the rest of the health staff)."""

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


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class PostKind(StrEnum):
    PERMANENT = "permanent"
    CONTRACT = "contract"
    SECONDED = "seconded"
    ROTATING = "rotating"
    COLLABORATOR = "collaborator"


class EndReason(StrEnum):
    MOVED = "moved"
    RETIRED = "retired"
    RESIGNED = "resigned"
    CONTRACT_ENDED = "contract_ended"
    DIED = "died"
    REORGANISED = "reorganised"


class LicenceKind(StrEnum):
    GPHN = "gphn"
    CCHN = "cchn"


class LicenceState(StrEnum):
    """How a person's licences stand on a day, the better state first."""

    HELD = "held"
    ENDING = "ending"
    ENDED = "ended"
    UNKNOWN = "unknown"
    NONE = "none"


class LeaveBasis(StrEnum):
    LONG_STUDY = "long_study"
    MATERNITY = "maternity"
    SICKNESS = "sickness"
    SECONDED_ABROAD = "seconded_abroad"
    OTHER = "other"


class ProviderCode(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class Equipment(StrEnum):
    PRESENT = "present"
    PLANNED = "planned"
    ABSENT = "absent"


class Specialty(StrEnum):
    GENERAL = "general"
    INTERNAL = "internal"
    SURGERY = "surgery"
    OBGYN = "obgyn"
    PAEDIATRICS = "paediatrics"
    LABORATORY = "laboratory"
    IMAGING = "imaging"
    PREVENTIVE = "preventive"
    FAMILY = "family"
    EMERGENCY = "emergency"
    TRADITIONAL = "traditional"
    PHARMACY = "pharmacy"
    OTHER = "other"


class TakeChoice(StrEnum):
    """What a person decides about a list after the preview."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"
    REFUSE = "refuse"
