"""Rows of the curricula room for tests; `label` is the text their page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.accounts.models import User
from lientuc.core.clock import now
from lientuc.curricula.enums import CouncilLevel, CouncilRole, VersionState
from lientuc.curricula.models import Appraisal, AppraisalCouncil, CouncilMember, Curriculum, CurriculumVersion, Topic
from lientuc.places.models import Organisation


def make_topic(code: str = "emergency.basic", **fields: Any) -> Topic:
    """The topic with this code, made where it is missing."""
    defaults: dict[str, Any] = {
        "name_vi": "Cấp cứu cơ bản",
        "name_en": "Basic emergency care",
        "family": "emergency",
        "source": "test",
    }
    return Topic.objects.get_or_create(code=code, defaults=defaults | {"name_fold": "cap cuu co ban"} | fields)[0]


def make_curriculum(organisation: Organisation, label: str = "Chương trình thử", **fields: Any) -> Curriculum:
    """A curriculum without versions, meant for both regimes."""
    values: dict[str, Any] = {"topic": fields.pop("topic", None) or make_topic(), "regimes": ["p", "s"]}
    return Curriculum.objects.create(organisation=organisation, title=label, **(values | fields))


def make_version(organisation: Organisation, label: str = "Chương trình thử", **fields: Any) -> CurriculumVersion:
    """A draft version of 16 lessons with a needs survey, in a curriculum of its own unless one is given."""
    curriculum = fields.pop("curriculum", None) or make_curriculum(organisation, label)
    values: dict[str, Any] = {
        "number": 1,
        "objectives": "Xử trí được sốc phản vệ.",
        "audience_titles": ["doctor", "nurse"],
        "theory_quarters": 32,
        "practice_quarters": 32,
        "credit_quarters": 64,
        "lesson_quarters": 64,
        "min_attendance_percent": 80,
        "needs_survey": "Khảo sát nhu cầu tháng 01/2026",
    }
    return CurriculumVersion.objects.create(curriculum=curriculum, **(values | fields))


def make_submitted_version(
    organisation: Organisation, label: str = "Chương trình thử", **fields: Any
) -> CurriculumVersion:
    """A version waiting for its appraisal."""
    state: dict[str, Any] = {"state": VersionState.SUBMITTED, "submitted_at": now(), "submitted_by": "test"}
    return make_version(organisation, label, **(state | fields))


def make_approved_version(
    organisation: Organisation, label: str = "Chương trình thử", **fields: Any
) -> CurriculumVersion:
    """A version in use since 02/03/2026."""
    state: dict[str, Any] = {
        "state": VersionState.APPROVED,
        "submitted_at": now(),
        "submitted_by": "test",
        "decided_at": now(),
        "decided_by": "test",
        "decided_on": date(2026, 3, 2),
        "decision_number": "12/QĐ-SYT",
    }
    return make_version(organisation, label, **(state | fields))


def make_council(organisation: Organisation, label: str = "Hội đồng thử", **fields: Any) -> AppraisalCouncil:
    """A provincial council without members."""
    values: dict[str, Any] = {
        "level": CouncilLevel.PROVINCIAL,
        "decision_number": "11/QĐ-SYT",
        "convened_on": date(2026, 1, 5),
    }
    return AppraisalCouncil.objects.create(organisation=organisation, name=label, **(values | fields))


def make_member(council: AppraisalCouncil, user: User, role: CouncilRole = CouncilRole.MEMBER) -> CouncilMember:
    """A seat in a council."""
    return CouncilMember.objects.create(council=council, user=user, role=role)


def make_appraisal(organisation: Organisation, label: str = "Chương trình thử", **fields: Any) -> Appraisal:
    """An open appraisal; curriculum and council both belong to `organisation` unless given."""
    version = fields.pop("version", None) or make_submitted_version(organisation, label)
    council = fields.pop("council", None) or make_council(organisation)
    values: dict[str, Any] = {"received_on": date(2026, 2, 2), "due_on": date(2026, 3, 4)}
    return Appraisal.objects.create(version=version, council=council, **(values | fields))


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "curricula.Curriculum": lambda organisation, label: make_version(organisation, label).curriculum,
    "curricula.CurriculumVersion": make_version,
    "curricula.AppraisalCouncil": make_council,
    "curricula.Appraisal": make_appraisal,
}

LISTS: dict[str, str] = {
    "curricula:curricula": "curricula.Curriculum",
    "curricula:export": "curricula.Curriculum",
    "curricula:councils": "curricula.AppraisalCouncil",
    "curricula:appraisals": "curricula.Appraisal",
}
