"""Certificates: issue once, numbers, frozen content and bytes, revocation, re-issue, verification."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.delivery import actions, issuing, queries
from lientuc.delivery.enums import CertificateStatus, RunKind
from lientuc.delivery.models import Certificate, CertificateEvent, CourseRun
from lientuc.delivery.rules import IssueDraft
from lientuc.documents import certificates as printing
from lientuc.documents.paper import Authority
from lientuc.law.authority import Proof
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry
from tests.factories.delivery import make_certificate, make_completed, make_finished_run, make_participation, make_run
from tests.factories.registry import make_authority, make_provider, make_worker
from tests.world import World

DRAFT = IssueDraft(
    issued_on=date(2026, 6, 10),
    place="Tỉnh Một",
    signer_post="Phó Hiệu trưởng",
    signer_name="Nguyễn Văn Ký",
    authority=Authority.KT,
    principal="Hiệu trưởng",
)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock_at(date(2026, 6, 10)):
        yield


@pytest.fixture
def provider(world: World) -> Provider:
    """The school with the code C.01."""
    row = make_provider(world.school)
    make_authority(row, code="C.01")
    return row


@pytest.fixture
def run(world: World, provider: Provider) -> CourseRun:
    """A finished class with a practitioner and two other learners."""
    row = make_finished_run(world.school, "Cấp cứu phản vệ")
    practitioner = make_worker(world.station, "Lê Văn Bác Sĩ", title="doctor")
    make_completed(world.school, run=row, worker=practitioner, regime="p", unit="credit_hour")
    for name in ("Trần Thị An", "Đỗ Thị Bình"):
        make_completed(world.school, run=row, worker=make_worker(world.station, name))
    return row


def codes(caught: Any) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def issued() -> Any:
    return Certificate.objects.unscoped(WhyUnscoped.RULE).order_by("serial")


def issue(world: World, run: CourseRun, draft: IssueDraft = DRAFT) -> CourseRun:
    return actions.issue_certificates(run=run, draft=draft, by=world.user(Role.PROVIDER))


def words(certificate: Certificate) -> str:
    pages = PdfReader(io.BytesIO(bytes(certificate.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_everybody_who_completed_gets_the_paper_of_the_own_regime(world: World, run: CourseRun) -> None:
    issue(world, run)
    rows = [(row.number, row.content["holder_name"], row.kind) for row in issued()]
    assert rows == [
        ("00001/2026/C.01", "Trần Thị An", "course_certificate"),
        ("00002/2026/C.01", "Đỗ Thị Bình", "course_certificate"),
        ("00003/2026/C.01", "Lê Văn Bác Sĩ", "practitioner_certificate"),
    ]


def test_pdf_prints_holder_number_hours_signature_and_code(world: World, run: CourseRun) -> None:
    issue(world, run)
    row = issued().get(kind="practitioner_certificate")
    text = words(row)
    for expected in (
        "LÊ VĂN BÁC SĨ",
        row.number,
        "16 giờ tín chỉ",
        "KT. HIỆU TRƯỞNG",
        "Nguyễn Văn Ký",
        "Cấp cứu phản vệ",
    ):
        assert expected in text
    assert row.verification_code in text.replace("\u200b", "")
    assert hashlib.sha256(bytes(row.pdf)).hexdigest() == row.pdf_sha256


def test_code_of_verification_carries_128_bits(world: World, run: CourseRun) -> None:
    issue(world, run)
    letters = [row.verification_code.replace("-", "") for row in issued()]
    assert (len(set(letters)), {len(code) for code in letters}) == (3, {28})
    assert 31**28 > 2**128


def test_issuing_again_adds_only_who_is_missing(world: World, run: CourseRun) -> None:
    issue(world, run)
    before = list(issued().values_list("pk", flat=True))
    make_completed(world.school, run=run, worker=make_worker(world.station, "Đến sau"))
    issue(world, run)
    issue(world, run)
    after = list(issued().values_list("pk", flat=True))
    assert (after[:3], len(after), issued().last().number) == (before, 4, "00004/2026/C.01")


def test_people_who_failed_or_withdrew_get_nothing(world: World, provider: Provider) -> None:
    row = make_finished_run(world.school)
    make_completed(world.school, run=row, state="failed")
    make_participation(world.school, run=row, state="withdrawn", withdrawn_at=None)
    issue(world, row)
    assert not issued().exists()


def test_dry_run_counts_what_issuing_does(world: World, run: CourseRun) -> None:
    make_completed(world.school, run=run, worker=make_worker(world.school), role="lecturer")
    found = queries.issuance_of(run)
    assert (found.by_proof, found.issued, found.left_out) == (
        {Proof.COURSE_CERTIFICATE: 2, Proof.PRACTITIONER_CERTIFICATE: 1}, 0, 1,
    )  # fmt: skip
    issue(world, run)
    again = queries.issuance_of(run)
    assert (again.due, again.issued, again.left_out) == ((), 3, 1)


def test_issuing_asks_the_same_queries_for_one_and_many(
    world: World, run: CourseRun, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_completed(world.school, run=run, worker=make_worker(world.station, f"Người {number}"))
    by = world.user(Role.PROVIDER)
    by.why_not("delivery.issue_certificates")
    with django_assert_max_num_queries(20):
        actions.issue_certificates(run=run, draft=DRAFT, by=by)
    assert issued().count() == 23


def test_numbers_of_a_year_go_on_over_runs_and_begin_anew(world: World, run: CourseRun) -> None:
    issue(world, run)
    other = make_finished_run(world.school, "Khác")
    make_completed(world.school, run=other)
    issue(world, other)
    with clock_at(date(2027, 1, 4)):
        third = make_finished_run(world.school, "Năm sau")
        make_completed(world.school, run=third)
        issue(world, third, replace(DRAFT, issued_on=date(2027, 1, 4)))
    assert list(issued().order_by("pk").values_list("number", flat=True))[3:] == ["00004/2026/C.01", "00001/2027/C.01"]


def test_pattern_without_serial_is_refused(world: World, run: CourseRun, provider: Provider) -> None:
    provider.number_pattern = "{year}/{code}"
    provider.save()
    with pytest.raises(Refused) as caught:
        issue(world, run)
    assert codes(caught) == ["delivery.number_pattern"]


def test_unfinished_run_issues_nothing(world: World, provider: Provider) -> None:
    with pytest.raises(Refused) as caught:
        issue(world, make_run(world.school))
    assert codes(caught) == ["delivery.run_not_finished"]


@pytest.mark.parametrize(("last", "refused"), [(9, True), (10, False), (11, False)])
def test_authority_must_hold_on_the_day_of_issue(world: World, last: int, refused: bool) -> None:
    make_authority(make_provider(world.school), to_on=date(2026, 6, last))
    row = make_finished_run(world.school)
    make_completed(world.school, run=row)
    if refused:
        with pytest.raises(Refused) as caught:
            issue(world, row)
        assert codes(caught) == ["delivery.authority_code_not_valid"]
        assert not issued().exists()
    else:
        issue(world, row)
        assert issued().count() == 1


@pytest.mark.parametrize(("first", "refused"), [(9, True), (10, True), (11, False)])
def test_suspended_provider_issues_nothing(world: World, provider: Provider, first: int, refused: bool) -> None:
    make_authority(provider, suspension=True, code="", code_kind="", from_on=date(2026, 6, first))
    row = make_finished_run(world.school)
    make_completed(world.school, run=row)
    if refused:
        with pytest.raises(Refused) as caught:
            issue(world, row)
        assert codes(caught) == ["delivery.authority_suspended"]
    else:
        issue(world, row)
        assert issued().count() == 1


def test_issue_by_another_school_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        issue(world, make_finished_run(world.organisation("school_b")))


def test_issued_bytes_survive_renames_and_another_template(
    world: World, run: CourseRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(world, run)
    before = {row.pk: bytes(row.pdf) for row in issued()}
    world.school.name = "Trường Đại học Y Một"
    world.school.save()
    worker = issued().first().participation.worker
    worker.full_name = "Tên Khác"
    worker.save()
    monkeypatch.setitem(printing._TEMPLATES, printing.CertificateKind.TRAINING, "certificate_p")
    issue(world, run)
    assert {row.pk: bytes(row.pdf) for row in issued()} == before
    assert queries.verification_of(issued().first().verification_code).holder == "Trần Thị An"


def test_twin_that_renders_anew_would_change_the_bytes(world: World, run: CourseRun) -> None:
    from lientuc.delivery.printing import content_of, press_for

    issue(world, run)
    row = issued().first()
    participation = row.participation
    participation.worker.full_name = "Tên Khác"
    press = replace(press_for(run, DRAFT), serial=row.serial)
    anew = printing.render_certificate(content_of(press, participation, Proof(row.kind), row.verification_code))
    assert anew != bytes(row.pdf)


def test_certificate_cannot_be_changed_or_deleted_by_sql(world: World) -> None:
    row = make_certificate(world.school)
    for write in (lambda rows: rows.update(number="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(Certificate.objects.unscoped(WhyUnscoped.RULE).filter(pk=row.pk))


def test_revoked_certificate_shows_reason_and_day(world: World) -> None:
    row = make_certificate(world.school)
    actions.revoke_certificate(
        certificate=row, reason="Không dự đủ buổi", on=date(2026, 6, 10), by=world.user(Role.PROVIDER)
    )
    found = queries.verification_of(row.verification_code)
    assert (found.status, found.event_reason, found.event_on) == (
        CertificateStatus.REVOKED, "Không dự đủ buổi", date(2026, 6, 10),
    )  # fmt: skip


def test_certificate_is_revoked_once(world: World) -> None:
    row, by = make_certificate(world.school), world.user(Role.HEALTH_DEPARTMENT)
    actions.revoke_certificate(certificate=row, reason="x", by=by)
    with pytest.raises(Refused) as caught:
        actions.revoke_certificate(certificate=row, reason="y", by=by)
    assert codes(caught) == ["delivery.revoked_before"]
    assert CertificateEvent.objects.unscoped(WhyUnscoped.RULE).count() == 1


@pytest.mark.parametrize(("day", "refused"), [(9, True), (10, False), (11, True)])
def test_revocation_lies_between_issue_and_today(world: World, day: int, refused: bool) -> None:
    row, by = make_certificate(world.school, issued_on=date(2026, 6, 10)), world.user(Role.PROVIDER)
    if refused:
        with pytest.raises(Refused) as caught:
            actions.revoke_certificate(certificate=row, reason="x", on=date(2026, 6, day), by=by)
        assert codes(caught) == ["delivery.revoke_day"]
    else:
        assert actions.revoke_certificate(certificate=row, reason="x", on=date(2026, 6, day), by=by).pk


def test_revocation_without_reason_or_reach_is_refused(world: World) -> None:
    row = make_certificate(world.school)
    with pytest.raises(Refused) as caught:
        actions.revoke_certificate(certificate=row, reason=" ", by=world.user(Role.PROVIDER))
    assert codes(caught) == ["delivery.reason_missing"]
    other = make_certificate(world.organisation("school2"))
    with pytest.raises(NotAllowed):
        actions.revoke_certificate(certificate=other, reason="x", by=world.user(Role.HEALTH_DEPARTMENT))


def test_reissue_prints_todays_name_and_supersedes_the_old_one(world: World, run: CourseRun) -> None:
    issue(world, run)
    old = issued().first()
    worker = old.participation.worker
    worker.full_name = "Trần Thị Ân"
    worker.save()
    new = actions.reissue_certificate(certificate=old, reason="Sửa họ tên", draft=DRAFT, by=world.user(Role.PROVIDER))
    before, after = (queries.verification_of(row.verification_code) for row in (old, new))
    assert (before.status, before.holder, before.successor) == (
        CertificateStatus.SUPERSEDED, "Trần Thị An", "00004/2026/C.01",
    )  # fmt: skip
    assert (after.status, after.holder, new.edition) == (CertificateStatus.VALID, "Trần Thị Ân", 2)
    assert queries.issuance_of(run).due == ()


def test_superseded_certificate_is_not_reissued_again(world: World, run: CourseRun) -> None:
    issue(world, run)
    old, by = issued().first(), world.user(Role.PROVIDER)
    actions.reissue_certificate(certificate=old, reason="Mất", draft=DRAFT, by=by)
    with pytest.raises(Refused) as caught:
        actions.reissue_certificate(certificate=old, reason="Mất", draft=DRAFT, by=by)
    assert codes(caught) == ["delivery.revoked_before"]


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_code_is_read_however_it_is_typed(world: World, change: Any) -> None:
    row = make_certificate(world.school)
    assert queries.verification_of(change(row.verification_code)).status is CertificateStatus.VALID


@pytest.mark.parametrize("typed", ["", "x", "0000000-0000000-0000000-0000000", "'; drop table", "é" * 500])
def test_unknown_code_tells_nothing_else(world: World, typed: str) -> None:
    found = queries.verification_of(typed)
    assert (found.status, found.number, found.holder, found.issuer) == (CertificateStatus.UNKNOWN, "", "", "")


def test_verification_tells_the_authority_of_the_day_of_issue(world: World, provider: Provider) -> None:
    row = make_certificate(world.school)
    make_authority(provider, suspension=True, code="", code_kind="", from_on=date(2026, 6, 11))
    authority = queries.verification_of(row.verification_code).authority
    assert authority is not None
    assert (authority.allowed, authority.reason) == (True, "code_valid")


def test_conference_confirmation_prints_lessons_not_credit_hours(world: World, provider: Provider) -> None:
    row = make_finished_run(
        world.school, "Hội nghị khoa học", kind=RunKind.CONFERENCE, proofs=[Proof.FORM_CONFIRMATION.value]
    )
    make_completed(world.school, run=row, role="delegate", quarter_hours=16)
    issue(world, row)
    text = words(issued().get())
    assert "GIẤY CHỨNG NHẬN" in text
    assert "4 tiết" in text or "Số tiết: 4" in text
    assert "giờ tín chỉ" not in text


def many(world: World, count: int) -> CourseRun:
    make_authority(make_provider(world.school), code="C.01")
    row = make_finished_run(world.school)
    for number in range(count):
        make_completed(world.school, run=row, worker=make_worker(world.station, f"Người {number:02d}"))
    return row


@pytest.mark.parametrize(("count", "audited"), [(2, 1), (3, 1), (4, 2), (7, 3)])
def test_long_list_is_issued_in_short_transactions(
    world: World, monkeypatch: pytest.MonkeyPatch, count: int, audited: int
) -> None:
    monkeypatch.setattr(issuing, "AT_ONCE", 3)
    row = many(world, count)
    assert issuing.issue_in_batches(run=row, draft=DRAFT, by=world.user(Role.PROVIDER), key="k") == count
    entries = AuditEntry.objects.filter(action="delivery.issue_certificates").count()
    assert (issued().count(), entries, queries.issuance_of(row).due) == (count, audited, ())


def test_issuing_killed_halfway_goes_on_with_none_missing_and_none_doubled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "AT_ONCE", 3)
    row, by = many(world, 7), world.user(Role.PROVIDER)

    def killed(share: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issuing.issue_in_batches(run=row, draft=DRAFT, by=by, progress=killed)
    assert issued().count() == 3
    job = issuing.enqueue_issue(run=row, draft=DRAFT, by=by)
    run_next()
    job.refresh_from_db()
    assert (job.state, job.result, list(issued().values_list("serial", flat=True))) == (
        "done", {"issued": 4}, [1, 2, 3, 4, 5, 6, 7],
    )  # fmt: skip
