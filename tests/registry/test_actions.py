"""Writes about people, providers and catalogues: allowed, refused, not allowed, audited."""

from datetime import date

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import (
    correct_worker,
    end_post,
    grant_authority,
    lift_suspension,
    link_account,
    load_functions,
    load_techniques,
    merge_workers,
    open_post,
    record_leave,
    record_licence,
    register_provider,
    register_worker,
    reveal_national_number,
    state_technique,
    suspend_authority,
    take_on_worker,
    unmerge_worker,
    withdraw_licence,
)
from lientuc.registry.catalogue_rules import FunctionDraft, TechniqueDraft
from lientuc.registry.enums import EndReason, Equipment, LeaveBasis, LicenceKind, PostKind, ProviderCode, Title
from lientuc.registry.models import HealthWorker, Leave, Licence, Post, Technique, UnitFunction, UnitTechnique
from lientuc.registry.rules import (
    AuthorityDraft,
    LeaveDraft,
    LicenceDraft,
    PostDraft,
    WorkerDraft,
)
from lientuc.trail.models import AuditEntry
from tests.factories.registry import (
    make_authority,
    make_licence,
    make_post,
    make_provider,
    make_technique,
    make_worker,
)
from tests.world import World

DRAFT = WorkerDraft("Lê Văn Bình", Title.DOCTOR, national_number="001090000001", born_on=date(1990, 1, 2))
POST = PostDraft(PostKind.PERMANENT, "Bác sỹ điều trị", from_on=date(2026, 1, 1))
LICENCE = LicenceDraft(LicenceKind.GPHN, "000001/BYT-GPHN", issued_on=date(2024, 5, 1))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def everyone() -> list[str]:
    return list(HealthWorker.objects.unscoped(WhyUnscoped.SETUP).values_list("full_name", flat=True))


def test_person_is_registered_with_post_and_licence(world: World) -> None:
    by = world.user(Role.STATION)
    worker = register_worker(draft=DRAFT, organisation=world.station, by=by, post=POST, licence=LICENCE)
    post = Post.objects.unscoped(WhyUnscoped.SETUP).get()
    licence = Licence.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (worker.name_fold, worker.birth_year, worker.keeper) == ("le van binh", 1990, world.station)
    assert (post.worker, post.organisation, post.from_on) == (worker, world.station, date(2026, 1, 1))
    assert (licence.worker, licence.number) == (worker, "000001/BYT-GPHN")
    audit = AuditEntry.objects.get()
    assert (audit.action, audit.subject) == ("registry.register_worker", f"registry.healthworker:{worker.public_id}")
    assert audit.organisation == str(world.station.public_id)
    assert audit.values["draft"]["national_number"] == "***001"


def test_person_at_another_unit_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        register_worker(draft=DRAFT, organisation=world.station_b, by=world.user(Role.STATION))
    assert everyone() == []


def test_problems_of_person_post_and_licence_come_together(world: World) -> None:
    with pytest.raises(Refused) as refused:
        register_worker(
            draft=WorkerDraft("", Title.NURSE, national_number="12"),
            organisation=world.station,
            by=world.user(Role.STATION),
            post=PostDraft(None),
            licence=LicenceDraft(LicenceKind.GPHN, ""),
        )
    assert codes(refused) == [
        "registry.name_missing",
        "registry.number_wrong",
        "registry.post_kind_missing",
        "registry.licence_number_missing",
    ]
    assert everyone() == []


def test_person_sent_twice_with_one_key_is_registered_once(world: World) -> None:
    by = world.user(Role.STATION)
    first = register_worker(draft=DRAFT, organisation=world.station, by=by, key="k")
    assert register_worker(draft=DRAFT, organisation=world.station, by=by, key="k") == first


