"""Authority, money, release, deadlines, texts, citations: each threshold below, at, above; each day before, on, after."""

from datetime import UTC, date, datetime

import pytest

from lientuc.law import Certainty, Citation, NotInForce, cite, weakest
from lientuc.law.authority import (
    AuthorityDecision,
    OrganisationKind,
    Proof,
    ProviderCode,
    ProviderFacts,
    authority_for,
    proofs_of,
)
from lientuc.law.days import days_covered, years_later
from lientuc.law.deadlines import (
    DataRequest,
    ReportKind,
    appraisal_due,
    breach_notice_due,
    data_request_due,
    licence_end,
    provider_code_due,
    renewal_deadline,
    reports_due_between,
    reports_of_year,
)
from lientuc.law.money import CeilingAnswer, MoneyNorm, check_amount, check_assistant_fee
from lientuc.law.release import OnCallMinimum, PlaceKind, on_call_minimum, release_decision
from lientuc.law.texts import TextStatus, catalogue, doubtful_bases, status_of
from lientuc.law.workers import LicenceKind, Title, WorkerFacts

ON = date(2026, 11, 22)
HOSPITAL = OrganisationKind.TREATMENT_FACILITY
SO_Y_TE = OrganisationKind.HEALTH_AUTHORITY
CODE_B = ProviderCode("B", date(2020, 1, 1), date(2026, 6, 30))
ART_10 = Citation("22/2013/TT-BYT", "Art. 10", Certainty.VERIFIED)
ART_2 = Citation("32/2023/TT-BYT", "Art. 2(1)", Certainty.VERIFIED)


# authority


@pytest.mark.parametrize(
    ("on", "allowed", "reason"),
    [
        (date(2019, 12, 31), False, "code_not_valid"),
        (date(2020, 1, 1), True, "code_valid"),
        (date(2020, 1, 2), True, "code_valid"),
        (date(2026, 6, 29), True, "code_valid"),
        (date(2026, 6, 30), True, "code_valid"),
        (date(2026, 7, 1), False, "code_not_valid"),
    ],
)
def test_course_certificate_needs_a_valid_code(on, allowed, reason):
    found = authority_for(Proof.COURSE_CERTIFICATE, ProviderFacts(HOSPITAL, (CODE_B,)), on)
    assert found == AuthorityDecision(Proof.COURSE_CERTIFICATE, allowed, reason, ART_10)


@pytest.mark.parametrize("codes", [(), (ProviderCode("D", date(2020, 1, 1)),)])
def test_course_certificate_without_a_code_refused(codes):
    found = authority_for(Proof.COURSE_CERTIFICATE, ProviderFacts(HOSPITAL, codes), ON)
    assert found == AuthorityDecision(Proof.COURSE_CERTIFICATE, False, "no_code", ART_10)


@pytest.mark.parametrize(
    ("kind", "allowed", "reason"),
    [
        (HOSPITAL, True, "kind_named"),
        (OrganisationKind.EDUCATION_INSTITUTION, True, "kind_named"),
        (OrganisationKind.PROFESSIONAL_ASSOCIATION, True, "kind_named"),
        (SO_Y_TE, False, "kind_not_named"),
        (OrganisationKind.PREVENTIVE_FACILITY, False, "kind_not_named"),
        (OrganisationKind.OTHER, False, "kind_not_named"),
    ],
)
def test_practitioner_certificate_asks_for_the_kind_and_no_code(kind, allowed, reason):
    found = authority_for(Proof.PRACTITIONER_CERTIFICATE, ProviderFacts(kind), ON)
    assert found == AuthorityDecision(Proof.PRACTITIONER_CERTIFICATE, allowed, reason, ART_2)


def test_practitioner_certificate_before_2024_has_no_text():
    with pytest.raises(NotInForce):
        authority_for(Proof.PRACTITIONER_CERTIFICATE, ProviderFacts(HOSPITAL), date(2023, 12, 31))
    assert authority_for(Proof.PRACTITIONER_CERTIFICATE, ProviderFacts(HOSPITAL), date(2024, 1, 1)).allowed


def test_suspended_provider_issues_nothing():
    found = proofs_of(ProviderFacts(HOSPITAL, (ProviderCode("B", date(2020, 1, 1)),), suspended=True), ON)
    assert [(answer.proof, answer.allowed, answer.reason) for answer in found] == [
        (proof, False, "suspended") for proof in Proof
    ]
    assert {answer.citation.certainty for answer in found} == {Certainty.UNVERIFIED}


