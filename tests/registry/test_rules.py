"""People, posts, licences, leave, authority: what stands in the way, at each edge."""

from datetime import date

import pytest

from lientuc.core.errors import Problem
from lientuc.places.enums import CareLevel
from lientuc.registry.catalogue_rules import TechniqueDraft, technique_problems
from lientuc.registry.enums import LeaveBasis, LicenceKind, PostKind, ProviderCode, Sex, Title
from lientuc.registry.rules import (
    AuthorityDraft,
    LeaveDraft,
    LicenceDraft,
    PostDraft,
    PostFacts,
    WorkerDraft,
    WorkerFacts,
    authority_problems,
    leave_problems,
    licence_problems,
    post_problems,
    suspension_problems,
    tidied,
    why_not_end,
    worker_problems,
)

DAY = date(2026, 3, 1)
FACTS = WorkerFacts(on=DAY)


def problems_of(**fields: object) -> list[Problem]:
    values = {"full_name": "Trần Thị An", "title": Title.NURSE, **fields}
    return worker_problems(tidied(WorkerDraft(**values)), FACTS)  # type: ignore[arg-type]


def test_worker_draft_is_tidied_before_it_is_judged() -> None:
    draft = WorkerDraft(
        full_name=" NGUYỄN  VĂN AN ",
        title=Title.DOCTOR,
        national_number="001 090 000 001",
        born_on=date(1990, 1, 2),
        phone="0912.345.678",
        email=" An@Bv.VN ",
        sex=Sex.MALE,
    )
    assert tidied(draft) == WorkerDraft(
        full_name="Nguyễn Văn An",
        title=Title.DOCTOR,
        national_number="001090000001",
        born_on=date(1990, 1, 2),
        birth_year=1990,
        phone="0912345678",
        email="an@bv.vn",
        sex=Sex.MALE,
    )


def test_name_with_a_small_letter_is_left_as_written() -> None:
    assert tidied(WorkerDraft("H'Hen NIÊ", None)).full_name == "H'Hen NIÊ"


def test_empty_person_has_two_problems() -> None:
    assert problems_of(full_name=" ", title=None) == [
        Problem("registry.name_missing", "full_name"),
        Problem("registry.title_missing", "title"),
    ]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("", []),
        ("00109000001", [Problem("registry.number_wrong", "national_number", {"count": 11})]),
        ("001090000001", []),
        ("0010900000012", [Problem("registry.number_wrong", "national_number", {"count": 13})]),
        ("00109000000A", [Problem("registry.number_wrong", "national_number", {"count": 12})]),
    ],
)
def test_national_number_has_twelve_digits(number: str, found: list[Problem]) -> None:
    assert problems_of(national_number=number) == found


@pytest.mark.parametrize(("number", "count"), [("12345678", 1), ("123456789", 0), ("1234567890", 1)])
def test_old_number_has_nine_digits(number: str, count: int) -> None:
    assert len(problems_of(old_number=number)) == count


def test_number_of_somebody_else_is_refused() -> None:
    draft = tidied(WorkerDraft("An", Title.NURSE, national_number="001090000001"))
    assert worker_problems(draft, WorkerFacts(on=DAY, number_taken=True)) == [
        Problem("registry.number_taken", "national_number")
    ]


@pytest.mark.parametrize(("born_on", "count"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 0), (date(2026, 3, 2), 1)])
def test_nobody_is_born_after_today(born_on: date, count: int) -> None:
    assert len(problems_of(born_on=born_on)) == count


@pytest.mark.parametrize(("year", "count"), [(1899, 1), (1900, 0), (2026, 0), (2027, 1)])
def test_birth_year_is_from_1900_to_this_year(year: int, count: int) -> None:
    assert len(problems_of(birth_year=year)) == count


@pytest.mark.parametrize(("phone", "count"), [("12345678", 1), ("0912345678", 0), ("+84912345678", 0), ("hỏi Lan", 1)])
def test_phone_is_digits(phone: str, count: int) -> None:
    assert len(problems_of(phone=phone)) == count


def test_email_without_a_domain_is_refused() -> None:
    assert problems_of(email="an@") == [Problem("registry.email_wrong", "email", {"text": "an@"})]


def test_name_of_121_letters_is_too_long() -> None:
    assert problems_of(full_name="a" * 121) == [Problem("registry.too_long", "full_name", {"limit": 120})]
    assert problems_of(full_name="a" * 120) == []


@pytest.mark.parametrize(("share", "count"), [(0, 1), (1, 0), (100, 0), (101, 1)])
def test_share_is_a_percentage(share: int, count: int) -> None:
    assert len(post_problems(PostDraft(PostKind.PERMANENT, share=share), PostFacts())) == count


def test_second_post_answers_for_training_only_when_no_other_does() -> None:
    other = PostFacts(other_responsible=True)
    assert post_problems(PostDraft(PostKind.CONTRACT), other) == [
        Problem("registry.other_responsible", "responsible_for_training")
    ]
    assert post_problems(PostDraft(PostKind.CONTRACT, responsible_for_training=False), other) == []
    assert post_problems(PostDraft(None), PostFacts(open_here=True, other_responsible=True)) == [
        Problem("registry.post_kind_missing", "kind"),
        Problem("registry.post_open_here"),
    ]


