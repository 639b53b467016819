from enum import StrEnum


class TopicFamily(StrEnum):
    CLINICAL = "clinical"
    EMERGENCY = "emergency"
    MATERNAL_CHILD = "maternal_child"
    NURSING = "nursing"
    DIAGNOSTICS = "diagnostics"
    PREVENTION = "prevention"
    POPULATION = "population"
    TRADITIONAL = "traditional"
    PHARMACY = "pharmacy"
    MANAGEMENT = "management"
    OTHER = "other"


class CreditRegime(StrEnum):
    """Regimes whose hours a programme can give; the codes are those of `law.credits.Regime`."""

    P = "p"
    S = "s"


class VersionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CouncilLevel(StrEnum):
    PROVINCIAL = "provincial"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    MINISTRY = "ministry"


class CouncilRole(StrEnum):
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class AppraisalState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What a member, and in the end the council, says of a version."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"


class GroundKind(StrEnum):
    """Where a need for training can come from."""

    HOURS_DUE = "hours_due"
    TECHNIQUE_GAP = "technique_gap"
    REQUEST = "request"
    FOLLOW_UP = "follow_up"
    INSPECTION = "inspection"
