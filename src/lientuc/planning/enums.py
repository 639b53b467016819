from enum import StrEnum


class NeedState(StrEnum):
    RAISED = "raised"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    MET = "met"
    DECLINED = "declined"


class PlanKind(StrEnum):
    ANNUAL = "annual"
    FIVE_YEAR = "five_year"


class PlanState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    AMENDED = "amended"


class SourceKind(StrEnum):
    STATE = "state"
    PROVINCE = "province"
    PROGRAMME = "programme"
    DONOR = "donor"
    OWN = "own"
    FEE = "fee"


class CommentKind(StrEnum):
    MONEY = "money"
    RETURN = "return"
    APPROVAL = "approval"


class NormCode(StrEnum):
    """Cost items with a national ceiling, by the codes of `law.money.MoneyNorm`, and everything else."""

    LECTURER_HALF_DAY = "lecturer_half_day"
    ASSISTANT_HALF_DAY = "assistant_half_day"
    MATERIAL_WRITING_PAGE = "material_writing_page"
    MATERIAL_EDITING_PAGE = "material_editing_page"
    MATERIAL_APPRAISAL_PAGE = "material_appraisal_page"
    DAILY_ALLOWANCE = "daily_allowance"
    DAILY_ALLOWANCE_SEA = "daily_allowance_sea"
    SAME_DAY_ALLOWANCE = "same_day_allowance"
    ROOM_LEADER = "room_leader"
    ROOM_DEPUTY_CITY = "room_deputy_city"
    ROOM_DEPUTY_ELSEWHERE = "room_deputy_elsewhere"
    ROOM_OTHER = "room_other"
    OTHER = "other"


class Factor(StrEnum):
    """What a need's priority is made of."""

    KIND = "kind"
    AREA = "area"
    BORDER = "border"
    ISLAND = "island"
    LEVEL = "level"
    DEADLINE = "deadline"


class ProposalState(StrEnum):
    """How far an improvement is; read from its job and from whether somebody took it."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    ADOPTED = "adopted"


class LineField(StrEnum):
    """Columns of a pasted plan."""

    TITLE = "title"
    TOPIC = "topic"
    AUDIENCE = "audience"
    CLASSES = "classes"
    PERSONS = "persons"
    QUARTERS = "quarters"
    PROVIDER = "provider"
    MONEY = "money"
    SOURCE = "source"
    INTEGRATED = "integrated"
    NOTE = "note"