@pytest.mark.parametrize(("on", "count"), [(date(2026, 2, 28), 1), (date(2026, 3, 1), 0), (date(2026, 3, 2), 0)])
def test_post_ends_on_or_after_its_first_day(on: date, count: int) -> None:
    assert len(why_not_end(from_on=DAY, to_on=None, on=on)) == count


def test_ended_post_is_not_ended_again() -> None:
    assert why_not_end(from_on=None, to_on=DAY, on=DAY) == [Problem("registry.post_ended", values={"day": DAY})]


@pytest.mark.parametrize("number", ["000001/BYT-GPHN", "1/HCM-CCHN", "số 12 cũ"])
def test_licence_number_is_accepted_as_written(number: str) -> None:
    assert licence_problems(LicenceDraft(LicenceKind.GPHN, number), taken=False, on=DAY) == []


def test_licence_without_kind_and_number_has_two_problems() -> None:
    assert licence_problems(LicenceDraft(None, " "), taken=False, on=DAY) == [
        Problem("registry.licence_kind_missing", "kind"),
        Problem("registry.licence_number_missing", "number"),
    ]


def test_licence_of_another_person_is_refused() -> None:
    assert licence_problems(LicenceDraft(LicenceKind.GPHN, "1"), taken=True, on=DAY) == [
        Problem("registry.licence_taken", "number", {"number": "1"})
    ]


@pytest.mark.parametrize(("issued", "count"), [(date(2026, 2, 28), 0), (DAY, 0), (date(2026, 3, 2), 1)])
def test_licence_is_issued_by_today(issued: date, count: int) -> None:
    assert len(licence_problems(LicenceDraft(LicenceKind.GPHN, "1", issued_on=issued), taken=False, on=DAY)) == count


@pytest.mark.parametrize(("end", "count"), [(date(2026, 2, 28), 1), (DAY, 0), (date(2026, 3, 2), 0)])
def test_licence_ends_on_or_after_its_issue(end: date, count: int) -> None:
    draft = LicenceDraft(LicenceKind.GPHN, "1", issued_on=DAY, valid_to=end)
    assert len(licence_problems(draft, taken=False, on=DAY)) == count


def test_only_an_old_certificate_is_converted() -> None:
    draft = LicenceDraft(LicenceKind.GPHN, "1", converted_on=DAY)
    assert licence_problems(draft, taken=False, on=DAY) == [Problem("registry.only_old_is_converted", "converted_on")]
    draft = LicenceDraft(LicenceKind.CCHN, "1", converted_on=DAY)
    assert licence_problems(draft, taken=False, on=DAY) == []


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 1, 1), date(2026, 2, 28), 0),
        (date(2026, 1, 1), date(2026, 3, 1), 1),
        (date(2026, 3, 31), date(2026, 4, 2), 1),
        (date(2026, 4, 1), date(2026, 4, 2), 0),
        (date(2026, 4, 2), date(2026, 4, 1), 1),
    ],
)
def test_leave_has_order_and_overlaps_no_other(first: date, last: date, count: int) -> None:
    others = [(date(2026, 3, 1), date(2026, 3, 31))]
    assert len(leave_problems(LeaveDraft(LeaveBasis.SICKNESS, first, last), others)) == count


def test_leave_without_days_says_so() -> None:
    assert leave_problems(LeaveDraft(None, None, None), []) == [
        Problem("registry.leave_basis_missing", "basis"),
        Problem("registry.leave_days_missing", "from_on"),
    ]


def test_authority_needs_a_decision_a_code_of_its_own_and_order() -> None:
    draft = AuthorityDraft(ProviderCode.C, "", " ", DAY, date(2026, 2, 28))
    assert authority_problems(draft, code_taken=False) == [
        Problem("registry.decision_missing", "decision"),
        Problem("registry.provider_code_missing", "code"),
        Problem("registry.authority_ends_before", "to_on", {"day": DAY}),
    ]
    draft = AuthorityDraft(ProviderCode.C, "C01", "1/QĐ", DAY, DAY)
    assert authority_problems(draft, code_taken=True) == [
        Problem("registry.provider_code_taken", "code", {"code": "C01"})
    ]


def test_suspension_ends_on_or_after_its_first_day() -> None:
    assert suspension_problems(decision="1/QĐ", from_on=DAY, to_on=DAY) == []
    assert [p.code for p in suspension_problems(decision="", from_on=DAY, to_on=date(2026, 2, 28))] == [
        "registry.decision_missing",
        "registry.authority_ends_before",
    ]


def test_technique_list_is_judged_line_by_line() -> None:
    good = TechniqueDraft("T1", "Khâu", "Suture", CareLevel.INITIAL, DAY, function_code="F1")
    assert technique_problems([], frozenset()) == [Problem("registry.list_empty")]
    assert technique_problems([good], frozenset({"F1"})) == []
    bad = TechniqueDraft("T1", "Khâu", "Suture", None, DAY, function_code="F9")
    assert technique_problems([good, bad], frozenset({"F1"})) == [
        Problem("registry.code_twice", values={"line": 2, "code": "T1"}),
        Problem("registry.care_level_missing", values={"line": 2}),
        Problem("registry.function_unknown", values={"line": 2, "code": "F9"}),
    ]
