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
    OUTSIDE_HOURS = "outside_hours"


class EndReason(StrEnum):
    MOVED = "moved"
    RETIRED = "retired"
    RESIGNED = "resigned"
    CONTRACT_ENDED = "contract_ended"
    DIED = "died"
    MOVED_ABROAD = "moved_abroad"
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


class StagedKind(StrEnum):
    """What a list writes, by the names of the tables."""

    PERSON = "healthworker"
    POST = "post"
    LICENCE = "licence"


class WhyKept(StrEnum):
    """Why an undo left a row: what somebody did with it, or the room that refers to it."""

    CHANGED = "changed"
    ACCOUNT = "account"
    MERGED = "merged"
    REGISTRY = "registry"
    CREDITS = "credits"
    DELIVERY = "delivery"
    PLANNING = "planning"
    TRANSFER = "transfer"
    EVALUATION = "evaluation"
    QUALITY = "quality"
    SURVEYS = "surveys"
    CURRICULA = "curricula"
    TRAIL = "trail"
    OTHER = "other"


class TakeChoice(StrEnum):
    """What a person decides about a list after the preview."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"
    REFUSE = "refuse"


class PairState(StrEnum):
    """What became of two records that may be one person; `gone` where later corrections took the likeness away."""

    OPEN = "open"
    MERGED = "merged"
    DISTINCT = "distinct"
    GONE = "gone"


class Likeness(StrEnum):
    """One reason to think that two records are, or are not, one person."""

    LICENCE = "licence"
    OLD_NUMBER = "old_number"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    PHONE = "phone"
    EMAIL = "email"
    UNIT = "unit"
    NUMBER_SLIP = "number_slip"
    OTHER_NUMBER = "other_number"
    OTHER_BIRTH = "other_birth"
    OTHER_NAME = "other_name"
    OTHER_SEX = "other_sex"


class Side(StrEnum):
    """Whose value survives a merge."""

    MAIN = "main"
    OTHER = "other"


class Quality(StrEnum):
    """A question of data quality about one person's record."""

    NO_NUMBER = "no_number"
    NUMBER_AGAINST_BIRTH = "number_against_birth"
    BIRTH_UNKNOWN = "birth_unknown"
    BIRTH_SUSPICIOUS = "birth_suspicious"
    TITLE_UNKNOWN = "title_unknown"
    NO_POST = "no_post"
    TWO_RESPONSIBLE = "two_responsible"
    NONE_RESPONSIBLE = "none_responsible"
    CLOSED_UNIT = "closed_unit"
    LICENCE_ENDED = "licence_ended"
    LICENCE_MISSING = "licence_missing"
    LICENCE_END_UNKNOWN = "licence_end_unknown"
    NO_CONTACT = "no_contact"
    MAYBE_TWICE = "maybe_twice"


class ReorganisationState(StrEnum):
    PREPARED = "prepared"
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class PartRole(StrEnum):
    """A unit's part in a reorganisation."""

    ENDS = "ends"
    GOES_ON = "goes_on"
    NEW = "new"


class MoveKind(StrEnum):
    """What a reorganisation did to one row."""

    MOVED = "moved"
    ENDED = "ended"
    MADE = "made"


class Event(StrEnum):
    """What happened in a person's working life, as the record tells it."""

    POST_BEGAN = "post_began"
    POST_ENDED = "post_ended"
    LICENCE_ISSUED = "licence_issued"
    LICENCE_CONVERTED = "licence_converted"
    LICENCE_WITHDRAWN = "licence_withdrawn"
    LEAVE_BEGAN = "leave_began"
    LEAVE_ENDED = "leave_ended"
    LEFT = "left"
