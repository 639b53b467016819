from enum import StrEnum


class Role(StrEnum):
    MINISTRY = "ministry"
    PROVINCIAL_COMMITTEE = "provincial_committee"
    HEALTH_DEPARTMENT = "health_department"
    FINANCE_DEPARTMENT = "finance_department"
    COMMUNE_COMMITTEE = "commune_committee"
    STATION = "station"
    TRAINING_OFFICE = "training_office"
    PROVIDER = "provider"
    COUNCIL_MEMBER = "council_member"
    HEALTH_WORKER = "health_worker"
    EVALUATOR = "evaluator"
    INSPECTOR = "inspector"
    CLERK = "clerk"
    AUDITOR = "auditor"
    PUBLIC = "public"


class Reach(StrEnum):
    """How far a permission carries from where the role is held."""

    OWN = "own"  # the organisation itself
    EMPLOYER = "emp"  # its subtree on the employer line
    PROFESSIONAL = "pro"  # its subtree on the professional line
    SELF = "self"  # rows about the person
    ASSIGNED = "assigned"  # rows the person was named to (team, council, study)
    ALL = "all"
