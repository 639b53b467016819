"""Writes of curricula: each action happy, refused, not allowed, audited; content that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lientuc.accounts.enums import Role
from lientuc.accounts.models import User
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula import actions, queries
from lientuc.curricula.enums import CouncilLevel, CouncilRole, CreditRegime, Verdict, VersionState
from lientuc.curricula.models import Appraisal, Curriculum, CurriculumVersion, Opinion, Topic
from lientuc.curricula.rules import CouncilDraft, CurriculumDraft, DecisionDraft, OpinionDraft, VersionDraft
from lientuc.curricula.topics import shipped_topics
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from tests.factories.curricula import (
    make_appraisal,
    make_approved_version,
    make_council,
    make_member,
    make_submitted_version,
    make_topic,
    make_version,
)
from tests.world import World

TEXT = VersionDraft(
    objectives="Xử trí được sốc phản vệ.",
    audience_titles=("nurse", "doctor"),
    theory_lessons=Decimal(8),
    practice_lessons=Decimal("8.5"),
    min_attendance_percent=80,
    needs_survey="Khảo sát 01/2026, 42 người trả lời",
)
PROGRAMME = CurriculumDraft("Phòng và xử trí phản vệ", "emergency.basic", (CreditRegime.P, CreditRegime.S))


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock_at(date(2026, 3, 2)):
        yield


def codes(caught: Any) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def versions() -> Any:
    return CurriculumVersion.objects.unscoped(WhyUnscoped.RULE)


def approvers(world: World, appraisal: Appraisal, count: int, *, of: int) -> None:
    """`of` seats, `count` of them approving."""
    for number in range(of):
        user = User.objects.create(username=f"m{number}", full_name=f"Thành viên {number}", password="!")
        member = make_member(appraisal.council, user, CouncilRole.CHAIR if number == 0 else CouncilRole.MEMBER)
        if number < count:
            Opinion.objects.create(appraisal=appraisal, member=member, verdict=Verdict.APPROVE, given_by="test")


def test_drafted_curriculum_has_version_one_with_hours_made_by_law(world: World) -> None:
    make_topic()
    by = world.user(Role.PROVIDER)
    row = actions.draft_curriculum(draft=PROGRAMME, version=TEXT, organisation=world.school, by=by)
    version = versions().get(curriculum=row)
    assert (version.number, version.state, version.theory_quarters, version.practice_quarters) == (1, "draft", 32, 34)
    assert (version.credit_quarters, version.lesson_quarters) == (66, 66)
    assert AuditEntry.objects.get().action == "curricula.draft_curriculum"


def test_curriculum_for_one_regime_states_no_hours_of_the_other(world: World) -> None:
    make_topic()
    draft = replace(PROGRAMME, regimes=(CreditRegime.S,))
    row = actions.draft_curriculum(draft=draft, version=TEXT, organisation=world.school, by=world.user(Role.PROVIDER))
    version = versions().get(curriculum=row)
    assert (version.credit_quarters, version.lesson_quarters) == (None, 66)


def test_curriculum_of_another_provider_is_not_allowed(world: World) -> None:
    make_topic()
    with pytest.raises(NotAllowed):
        actions.draft_curriculum(
            draft=PROGRAMME, version=TEXT, organisation=world.organisation("school_b"), by=world.user(Role.PROVIDER)
        )


def test_curriculum_with_unknown_topic_writes_nothing(world: World) -> None:
    with pytest.raises(Refused) as caught:
        actions.draft_curriculum(draft=PROGRAMME, version=TEXT, organisation=world.school, by=world.user(Role.PROVIDER))
    assert codes(caught) == ["curricula.topic_unknown"]
    assert not Curriculum.objects.unscoped(WhyUnscoped.RULE).exists()


def test_same_key_drafts_one_curriculum(world: World) -> None:
    make_topic()
    by = world.user(Role.PROVIDER)
    first = actions.draft_curriculum(draft=PROGRAMME, version=TEXT, organisation=world.school, by=by, key="k")
    again = actions.draft_curriculum(draft=PROGRAMME, version=TEXT, organisation=world.school, by=by, key="k")
    assert first.pk == again.pk


def test_revising_a_draft_changes_it(world: World) -> None:
    version = make_version(world.school)
    changed = actions.revise_version(
        version=version, draft=replace(TEXT, objectives="Mới"), by=world.user(Role.PROVIDER)
    )
    assert (changed.pk, changed.objectives, changed.number) == (version.pk, "Mới", 1)


def test_revising_an_approved_version_begins_the_next(world: World) -> None:
    version = make_approved_version(world.school)
    made = actions.revise_version(version=version, draft=TEXT, by=world.user(Role.PROVIDER))
    assert (made.number, made.state, versions().get(pk=version.pk).state) == (2, "draft", "approved")


def test_revising_while_another_version_is_open_is_refused(world: World) -> None:
    approved = make_approved_version(world.school)
    make_version(world.school, curriculum=approved.curriculum, number=2)
    with pytest.raises(Refused) as caught:
        actions.revise_version(version=approved, draft=TEXT, by=world.user(Role.PROVIDER))
    assert codes(caught) == ["curricula.version_open"]


def test_difference_names_what_changed(world: World) -> None:
    version = make_approved_version(world.school)
    made = actions.revise_version(
        version=version, draft=replace(TEXT, theory_lessons=Decimal(10)), by=world.user(Role.PROVIDER)
    )
    changed = {change.field: (change.before, change.after) for change in queries.differences(version, made)}
    assert changed["theory_quarters"] == (32, 40)
    assert "objectives" not in changed


def test_submitted_version_carries_its_hash_and_time(world: World) -> None:
    version = actions.submit_version(version=make_version(world.school), by=world.user(Role.PROVIDER))
    assert (version.state, len(version.content_hash), version.submitted_by) == (
        "submitted", 64, str(world.user(Role.PROVIDER).public_id),
    )  # fmt: skip


def test_version_without_needs_survey_cannot_be_submitted(world: World) -> None:
    version = make_version(world.school, needs_survey="")
    with pytest.raises(Refused) as caught:
        actions.submit_version(version=version, by=world.user(Role.PROVIDER))
    assert codes(caught) == ["curricula.needs_survey_missing"]


def test_submitted_content_cannot_change_even_by_sql(world: World) -> None:
    version = make_submitted_version(world.school)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        versions().filter(pk=version.pk).update(objectives="Khác")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        versions().filter(pk=version.pk).delete()


def test_twin_without_the_trigger_lets_submitted_content_change(world: World) -> None:
    version = make_submitted_version(world.school)
    on_table = " ON curricula_curriculumversion" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER curricula_curriculumversion_frozen{on_table}")
    versions().filter(pk=version.pk).update(objectives="Khác")
    assert versions().get(pk=version.pk).objectives == "Khác"


def test_draft_content_may_change(world: World) -> None:
    version = make_version(world.school)
    versions().filter(pk=version.pk).update(objectives="Khác")
    assert versions().get(pk=version.pk).objectives == "Khác"


def test_survey_file_is_kept_beside_a_draft(world: World) -> None:
    version = make_version(world.school)
    row = actions.attach_needs_survey(
        version=version,
        file_name="ks.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7 ok",
        by=world.user(Role.PROVIDER),
    )
    assert (row.owner, row.size) == (str(version.ref), 11)


def test_survey_file_of_another_kind_is_refused(world: World) -> None:
    with pytest.raises(Refused) as caught:
        actions.attach_needs_survey(
            version=make_version(world.school),
            file_name="ks.pdf",
            media_type="application/pdf",
            content=b"MZ",
            by=world.user(Role.PROVIDER),
        )
    assert codes(caught) == ["curricula.file_kind"]


def test_council_is_convened_by_its_organisation(world: World) -> None:
    chair = world.user(Role.COUNCIL_MEMBER)
    draft = CouncilDraft(
        "Hội đồng", CouncilLevel.PROVINCIAL, "11/QĐ-SYT", date(2026, 1, 5), ((chair, CouncilRole.CHAIR),)
    )
    row = actions.convene_council(draft=draft, organisation=world.department, by=world.user(Role.HEALTH_DEPARTMENT))
    assert [(member.user_id, member.role) for member in row.members.unscoped(WhyUnscoped.RULE)] == [(chair.pk, "chair")]


def test_council_by_a_provider_is_not_allowed(world: World) -> None:
    draft = CouncilDraft("Hội đồng", CouncilLevel.SCHOOL, "1/QĐ", date(2026, 1, 5), ())
    with pytest.raises(NotAllowed):
        actions.convene_council(draft=draft, organisation=world.school, by=world.user(Role.PROVIDER))


def test_received_version_is_due_after_thirty_days(world: World) -> None:
    row = actions.receive_version(
        version=make_submitted_version(world.school),
        council=make_council(world.department),
        received_on=date(2026, 2, 2),
        by=world.user(Role.HEALTH_DEPARTMENT),
    )
    assert row.due_on == date(2026, 3, 4)


def test_received_version_cannot_be_received_twice(world: World) -> None:
    row = make_appraisal(world.school)
    with pytest.raises(Refused) as caught:
        actions.receive_version(
            version=row.version,
            council=make_council(world.department),
            received_on=date(2026, 2, 2),
            by=world.user(Role.HEALTH_DEPARTMENT),
        )
    assert codes(caught) == ["curricula.wrong_state"]


@pytest.mark.parametrize(("day", "refused"), [(2, False), (3, True)])
def test_file_cannot_be_complete_after_today(world: World, day: int, refused: bool) -> None:
    council, version = make_council(world.department), make_submitted_version(world.school)
    by = world.user(Role.HEALTH_DEPARTMENT)
    if refused:
        with pytest.raises(Refused) as caught:
            actions.receive_version(version=version, council=council, received_on=date(2026, 3, day), by=by)
        assert codes(caught) == ["curricula.received_in_future"]
    else:
        assert actions.receive_version(version=version, council=council, received_on=date(2026, 3, day), by=by).pk


def test_member_gives_one_opinion(world: World) -> None:
    row = make_appraisal(world.school)
    by = world.user(Role.COUNCIL_MEMBER)
    make_member(row.council, by)
    actions.give_opinion(appraisal=row, draft=OpinionDraft(Verdict.APPROVE, "Tốt"), by=by)
    with pytest.raises(Refused) as caught:
        actions.give_opinion(appraisal=row, draft=OpinionDraft(Verdict.APPROVE), by=by)
    assert codes(caught) == ["curricula.opinion_given"]


def test_person_without_seat_gives_no_opinion(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.give_opinion(
            appraisal=make_appraisal(world.school),
            draft=OpinionDraft(Verdict.APPROVE),
            by=world.user(Role.COUNCIL_MEMBER),
        )


def test_author_gives_no_opinion_on_the_own_programme(world: World) -> None:
    by = world.user(Role.COUNCIL_MEMBER)
    version = make_submitted_version(world.school, submitted_by=str(by.public_id))
    row = make_appraisal(world.school, version=version)
    make_member(row.council, by)
    with pytest.raises(Refused) as caught:
        actions.give_opinion(appraisal=row, draft=OpinionDraft(Verdict.APPROVE), by=by)
    assert codes(caught) == ["curricula.member_is_author"]


def test_opinion_cannot_be_rewritten(world: World) -> None:
    row = make_appraisal(world.school)
    approvers(world, row, 1, of=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.unscoped(WhyUnscoped.RULE).update(verdict="refuse")


@pytest.mark.parametrize(("approvals", "approved"), [(2, False), (3, True)])
def test_approval_needs_more_than_half_of_four_seats(world: World, approvals: int, approved: bool) -> None:
    row = make_appraisal(world.school, council=make_council(world.department))
    approvers(world, row, approvals, of=4)
    draft = DecisionDraft(Verdict.APPROVE, date(2026, 3, 2), "12/QĐ-SYT", review_due_on=date(2029, 3, 2))
    by = world.user(Role.HEALTH_DEPARTMENT)
    if approved:
        decided = actions.decide_appraisal(appraisal=row, draft=draft, by=by)
        version = versions().get(pk=row.version_id)
        assert (decided.state, version.state, version.decision_number) == ("approved", "approved", "12/QĐ-SYT")
    else:
        with pytest.raises(Refused) as caught:
            actions.decide_appraisal(appraisal=row, draft=draft, by=by)
        assert codes(caught) == ["curricula.no_majority"]


@pytest.mark.parametrize("verdict", [Verdict.RETURN, Verdict.REFUSE])
def test_return_and_refusal_keep_their_reasons(world: World, verdict: Verdict) -> None:
    row = make_appraisal(world.school, council=make_council(world.department))
    draft = DecisionDraft(verdict, date(2026, 3, 2), reasons="Thiếu tài liệu")
    decided = actions.decide_appraisal(appraisal=row, draft=draft, by=world.user(Role.HEALTH_DEPARTMENT))
    expected = {Verdict.RETURN: "returned", Verdict.REFUSE: "refused"}[verdict]
    assert (decided.state, decided.reasons, versions().get(pk=row.version_id).state) == (
        expected, "Thiếu tài liệu", expected,
    )  # fmt: skip


def test_decision_of_another_province_is_not_allowed(world: World) -> None:
    row = make_appraisal(world.organisation("school2"), council=make_council(world.organisation("department2")))
    with pytest.raises(NotAllowed):
        actions.decide_appraisal(
            appraisal=row,
            draft=DecisionDraft(Verdict.RETURN, date(2026, 3, 2), reasons="x"),
            by=world.user(Role.HEALTH_DEPARTMENT),
        )


def test_decided_appraisal_is_closed(world: World) -> None:
    row = make_appraisal(world.school, council=make_council(world.department))
    draft = DecisionDraft(Verdict.RETURN, date(2026, 3, 2), reasons="x")
    actions.decide_appraisal(appraisal=row, draft=draft, by=world.user(Role.HEALTH_DEPARTMENT))
    with pytest.raises(Refused) as caught:
        actions.decide_appraisal(appraisal=row, draft=draft, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["curricula.appraisal_closed"]


def test_withdrawn_version_ends_its_appraisal(world: World) -> None:
    row = make_appraisal(world.school)
    version = actions.withdraw_version(version=row.version, reason="Soạn lại", by=world.user(Role.PROVIDER))
    row.refresh_from_db()
    assert (version.state, version.withdrawn_on, row.state) == (
        VersionState.WITHDRAWN, date(2026, 3, 2), "withdrawn",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 3, 1), "not_yet"),
        (date(2026, 3, 2), "approved"),
        (date(2026, 5, 31), "approved"),
        (date(2026, 6, 1), "withdrawn"),
    ],
)
def test_version_is_approved_from_decision_to_the_day_before_withdrawal(world: World, day: date, reason: str) -> None:
    version = make_approved_version(world.school, state=VersionState.WITHDRAWN, withdrawn_on=date(2026, 6, 1))
    assert queries.approved_on(version, day).reason == reason


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "refused"])
def test_undecided_version_is_not_approved(world: World, state: str) -> None:
    version = make_submitted_version(world.school, state=state)
    assert queries.approved_on(version, date(2026, 3, 2)).approved is False


def test_shipped_topics_load_and_load_again(world: World) -> None:
    by = world.user(Role.MINISTRY)
    count = actions.load_topics(rows=shipped_topics(), by=by)
    actions.load_topics(rows=shipped_topics(), by=by)
    assert (Topic.objects.count(), set(Topic.objects.values_list("source", flat=True))) == (count, {"illustrative"})


def test_topics_by_a_provider_are_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.load_topics(rows=shipped_topics(), by=world.user(Role.PROVIDER))
