from enum import StrEnum


class NeedState(StrEnum):
    """How far a need is; `merged`: another need of the same unit and topic speaks for it."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    OPENED = "opened"
    TRAINED = "trained"
    MET = "met"
    DECLINED = "declined"
    MERGED = "merged"


class ConditionKind(StrEnum):
    """What must be there before a training can be used."""

    EQUIPMENT = "equipment"
    STAFF = "staff"
    APPROVAL = "approval"


class ConditionState(StrEnum):
    """Codes are those of `registry.Equipment`."""

    PRESENT = "present"
    PLANNED = "planned"
    ABSENT = "absent"


class CallState(StrEnum):
    """How a call for needs stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


class AnswerState(StrEnum):
    """What a unit answered to a call for needs."""

    WAITING = "waiting"
    NEEDS = "needs"
    NOTHING = "nothing"


class BulkChoice(StrEnum):
    """What is done with several needs at once."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CARRY = "carry"


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
    ORDER = "order"


class CommentKind(StrEnum):
    MONEY = "money"
    RETURN = "return"
    APPROVAL = "approval"
    OPINION = "opinion"
    ANSWER = "answer"
    PROPOSAL = "proposal"


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


class NominationState(StrEnum):
    """A person in a seat: proposed, chosen by the unit (stays when others are proposed), or not to be sent."""

    PROPOSED = "proposed"
    CHOSEN = "chosen"
    KEPT_OUT = "kept_out"


class SeatsState(StrEnum):
    """How far a unit is with the seats it was handed."""

    OPEN = "open"
    PART = "part"
    CONFIRMED = "confirmed"


class ScenarioPhase(StrEnum):
    """What the search of a scenario is busy with."""

    QUEUED = "queued"
    READING = "reading"
    PREVIEW = "preview"
    BOUND = "bound"
    SEARCH = "search"
    FAIRNESS = "fairness"
    WEEKS = "weeks"
    DONE = "done"


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
    REASON = "reason"
    YEAR = "year"
    NOTE = "note"


class MoneyColumn(StrEnum):
    """The money of a line as it goes: đề nghị, thẩm định, được giao, đã chi, quyết toán, in this order."""

    REQUESTED = "requested"
    APPRAISED = "appraised"
    ALLOTTED = "allotted"
    SPENT = "spent"
    SETTLED = "settled"


class Stance(StrEnum):
    """What an opinion says of a plan, and what becomes of it in the answer."""

    AGREE = "agree"
    CHANGE = "change"
    TAKEN = "taken"
    EXPLAINED = "explained"


class LineEvent(StrEnum):
    """What happened to a line of a plan that is being drafted."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"


class SourceArea(StrEnum):
    """Areas a source of money may be limited to: difficulty zones, border and island communes."""

    ZONE_I = "I"
    ZONE_II = "II"
    ZONE_III = "III"
    BORDER = "border"
    ISLAND = "island"