def test_proofs_of_names_only_papers_that_exist():
    provider = ProviderFacts(SO_Y_TE, (ProviderCode("C", date(2014, 1, 1)),))
    assert [answer.proof for answer in proofs_of(provider, date(2023, 12, 31))] == [
        Proof.COURSE_CERTIFICATE,
        Proof.FORM_CONFIRMATION,
    ]
    assert [(answer.allowed, answer.citation.certainty) for answer in proofs_of(provider, date(2024, 1, 1))] == [
        (True, Certainty.VERIFIED),
        (True, Certainty.SECONDARY),
        (False, Certainty.VERIFIED),
    ]


# money


@pytest.mark.parametrize(
    ("amount", "on", "answer", "ceiling"),
    [
        (1_999_999, date(2025, 10, 27), CeilingAnswer.OK, 2_000_000),
        (2_000_000, date(2025, 10, 27), CeilingAnswer.OK, 2_000_000),
        (2_000_001, date(2025, 10, 27), CeilingAnswer.OVER, 2_000_000),
        (2_000_001, date(2025, 10, 28), CeilingAnswer.OK, 4_000_000),
        (3_999_999, date(2025, 10, 29), CeilingAnswer.OK, 4_000_000),
        (4_000_000, ON, CeilingAnswer.OK, 4_000_000),
        (4_000_001, ON, CeilingAnswer.OVER, 4_000_000),
    ],
)
def test_lecturer_fee_against_the_ceiling_of_its_day(amount, on, answer, ceiling):
    found = check_amount(MoneyNorm.LECTURER_HALF_DAY, amount, on)
    assert (found.answer, found.ceiling_vnd, found.certainty) == (answer, ceiling, Certainty.SECONDARY)


def test_ceiling_not_readable_is_unknown_not_zero():
    found = check_amount(MoneyNorm.MATERIAL_WRITING_PAGE, 1, date(2026, 5, 31))
    assert (found.answer, found.ceiling_vnd, found.certainty) == (CeilingAnswer.UNKNOWN, None, Certainty.UNKNOWN)
    assert check_amount(MoneyNorm.MATERIAL_WRITING_PAGE, 70_000, date(2026, 5, 30)).answer is CeilingAnswer.OK


@pytest.mark.parametrize("norm", MoneyNorm)
def test_every_norm_has_a_value_today(norm):
    assert check_amount(norm, 0, ON).unit.startswith("vnd_per_")


@pytest.mark.parametrize(
    ("assistant", "lecturer", "answer", "ceiling"),
    [
        (999_999, 2_000_000, CeilingAnswer.OK, 1_000_000),
        (1_000_000, 2_000_000, CeilingAnswer.OK, 1_000_000),
        (1_000_001, 2_000_000, CeilingAnswer.OVER, 1_000_000),
        (2_000_000, 4_000_000, CeilingAnswer.OK, 2_000_000),
        (2_000_001, 5_000_000, CeilingAnswer.OVER, 2_000_000),
    ],
)
def test_assistant_fee_under_its_ceiling_and_its_share(assistant, lecturer, answer, ceiling):
    found = check_assistant_fee(assistant, lecturer, ON)
    assert (found.answer, found.ceiling_vnd) == (answer, ceiling)


# release


@pytest.mark.parametrize(
    ("staying", "reason", "missing"),
    [
        ((), "too_few", (2, 1)),
        ((Title.DOCTOR,), "too_few", (1, 0)),
        ((Title.NURSE, Title.MIDWIFE), "no_lead", (0, 1)),
        ((Title.ASSISTANT_DOCTOR, Title.MIDWIFE), "enough", (0, 0)),
        ((Title.DOCTOR, Title.NURSE, Title.NURSE), "enough", (0, 0)),
    ],
)
def test_station_keeps_two_one_of_them_doctor_or_assistant(staying, reason, missing):
    found = release_decision(staying, on_call_minimum(PlaceKind.STATION, ON))
    assert (found.reason, found.enough, (found.missing_people, found.missing_lead)) == (
        reason,
        reason == "enough",
        missing,
    )
    assert found.certainty is Certainty.SECONDARY


@pytest.mark.parametrize(
    ("staying", "reason"),
    [
        ((), "too_few"),
        ((Title.POPULATION,), "no_lead"),
        ((Title.MIDWIFE,), "enough"),
        ((Title.DOCTOR, Title.OTHER), "enough"),
    ],
)
def test_point_keeps_one_of_five_titles(staying, reason):
    assert release_decision(staying, on_call_minimum(PlaceKind.POINT, ON)).reason == reason


def test_manager_may_adjust_the_minimum():
    minimum = on_call_minimum(PlaceKind.STATION, ON)
    adjusted = OnCallMinimum(1, 0, minimum.lead_titles, minimum.citation)
    assert release_decision([Title.NURSE], minimum).reason == "too_few"
    assert release_decision([Title.NURSE], adjusted).reason == "enough"


