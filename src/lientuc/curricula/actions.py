"""Writes: topics, curricula and versions, councils, opinions, decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.hours import hours, quarters
from lientuc.core.names import fold, tidy
from lientuc.law.credits import EntryFacts, Form, Regime, Role, RuleSet, hours_of
from lientuc.law.deadlines import appraisal_due
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import Attachment
from lientuc.trail.record import action

from . import rules
from .enums import AppraisalState, CreditRegime, VersionState
from .files import survey_attachment
from .models import Appraisal, AppraisalCouncil, CouncilMember, Curriculum, CurriculumVersion, Opinion, Topic
from .queries import votes_on
from .rules import CouncilDraft, CurriculumDraft, DecisionDraft, OpinionDraft, VersionDraft


@action("curricula.load_topics")
def load_topics(*, rows: Iterable[dict[str, str]], by: Any) -> int:
    """Write topics by code (code, name_vi, name_en, family, source) and return how many there were; a known code is updated."""
    require(by, "registry.edit_catalogues")
    topics = [Topic(**row, name_fold=fold(row["name_vi"])) for row in rows]
    Topic.objects.bulk_create(
        topics,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_vi", "name_en", "name_fold", "family", "source"],
    )
    return len(topics)


@action("curricula.draft_curriculum")
def draft_curriculum(
    *, draft: CurriculumDraft, version: VersionDraft, organisation: Organisation, by: Any, key: str = ""
) -> Curriculum:
    """Begin a curriculum of `organisation` with its first version as a draft."""
    require(by, "curricula.edit_curriculum", organisation)
    known = Topic.objects.filter(code=draft.topic_code).exists()
    refuse_if((*rules.curriculum_problems(draft, topic_known=known), *rules.version_problems(version)))
    curriculum = Curriculum.objects.create(
        organisation=organisation,
        topic=Topic.objects.get(code=draft.topic_code),
        title=tidy(draft.title),
        regimes=[str(regime) for regime in draft.regimes],
    )
    CurriculumVersion.objects.create(curriculum=curriculum, number=1, **_content(version, curriculum))
    return curriculum


@action("curricula.revise_version")
def revise_version(*, version: CurriculumVersion, draft: VersionDraft, by: Any, key: str = "") -> CurriculumVersion:
    """Change a draft, or begin the next version of a curriculum whose text stands still; returns the draft."""
    require_row(by, "curricula.edit_curriculum", version)
    refuse_if(rules.version_problems(draft))
    version = _locked(version)
    content = _content(draft, version.curriculum)
    if version.state == VersionState.DRAFT:
        for name, value in content.items():
            setattr(version, name, value)
        version.save(update_fields=list(content))
        return version
    versions = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).filter(curriculum_id=version.curriculum_id)
    refuse_if(rules.why_not_revise(versions.values_list("state", flat=True)))
    last = versions.order_by("-number").values_list("number", flat=True)[0]
    return CurriculumVersion.objects.create(curriculum=version.curriculum, number=last + 1, **content)


@action("curricula.attach_needs_survey")
def attach_needs_survey(
    *, version: CurriculumVersion, file_name: str, media_type: str, content: bytes, by: Any, key: str = ""
) -> Attachment:
    """Keep the file of the needs survey beside a draft."""
    require_row(by, "curricula.edit_curriculum", version)
    if version.state != VersionState.DRAFT:
        raise Refused(Problem("curricula.wrong_state"))
    attachment = survey_attachment(version, file_name=file_name, media_type=media_type, content=content)
    attachment.save(force_insert=True)
    return attachment


@action("curricula.submit_version")
def submit_version(*, version: CurriculumVersion, by: Any, key: str = "") -> CurriculumVersion:
    """Hand a draft in for appraisal; refused without its needs survey. From here on its content stands still."""
    require_row(by, "curricula.edit_curriculum", version)
    version = _locked(version)
    refuse_if(rules.why_not_submit(version.state, version.needs_survey))
    version.content_hash = rules.content_hash({name: getattr(version, name) for name in version.CONTENT})
    version.state = VersionState.SUBMITTED
    version.submitted_at, version.submitted_by = now(), str(by.public_id)
    version.save(update_fields=["content_hash", "state", "submitted_at", "submitted_by"])
    return version


@action("curricula.withdraw_version")
def withdraw_version(*, version: CurriculumVersion, reason: str, by: Any, key: str = "") -> CurriculumVersion:
    """Take a version back, or out of use from today on; an open appraisal ends with it."""
    require_row(by, "curricula.edit_curriculum", version)
    version = _locked(version)
    refuse_if(rules.why_not_move(version.state, VersionState.WITHDRAWN))
    if not reason.strip():
        raise Refused(Problem("curricula.reasons_missing", "reason"))
    appraisals = Appraisal.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(version=version, state=AppraisalState.OPEN)
    appraisals.update(state=AppraisalState.WITHDRAWN)
    version.state, version.withdrawn_on = VersionState.WITHDRAWN, today()
    version.save(update_fields=["state", "withdrawn_on"])
    return version


@action("curricula.convene_council")
def convene_council(*, draft: CouncilDraft, organisation: Organisation, by: Any, key: str = "") -> AppraisalCouncil:
    """Set up a council by decision of `organisation`."""
    require(by, "curricula.convene_council", organisation)
    refuse_if(rules.council_problems(draft))
    council = AppraisalCouncil.objects.create(
        organisation=organisation,
        level=draft.level,
        name=tidy(draft.name),
        decision_number=tidy(draft.decision_number),
        convened_on=draft.convened_on,
    )
    CouncilMember.objects.bulk_create(
        CouncilMember(council=council, user=user, role=role) for user, role in draft.seats
    )
    return council


@action("curricula.receive_version")
def receive_version(
    *, version: CurriculumVersion, council: AppraisalCouncil, received_on: date, by: Any, key: str = ""
) -> Appraisal:
    """Put a submitted version whose file is complete before a council: the clock of Circular 22/2013 Art. 8 starts."""
    require(by, "curricula.convene_council", council.organisation)
    require_row(by, "curricula.convene_council", version)
    version = _locked(version)
    earlier = Appraisal.objects.unscoped(WhyUnscoped.RULE).filter(version=version)
    if version.state != VersionState.SUBMITTED or earlier.exclude(state=AppraisalState.WITHDRAWN).exists():
        raise Refused(Problem("curricula.wrong_state"))
    if received_on > today():
        raise Refused(Problem("curricula.received_in_future", "received_on"))
    due_on = appraisal_due(received_on).on or received_on
    return Appraisal.objects.create(version=version, council=council, received_on=received_on, due_on=due_on)


@action("curricula.give_opinion")
def give_opinion(*, appraisal: Appraisal, draft: OpinionDraft, by: Any, key: str = "") -> Opinion:
    """Record the opinion sheet of the member `by`; once, and never about one's own programme."""
    require_row(by, "curricula.give_opinion", appraisal)
    members = CouncilMember.objects.unscoped(WhyUnscoped.RULE)
    member = members.filter(council_id=appraisal.council_id, user=by).first()
    if member is None:
        raise Refused(Problem("curricula.not_a_member"))
    given = Opinion.objects.unscoped(WhyUnscoped.RULE).filter(appraisal=appraisal, member=member).exists()
    refuse_if(
        (
            *rules.why_not_opine(
                state_open=appraisal.state == AppraisalState.OPEN,
                is_author=appraisal.version.submitted_by == str(by.public_id),
                given_before=given,
            ),
            *rules.opinion_problems(draft),
        )
    )
    return Opinion.objects.create(
        appraisal=appraisal,
        member=member,
        verdict=draft.verdict,
        comment=draft.comment.strip(),
        conflict=tidy(draft.conflict),
        given_by=str(by.public_id),
    )