def test_number_of_a_person_in_another_province_is_taken(world: World) -> None:
    make_worker(world.organisation("station2"), national_number=DRAFT.national_number)
    with pytest.raises(Refused) as refused:
        register_worker(draft=DRAFT, organisation=world.station, by=world.user(Role.STATION))
    assert codes(refused) == ["registry.number_taken"]


def test_person_is_corrected_by_the_keeper_only(world: World) -> None:
    worker = make_worker(world.hospital)
    make_post(worker, world.station, responsible_for_training=False)
    with pytest.raises(NotAllowed):
        correct_worker(worker=worker, draft=DRAFT, by=world.user(Role.STATION))
    corrected = correct_worker(worker=worker, draft=DRAFT, by=world.user(Role.TRAINING_OFFICE))
    assert (corrected.full_name, corrected.name_fold, corrected.title) == ("Lê Văn Bình", "le van binh", "doctor")


def test_correcting_keeps_one_s_own_number(world: World) -> None:
    worker = make_worker(world.station, national_number=DRAFT.national_number)
    assert correct_worker(worker=worker, draft=DRAFT, by=world.user(Role.STATION)) == worker


def test_registered_person_is_taken_on_by_number_and_name(world: World) -> None:
    worker = make_worker(world.organisation("hospital2"), "Lê Văn Bình", national_number="001090000001")
    post = take_on_worker(
        national_number="001090000001",
        full_name="LE VAN BINH",
        organisation=world.station,
        draft=PostDraft(PostKind.CONTRACT, responsible_for_training=False),
        by=world.user(Role.STATION),
    )
    worker.refresh_from_db()
    assert (post.worker, post.organisation, worker.keeper) == (worker, world.station, world.organisation("hospital2"))


def test_number_with_another_name_finds_nobody(world: World) -> None:
    make_worker(world.organisation("hospital2"), "Lê Văn Bình", national_number="001090000001")
    with pytest.raises(Refused) as refused:
        take_on_worker(
            national_number="001090000001",
            full_name="Lê Thị Bình",
            organisation=world.station,
            draft=POST,
            by=world.user(Role.STATION),
        )
    assert codes(refused) == ["registry.no_such_person"]


def test_last_post_ended_takes_the_person_out_and_a_new_one_brings_them_back(world: World) -> None:
    worker = make_worker(world.station)
    by = world.user(Role.STATION)
    post = Post.objects.unscoped(WhyUnscoped.SETUP).get()
    end_post(post=post, on=date(2026, 2, 1), reason=EndReason.MOVED, by=by)
    worker.refresh_from_db()
    assert (worker.left_on, worker.left_reason) == (date(2026, 2, 1), "moved")
    open_post(worker=worker, organisation=world.station, draft=POST, by=by)
    worker.refresh_from_db()
    assert (worker.left_on, worker.left_reason) == (None, "")


def test_training_passes_to_the_post_that_remains(world: World) -> None:
    worker = make_worker(world.station)
    other = make_post(worker, world.hospital, share=50, responsible_for_training=False)
    mine = Post.objects.unscoped(WhyUnscoped.SETUP).get(organisation=world.station)
    end_post(post=mine, on=date(2026, 2, 1), reason=EndReason.RESIGNED, by=world.user(Role.STATION))
    worker.refresh_from_db()
    other.refresh_from_db()
    assert (worker.left_on, worker.keeper, other.responsible_for_training) == (None, world.hospital, True)


def test_post_of_another_unit_is_not_ended(world: World) -> None:
    post = make_post(make_worker(world.station_b, post=False), world.station_b)
    with pytest.raises(NotAllowed):
        end_post(post=post, on=date(2026, 2, 1), reason=EndReason.MOVED, by=world.user(Role.STATION))