def test_on_call_minimum_begins_in_july_2026():
    with pytest.raises(NotInForce):
        on_call_minimum(PlaceKind.STATION, date(2026, 7, 14))
    assert on_call_minimum(PlaceKind.STATION, date(2026, 7, 15)).people == 2


# deadlines


def test_two_reports_of_a_year():
    half, annual = reports_of_year(2026)
    assert (half.kind, half.period_start, half.period_end, half.due_on) == (
        ReportKind.HALF_YEAR,
        date(2026, 1, 1),
        date(2026, 6, 30),
        date(2026, 7, 15),
    )
    assert (annual.kind, annual.period_start, annual.period_end, annual.due_on) == (
        ReportKind.ANNUAL,
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2027, 1, 15),
    )


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        (date(2027, 1, 14), date(2027, 1, 14), []),
        (date(2027, 1, 15), date(2027, 1, 15), [date(2027, 1, 15)]),
        (date(2027, 1, 16), date(2027, 7, 14), []),
        (date(2027, 1, 15), date(2027, 7, 15), [date(2027, 1, 15), date(2027, 7, 15)]),
        (date(2013, 1, 1), date(2014, 7, 14), [date(2014, 1, 15)]),
    ],
)
def test_reports_due_between_days(start, end, due):
    assert [report.due_on for report in reports_due_between(start, end)] == due


def test_thirty_days_for_appraisal_and_code():
    assert appraisal_due(date(2026, 1, 31)).on == date(2026, 3, 2)
    assert provider_code_due(date(2028, 1, 31)).on == date(2028, 3, 1)


@pytest.mark.parametrize(
    ("request_kind", "due"),
    [
        (DataRequest.ANSWER, date(2026, 11, 24)),
        (DataRequest.VIEW_OR_CORRECT, date(2026, 11, 30)),
        (DataRequest.WITHDRAW_CONSENT, date(2026, 12, 5)),
        (DataRequest.DELETE, date(2026, 12, 10)),
    ],
)
def test_personal_data_clocks_from_a_friday(request_kind, due):
    found = data_request_due(request_kind, date(2026, 11, 20))
    assert (found.on, found.certainty) == (due, Certainty.SECONDARY)


def test_personal_data_clocks_begin_in_2026():
    with pytest.raises(NotInForce):
        data_request_due(DataRequest.DELETE, date(2025, 12, 31))


def test_breach_notice_after_72_hours():
    assert breach_notice_due(datetime(2026, 11, 20, 8, tzinfo=UTC)) == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_licence_end_by_what_is_known():
    def end(kind, issued=None, valid_to=None, converted=None):
        found = licence_end(WorkerFacts(Title.DOCTOR, kind, True, issued, valid_to, converted), ON)
        return found.on, found.certainty

    day, later = date(2024, 5, 6), date(2030, 1, 2)
    assert end(LicenceKind.GPHN, day, later) == (later, Certainty.VERIFIED)
    assert end(LicenceKind.GPHN, day) == (date(2029, 5, 6), Certainty.SECONDARY)
    assert end(LicenceKind.CCHN, day) == (date(2035, 5, 6), Certainty.SECONDARY)
    assert end(LicenceKind.CCHN, day, later) == (date(2035, 5, 6), Certainty.SECONDARY)
    assert end(LicenceKind.CCHN, None, later) == (later, Certainty.UNVERIFIED)
    assert end(LicenceKind.CCHN, day, None, date(2026, 11, 22)) == (date(2031, 11, 22), Certainty.SECONDARY)
    assert end(LicenceKind.CCHN, day, None, date(2026, 11, 23)) == (date(2035, 5, 6), Certainty.SECONDARY)
    assert end(LicenceKind.GPHN) == (None, Certainty.UNKNOWN)


def test_renewal_deadline_is_sixty_days_earlier():
    worker = WorkerFacts(Title.DOCTOR, LicenceKind.GPHN, True, date(2024, 3, 1), date(2029, 3, 1))
    assert renewal_deadline(worker, ON).on == date(2028, 12, 31)
    with pytest.raises(NotInForce):
        renewal_deadline(worker, date(2023, 12, 31))


# texts and citations