@action("curricula.decide_appraisal")
def decide_appraisal(*, appraisal: Appraisal, draft: DecisionDraft, by: Any, key: str = "") -> Appraisal:
    """Approve, return or refuse a version; approval needs more than half of the seats without conflict."""
    require(by, "curricula.decide_appraisal", appraisal.council.organisation)
    require_row(by, "curricula.decide_appraisal", appraisal)
    version = _locked(appraisal.version)
    appraisal.refresh_from_db(fields=["state"])
    if appraisal.state != AppraisalState.OPEN:
        raise Refused(Problem("curricula.appraisal_closed"))
    state = rules.VERDICT_STATES[draft.verdict]
    votes = votes_on(appraisal)
    refuse_if(
        (
            *rules.why_not_move(version.state, state),
            *rules.decision_problems(draft, votes, received_on=appraisal.received_on, on=today()),
        )
    )
    version.state, version.decided_on = state, draft.decided_on
    version.decision_number, version.review_due_on = tidy(draft.decision_number), draft.review_due_on
    version.decided_at, version.decided_by = now(), str(by.public_id)
    version.save(update_fields=["state", "decided_on", "decision_number", "review_due_on", "decided_at", "decided_by"])
    appraisal.state, appraisal.reasons = AppraisalState(state.value), draft.reasons.strip()
    appraisal.save(update_fields=["state", "reasons"])
    return appraisal


def _locked(version: CurriculumVersion) -> CurriculumVersion:
    rows = CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("curriculum__organisation")
    found: CurriculumVersion = rows.select_for_update(of=("self",)).get(pk=version.pk)
    return found


def _content(draft: VersionDraft, curriculum: Curriculum) -> dict[str, Any]:
    """The columns of a version, with the hours the law makes of its lessons today."""
    draft = replace(draft, objectives=draft.objectives.strip(), needs_survey=tidy(draft.needs_survey))
    lessons = quarters(draft.theory_lessons) + quarters(draft.practice_lessons)
    worth = {regime: _worth(regime, hours(lessons)) for regime in map(CreditRegime, curriculum.regimes)}
    return {
        "practice_gap": draft.practice_gap.strip(),
        "objectives": draft.objectives,
        "outcomes": draft.outcomes.strip(),
        "audience_titles": sorted(draft.audience_titles),
        "theory_quarters": quarters(draft.theory_lessons),
        "practice_quarters": quarters(draft.practice_lessons),
        "credit_quarters": worth.get(CreditRegime.P),
        "lesson_quarters": worth.get(CreditRegime.S),
        "min_attendance_percent": draft.min_attendance_percent,
        "materials": draft.materials.strip(),
        "lecturer_requirements": draft.lecturer_requirements.strip(),
        "needs_survey": draft.needs_survey,
        "review_due_on": draft.review_due_on,
    }


def _worth(regime: CreditRegime, lessons: Decimal) -> int:
    """Quarter hours a learner of this regime gets for `lessons` tiết."""
    entry = EntryFacts("", today(), Form.SHORT_COURSE, Role.LEARNER, units=lessons)
    return hours_of(entry, Regime(regime.value), RuleSet.default()).quarter_hours
