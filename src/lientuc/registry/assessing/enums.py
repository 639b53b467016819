from enum import StrEnum


class Answer(StrEnum):
    """What a unit says of one function."""

    DOING = "doing"
    COULD_DO = "could_do"
    CANNOT = "cannot"


class Reason(StrEnum):
    """Why a function is not carried out; the codes are those of the shared barrier taxonomy, the first words of it."""

    EQUIPMENT = "equipment"
    STAFFING = "staffing"
    KNOWLEDGE = "knowledge"
    APPROVAL = "approval"
    OTHER = "other"


class AssessmentState(StrEnum):
    """`returned` is open to the unit again, like a draft, with a remark."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