@pytest.mark.parametrize(
    ("number", "on", "status"),
    [
        ("36/2018/TT-BTC", date(2025, 10, 27), TextStatus.IN_FORCE),
        ("36/2018/TT-BTC", date(2025, 10, 28), TextStatus.LAPSED),
        ("100/2025/TT-BTC", date(2025, 10, 27), TextStatus.NOT_YET),
        ("100/2025/TT-BTC", date(2025, 10, 28), TextStatus.IN_FORCE),
        ("22/2013/TT-BYT", date(2013, 9, 30), TextStatus.NOT_YET),
        ("22/2013/TT-BYT", date(2013, 10, 1), TextStatus.IN_FORCE),
        ("22/2013/TT-BYT", ON, TextStatus.IN_FORCE),
        ("38/2024/TT-BYT", date(2026, 12, 31), TextStatus.NOT_YET),
        ("07/2008/TT-BYT", date(2013, 9, 30), TextStatus.UNKNOWN),
        ("07/2008/TT-BYT", date(2013, 10, 1), TextStatus.LAPSED),
        ("16/2024/NĐ-CP", ON, TextStatus.UNKNOWN),
    ],
)
def test_text_on_a_day(number, on, status):
    assert status_of(number, on).status is status


def test_bases_that_have_lapsed_name_their_successor():
    found = doubtful_bases(["32/2023/TT-BYT", "36/2018/TT-BTC", "22/2013/TT-BYT"], ON)
    assert [(answer.number, answer.ended_on, answer.replaced_by) for answer in found] == [
        ("36/2018/TT-BTC", date(2025, 10, 27), "100/2025/TT-BTC")
    ]


def test_text_not_in_the_catalogue_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        status_of("1/1900/TT-BYT", ON)


def test_catalogue_is_complete_and_consistent():
    numbers = {found.number for found in catalogue()}
    assert {found.replaced_by for found in catalogue() if found.replaced_by} - numbers == set()
    assert [found.number for found in catalogue() if not (found.title.vi and found.title.en and found.source)] == []
    assert [found.number for found in catalogue() if found.in_force_to and not found.replaced_by] == []
    assert len({found.short for found in catalogue()}) == len(catalogue())


@pytest.mark.parametrize(
    ("article", "vi", "en"),
    [
        ("Circ. 32/2023 Art. 3(1)", "Thông tư 32/2023/TT-BYT, Điều 3 khoản 1", "Circular 32/2023/TT-BYT, Art. 3(1)"),
        ("Circ. 32/2023 App. I", "Thông tư 32/2023/TT-BYT, Phụ lục I", "Circular 32/2023/TT-BYT, App. I"),
        (
            "Circ. 22/2013 Art. 6(2) as amended",
            "Thông tư 22/2013/TT-BYT, Điều 6 khoản 2 (đã sửa đổi, bổ sung)",
            "Circular 22/2013/TT-BYT, Art. 6(2) as amended",
        ),
        (
            "Decree 192/2026 Art. 3(2)(b)",
            "Nghị định 192/2026/NĐ-CP, Điều 3 khoản 2 điểm b",
            "Decree 192/2026/NĐ-CP, Art. 3(2)(b)",
        ),
        ("Law 15/2023 Art. 121(1)–(3)", "Luật 15/2023/QH15, Điều 121 khoản 1–3", "Law 15/2023/QH15, Art. 121(1)–(3)"),
        ("Circ. 12/2025", "Thông tư 12/2025/TT-BTC", "Circular 12/2025/TT-BTC"),
    ],
)
def test_citation_in_two_languages(article, vi, en):
    found = cite(article, Certainty.VERIFIED)
    assert (found.vi, found.en) == (vi, en)


def test_article_of_a_text_not_catalogued_refused():
    with pytest.raises(ValueError, match="no text of the catalogue"):
        cite("Circ. 1/1900 Art. 1", Certainty.VERIFIED)


def test_weakest_certainty():
    assert weakest([]) is Certainty.VERIFIED
    assert weakest([Certainty.VERIFIED, Certainty.UNVERIFIED, Certainty.SECONDARY]) is Certainty.UNVERIFIED


# days


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2028, 2, 29), -5, date(2023, 2, 28)),
        (date(2028, 2, 29), -4, date(2024, 2, 29)),
        (date(2024, 2, 28), 4, date(2028, 2, 28)),
    ],
)
def test_years_later(day, years, then):
    assert years_later(day, years) == then


@pytest.mark.parametrize(
    ("periods", "days"),
    [
        ([], 0),
        ([(date(2025, 1, 1), date(2025, 1, 1))], 1),
        ([(date(2024, 1, 1), date(2026, 1, 1))], 365),
        ([(date(2025, 1, 1), date(2025, 1, 10)), (date(2025, 1, 5), date(2025, 1, 6))], 10),
        ([(date(2025, 1, 9), date(2025, 1, 12)), (date(2025, 1, 1), date(2025, 1, 10))], 12),
        ([(date(2024, 1, 1), date(2024, 12, 31)), (date(2026, 1, 1), date.max)], 0),
        ([(date(2025, 12, 31), date.max)], 1),
    ],
)
def test_days_covered_of_2025(periods, days):
    assert days_covered(date(2025, 1, 1), date(2025, 12, 31), periods) == days
