"""Two records of one person: likeness, the finder, merges with their way back, two persons remembered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.credits.models import StandingRow
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import (
    correct_worker,
    look_again,
    merge_workers,
    record_leave,
    register_worker,
    tell_apart,
    unmerge_worker,
)
from lientuc.registry.duplicates.candidates import find_pairs
from lientuc.registry.duplicates.queries import choices_between, hanging_on, pairs, records_of
from lientuc.registry.duplicates.rules import RecordFacts, is_slip, licence_key, likeness, score, survivors
from lientuc.registry.duplicates.work import find
from lientuc.registry.enums import LeaveBasis, Likeness, PairState, PostKind, Side, Title
from lientuc.registry.models import DuplicatePair, HealthWorker, Licence, Post, WorkerMerge
from lientuc.registry.rules import LeaveDraft, PostDraft, WorkerDraft
from lientuc.trail.models import Job
from tests.factories.credits import make_entry
from tests.factories.registry import make_licence, make_pair, make_post, make_worker
from tests.world import World

BORN = date(1980, 5, 20)
AN = RecordFacts("tran thi an", born_on=BORN, birth_year=1980)


def all_pairs(**wanted: Any) -> list[tuple[str, str, int, str]]:
    rows = DuplicatePair.objects.unscoped(WhyUnscoped.SETUP).filter(**wanted).select_related("first", "second")
    return [(row.first.full_name, row.second.full_name, row.score, row.state) for row in rows.order_by("-score", "pk")]


def fresh(worker: HealthWorker) -> HealthWorker:
    return HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(pk=worker.pk)


def posts_of(worker: HealthWorker) -> list[tuple[str, bool]]:
    rows = Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker).select_related("organisation")
    return [(row.organisation.code, row.responsible_for_training) for row in rows.order_by("pk")]


@pytest.mark.parametrize(
    ("other", "expected", "points"),
    [
        (RecordFacts("tran thi an", born_on=BORN, birth_year=1980), (Likeness.NAME, Likeness.BIRTH_DATE), 60),
        (RecordFacts("tran thi an", birth_year=1980), (Likeness.NAME, Likeness.BIRTH_YEAR), 40),
        (RecordFacts("tran thi an"), (Likeness.NAME,), 25),
        (RecordFacts("tran thi an", born_on=date(1980, 5, 21)), (Likeness.NAME, Likeness.OTHER_BIRTH), 0),
        (RecordFacts("le van binh", born_on=BORN), (Likeness.BIRTH_DATE, Likeness.OTHER_NAME), 10),
    ],
)
def test_likeness_tells_its_reasons(other: RecordFacts, expected: tuple[Likeness, ...], points: int) -> None:
    assert (likeness(AN, other), score(likeness(AN, other))) == (expected, points)


def test_likeness_weighs_numbers_units_and_licences() -> None:
    one = RecordFacts(
        "a", national_number="001080000012", units=frozenset({1}), licences=frozenset({"1/BYT"}), sex="male"
    )
    other = RecordFacts(
        "a", national_number="001080000021", units=frozenset({1, 2}), licences=frozenset({"1/BYT"}), sex="female"
    )
    assert likeness(one, other) == (
        Likeness.LICENCE,
        Likeness.NAME,
        Likeness.UNIT,
        Likeness.NUMBER_SLIP,
        Likeness.OTHER_SEX,
    )
    assert score(likeness(one, other)) == 100


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("001080000012", "001080000013", True),
        ("001080000012", "001080000021", True),
        ("001080000012", "001080000023", False),
        ("001080000012", "00108000012", False),
    ],
)
def test_slip_is_one_digit_or_two_neighbours(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip


def test_licence_key_is_the_same_however_written() -> None:
    assert {licence_key(text) for text in ("0123/hno-cchn", "123 / HNO-CCHN", "00123/HNO-CCHN")} == {"123/HNO-CCHN"}


def test_survivors_are_the_main_ones_unless_empty_or_chosen() -> None:
    blank: dict[str, Any] = dict.fromkeys(
        ("full_name", "national_number", "old_number", "born_on", "birth_year", "sex", "ethnicity", "title",
         "title_code", "specialty", "phone", "email"), ""
    )  # fmt: skip
    main = {**blank, "full_name": "An", "phone": "1", "title": "nurse"}
    other = {**blank, "full_name": "An An", "phone": "2", "title": "doctor", "email": "a@b.vn"}
    chosen = {"title": Side.OTHER, "phone": Side.MAIN}
    assert survivors(main, other, chosen) == {"title": "doctor", "email": "a@b.vn"}


def test_finder_pairs_by_licence_old_number_name_and_unit(world: World) -> None:
    def person(name: str, unit: Any = world.station, **fields: Any) -> HealthWorker:
        return make_worker(unit, name, **{"national_number": None, "born_on": None, **fields})

    make_licence(person("Lê Bảy"), "00077/M1-CCHN")
    make_licence(person("Lê Thị Bảy", world.hospital), "77 /M1-CCHN")
    person("Cù Chín", old_number="012345678", born_on=BORN)
    person("Cù Chín", world.hospital, old_number="012345678")
    person("Đỗ Ba", born_on=BORN)
    person("DO BA", world.related(Role.STATION, "other"), born_on=BORN)
    person("Hà Tư", birth_year=1970, phone="0912345678")
    person("Hà Tư", world.hospital, birth_year=1970, phone="0912345678")
    person("Ma Năm", birth_year=1971)
    person("Ma Năm", birth_year=1971)
    person("Vi Sáu", birth_year=1971)
    person("Vi Sáu", world.hospital, birth_year=1972)
    assert find_pairs() == 5
    assert all_pairs() == [
        ("Cù Chín", "Cù Chín", 100, "open"),
        ("Đỗ Ba", "DO BA", 60, "open"),
        ("Hà Tư", "Hà Tư", 60, "open"),
        ("Lê Bảy", "Lê Thị Bảy", 55, "open"),
        ("Ma Năm", "Ma Năm", 55, "open"),
    ]


def test_two_people_with_two_numbers_are_not_brought_up(world: World) -> None:
    for number in ("001080000001", "001080999777"):
        make_worker(world.station, "Trần Thị An", national_number=number, born_on=BORN)
    assert (find_pairs(), all_pairs()) == (0, [])


def test_changed_record_is_compared_at_once_and_mended_record_leaves_the_list(world: World) -> None:
    by = world.user(Role.STATION)
    make_worker(world.station, "Trần Thị An", national_number=None, born_on=BORN)
    draft = WorkerDraft("Trần Thị An", Title.NURSE, born_on=BORN)
    twin = register_worker(draft=draft, organisation=world.station, by=by, post=PostDraft(PostKind.CONTRACT))
    assert [row[3] for row in all_pairs()] == ["open"]
    correct_worker(worker=twin, draft=WorkerDraft("Lò Thị Hoa", Title.NURSE, born_on=BORN), by=by)
    assert [row[3] for row in all_pairs()] == ["gone"]
    correct_worker(worker=twin, draft=draft, by=by)
    assert [row[3] for row in all_pairs()] == ["open"]


def test_told_apart_is_remembered_until_looked_at_again(world: World) -> None:
    by = world.user(Role.STATION)
    for _ in range(2):
        make_worker(world.station, "Trần Thị An", national_number=None, born_on=BORN)
    find_pairs()
    pair = DuplicatePair.objects.unscoped(WhyUnscoped.SETUP).get()
    with pytest.raises(Refused):
        tell_apart(pair=pair, reason=" ", by=by)
    tell_apart(pair=pair, reason="hai chị em", by=by)
    find_pairs()
    assert [row[3] for row in all_pairs()] == ["distinct"]
    assert list(pairs(by=by)) == []
    look_again(pair=pair, by=by)
    assert list(pairs(by=by)) == [pair]
    with pytest.raises(Refused):
        look_again(pair=pair, by=by)


def test_search_is_a_job_within_ones_units(world: World) -> None:
    for unit in (world.station, world.station, world.hospital, world.hospital):
        make_worker(unit, f"Người {unit.code}", national_number=None, born_on=BORN)
    assert find({"organisations": [str(world.station.public_id)]}, lambda share: None) == {"pairs": 1}
    assert find({"organisations": []}, lambda share: None) == {"pairs": 2}
    assert Job.objects.count() == 0


def test_pair_is_seen_by_whoever_sees_both(world: World) -> None:
    other = world.related(Role.HEALTH_DEPARTMENT, "other")
    make_pair(world.station, "Một")
    across = DuplicatePair.objects.create(
        first=make_worker(world.station, "Hai"), second=make_worker(world.hospital, "Hai"), score=60
    )
    far = DuplicatePair.objects.create(
        first=make_worker(world.station, "Ba"), second=make_worker(other, "Ba"), score=60
    )
    seen = {role: len(pairs(by=world.user(role))) for role in (Role.STATION, Role.HEALTH_DEPARTMENT, Role.MINISTRY)}
    assert seen == {Role.STATION: 1, Role.HEALTH_DEPARTMENT: 2, Role.MINISTRY: 3}
    with pytest.raises(NotAllowed):
        merge_workers(duplicate=across.first, canonical=across.second, reason="x", by=world.user(Role.STATION))
    with pytest.raises(NotAllowed):
        tell_apart(pair=far, reason="x", by=world.user(Role.HEALTH_DEPARTMENT))
    assert merge_workers(duplicate=far.first, canonical=far.second, reason="x", by=world.user(Role.MINISTRY)).canonical


def test_merge_brings_over_what_moves_and_the_way_back_restores_it(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    main = make_worker(world.station, "Trần Thị An", phone="", born_on=None, birth_year=1980)
    other = make_worker(world.hospital, "Trần Thị An", phone="0912345678", born_on=BORN, title=Title.MIDWIFE)
    make_post(other, world.station, responsible_for_training=False)
    make_licence(main, "7/M1-CCHN")
    same, own = make_licence(other, "007/M1-CCHN"), make_licence(other, "8/BYT-GPHN")
    record_leave(worker=other, draft=LeaveDraft(LeaveBasis.SICKNESS, date(2026, 1, 1), date(2026, 2, 1)), by=by)
    entry = make_entry(other.keeper, worker=other)
    numbers = main.national_number, other.national_number
    merge_workers(duplicate=other, canonical=main, reason="một người", by=by, chosen={"title": Side.OTHER})
    person = fresh(main)
    assert (person.phone, person.born_on, person.title) == ("0912345678", BORN, "midwife")
    assert (posts_of(main), posts_of(other)) == ([("station", True), ("hospital", False)], [("station", False)])
    held = Licence.objects.unscoped(WhyUnscoped.SETUP)
    assert (held.get(pk=own.pk).worker_id, held.get(pk=same.pk).worker_id) == (main.pk, other.pk)
    assert (fresh(other).keeper, type(entry).objects.unscoped(WhyUnscoped.SETUP).get().worker_id) == (
        world.station,
        other.pk,
    )
    unmerge_worker(duplicate=fresh(other), reason="hai người", by=by)
    back, again = fresh(main), fresh(other)
    assert (back.phone, back.born_on, back.title, back.keeper) == ("", None, "nurse", world.station)
    assert (back.national_number, again.national_number) == numbers
    assert (again.canonical, again.keeper) == (None, world.hospital)
    assert (posts_of(main), posts_of(other)) == ([("station", True)], [("hospital", True), ("station", False)])
    assert [row[3] for row in all_pairs()] == ["distinct"]
    merge = WorkerMerge.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (merge.undone_by, merge.undo_reason) == (by, "hai người")


def test_what_was_changed_after_the_merge_stays(world: World) -> None:
    by = world.user(Role.STATION)
    main, other = make_worker(world.station, phone=""), make_worker(world.station, phone="0912345678")
    merge_workers(duplicate=other, canonical=main, reason="một người", by=by)
    main.phone = "0987654321"
    main.save(update_fields=["phone"])
    unmerge_worker(duplicate=fresh(other), reason="hai người", by=by)
    assert (fresh(main).phone, fresh(other).phone) == ("0987654321", "0912345678")


def test_merged_person_is_counted_once_with_the_hours_of_both(world: World) -> None:
    by = world.user(Role.STATION)
    main, other = make_worker(world.station), make_worker(world.station)
    for worker in (main, other):
        make_entry(world.station, f"Lớp của {worker.pk}", worker=worker)
    merge_workers(duplicate=other, canonical=main, reason="một người", by=by)
    rows = StandingRow.objects.unscoped(WhyUnscoped.SETUP)
    assert list(rows.values_list("worker", "on_date")) == [(main.pk, today())]
    together = rows.get().counted_quarters
    unmerge_worker(duplicate=fresh(other), reason="hai người", by=by)
    assert sorted(rows.values_list("worker", flat=True)) == [main.pk, other.pk]
    assert sum(rows.values_list("counted_quarters", flat=True)) == together


def test_unit_with_the_duplicates_post_sees_the_person(world: World) -> None:
    """The post at the other unit comes over, so its unit keeps the person on its list; the duplicate is no line of its own."""
    main, other = make_worker(world.station, "An"), make_worker(world.hospital, "An")
    merge_workers(duplicate=other, canonical=main, reason="x", by=world.user(Role.HEALTH_DEPARTMENT))
    seen = HealthWorker.objects.visible_to(world.user(Role.TRAINING_OFFICE), "registry.view_workers")
    assert list(seen.filter(canonical__isnull=True)) == [main]


def test_two_accounts_are_not_joined(world: World) -> None:
    by = world.user(Role.STATION)
    main = make_worker(world.station, user=world.user(Role.HEALTH_WORKER))
    other = make_worker(world.station, user=world.user(Role.PROVIDER))
    with pytest.raises(Refused) as refused:
        merge_workers(duplicate=other, canonical=main, reason="x", by=by)
    assert [problem.code for problem in refused.value.problems] == ["registry.two_accounts"]


def test_account_goes_on_with_the_main_record_and_comes_back(world: World) -> None:
    by, user = world.user(Role.STATION), world.user(Role.HEALTH_WORKER)
    main, other = make_worker(world.station), make_worker(world.station, user=user)
    merge_workers(duplicate=other, canonical=main, reason="x", by=by)
    assert (fresh(main).user, fresh(other).user) == (user, None)
    unmerge_worker(duplicate=fresh(other), reason="y", by=by)
    assert (fresh(main).user, fresh(other).user) == (None, user)


def test_page_puts_the_fuller_record_first_and_counts_what_hangs_on_each(world: World) -> None:
    pair = make_pair(world.station)
    make_entry(world.station, worker=pair.second)
    main, other = records_of(pair)
    assert (main.worker, other.worker) == (pair.second, pair.first)
    assert hanging_on([pair.first.pk, pair.second.pk]) == {
        pair.first.pk: {},
        pair.second.pk: {"credits.creditentry": 1},
    }
    differing = [choice.field for choice in choices_between(main.worker, other.worker) if choice.differs]
    assert differing == ["national_number"]
    assert PairState(pair.state) is PairState.OPEN