def test_licence_recorded_again_is_corrected(world: World) -> None:
    worker = make_worker(world.station)
    by = world.user(Role.STATION)
    record_licence(worker=worker, draft=LICENCE, by=by)
    again = LicenceDraft(LicenceKind.GPHN, " 000001/BYT-GPHN ", issued_on=date(2024, 5, 2))
    licence = record_licence(worker=worker, draft=again, by=by)
    assert Licence.objects.unscoped(WhyUnscoped.SETUP).count() == 1
    assert (licence.number, licence.issued_on) == ("000001/BYT-GPHN", date(2024, 5, 2))


def test_licence_of_another_person_is_refused_but_not_of_a_duplicate(world: World) -> None:
    worker, other = make_worker(world.station), make_worker(world.station)
    make_licence(other, "000001/BYT-GPHN")
    by = world.user(Role.STATION)
    with pytest.raises(Refused) as refused:
        record_licence(worker=worker, draft=LICENCE, by=by)
    assert codes(refused) == ["registry.licence_taken"]
    merge_workers(duplicate=other, canonical=worker, reason="cùng một người", by=by)
    assert record_licence(worker=worker, draft=LICENCE, by=by).worker == worker


def test_licence_is_withdrawn_with_a_reason(world: World) -> None:
    licence = make_licence(make_worker(world.station))
    by = world.user(Role.STATION)
    with pytest.raises(Refused):
        withdraw_licence(licence=licence, on=date(2026, 1, 1), reason=" ", by=by)
    withdraw_licence(licence=licence, on=date(2026, 1, 1), reason="12/QĐ-SYT", by=by)
    assert licence.withdrawn_on == date(2026, 1, 1)
    assert AuditEntry.objects.get(action="registry.withdraw_licence").reason == "12/QĐ-SYT"


def test_leave_is_recorded_once(world: World) -> None:
    worker = make_worker(world.station)
    draft = LeaveDraft(LeaveBasis.MATERNITY, date(2026, 1, 1), date(2026, 6, 30))
    record_leave(worker=worker, draft=draft, by=world.user(Role.STATION))
    with pytest.raises(Refused) as refused:
        record_leave(worker=worker, draft=draft, by=world.user(Role.STATION))
    assert codes(refused) == ["registry.leave_overlaps"]
    assert Leave.objects.unscoped(WhyUnscoped.SETUP).count() == 1


def test_linked_account_sees_its_own_record(world: World) -> None:
    worker = make_worker(world.station)
    user = world.user(Role.HEALTH_WORKER)
    link_account(worker=worker, user=user, by=world.user(Role.STATION))
    assert list(HealthWorker.objects.visible_to(user, "registry.view_workers")) == [worker]
    with pytest.raises(Refused) as refused:
        link_account(worker=make_worker(world.station), user=user, by=world.user(Role.STATION))
    assert codes(refused) == ["registry.account_linked"]


def test_looking_at_a_number_leaves_a_trace(world: World) -> None:
    worker = make_worker(world.station)
    reveal_national_number(worker=worker, by=world.user(Role.STATION))
    audit = AuditEntry.objects.get()
    assert (audit.action, audit.subject) == ("registry.reveal_national_number", str(worker.ref))
    with pytest.raises(NotAllowed):
        reveal_national_number(worker=worker, by=world.user(Role.COMMUNE_COMMITTEE))


def test_merge_is_reversible_and_never_a_chain(world: World) -> None:
    first, second, third = (make_worker(world.station) for _ in range(3))
    by = world.user(Role.STATION)
    merge_workers(duplicate=second, canonical=first, reason="trùng", by=by)
    for duplicate, canonical in ((first, third), (third, second), (first, first)):
        with pytest.raises(Refused):
            merge_workers(duplicate=duplicate, canonical=canonical, reason="trùng", by=by)
    assert unmerge_worker(duplicate=second, reason="không trùng", by=by).canonical is None


def test_unmerge_waits_while_another_bears_the_number(world: World) -> None:
    first, second = make_worker(world.station), make_worker(world.station, national_number="001090000001")
    by = world.user(Role.STATION)
    merge_workers(duplicate=second, canonical=first, reason="trùng", by=by)
    make_worker(world.station, national_number="001090000001")
    with pytest.raises(Refused) as refused:
        unmerge_worker(duplicate=second, reason="không trùng", by=by)
    assert codes(refused) == ["registry.number_taken"]


def test_provider_is_registered_once_and_given_a_code(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    provider = register_provider(organisation=world.school, contact=" Phòng  Đào tạo ", by=by)
    with pytest.raises(Refused) as refused:
        register_provider(organisation=world.school, by=by)
    assert (provider.contact, codes(refused)) == ("Phòng Đào tạo", ["registry.provider_known"])
    draft = AuthorityDraft(ProviderCode.A, "A.01", "10/QĐ-BYT", date(2026, 1, 1))
    assert grant_authority(provider=provider, draft=draft, by=by).code == "A.01"
    with pytest.raises(Refused) as refused:
        grant_authority(provider=make_provider(world.hospital), draft=draft, by=by)
    assert codes(refused) == ["registry.provider_code_taken"]


def test_provider_does_not_write_its_own_authority(world: World) -> None:
    provider = make_provider(world.school)
    draft = AuthorityDraft(ProviderCode.A, "A.01", "10/QĐ-BYT", date(2026, 1, 1))
    for write in (
        lambda by: grant_authority(provider=provider, draft=draft, by=by),
        lambda by: suspend_authority(provider=provider, decision="1", from_on=date(2026, 1, 1), by=by),
    ):
        with pytest.raises(NotAllowed):
            write(world.user(Role.PROVIDER))


def test_suspension_is_lifted_and_a_grant_is_not(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    provider = make_provider(world.school)
    stop = suspend_authority(provider=provider, decision="9/QĐ-SYT", from_on=date(2026, 1, 1), by=by)
    assert lift_suspension(authority=stop, on=date(2026, 2, 1), by=by).to_on == date(2026, 2, 1)
    with pytest.raises(Refused) as refused:
        lift_suspension(authority=make_authority(provider), on=date(2026, 2, 1), by=by)
    assert codes(refused) == ["registry.not_a_suspension"]


def test_official_list_ends_the_illustrative_lines_it_does_not_name(world: World) -> None:
    by = world.user(Role.MINISTRY)
    make_technique("Minh họa", code="X1")
    function = FunctionDraft("F1", "Tiêm chủng", "Immunisation", OrganisationKind.STATION, date(2026, 1, 1))
    technique = TechniqueDraft("T1", "Tiêm  bắp", "Injection", CareLevel.INITIAL, date(2026, 1, 1), "F1")
    with clock_at(date(2026, 3, 1)):
        load_functions(drafts=[function], source="TT 1/2026", by=by)
        for _ in range(2):
            load_techniques(drafts=[technique], source="TT 23/2024", by=by)
    rows = Technique.objects.order_by("code").values_list("code", "name_fold", "function__code", "source", "to_on")
    assert list(rows) == [
        ("T1", "tiem bap", "F1", "TT 23/2024", None),
        ("X1", "minh hoa", None, "illustrative", date(2026, 2, 28)),
    ]
    assert UnitFunction.objects.count() == 1


def test_station_does_not_import_catalogues(world: World) -> None:
    with pytest.raises(NotAllowed):
        load_techniques(drafts=[], source="x", by=world.user(Role.STATION))


def test_last_statement_about_a_technique_counts(world: World) -> None:
    technique = make_technique()
    by = world.user(Role.STATION)
    for performed, equipment in ((False, Equipment.ABSENT), (True, Equipment.PRESENT)):
        state_technique(
            organisation=world.station, technique=technique, performed=performed, equipment=equipment, by=by
        )
    row = UnitTechnique.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (row.performed, row.equipment) == (True, "present")
    with pytest.raises(NotAllowed):
        state_technique(
            organisation=world.station_b, technique=technique, performed=True, equipment=Equipment.PRESENT, by=by
        )
