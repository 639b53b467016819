"""Legal clocks: renewal of a licence, the two reports of a year, appraisal and personal-data requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .certainty import Certainty, weakest
from .days import DAY, years_later
from .numbering import Citation
from .parameters import Parameters, Value, shipped
from .workers import LicenceKind, WorkerFacts


@dataclass(frozen=True)
class Deadline:
    """The last day of a duty; `on` is None (and certainty UNKNOWN) where no date can be told."""

    on: date | None
    certainty: Certainty
    citations: tuple[Citation, ...] = ()


class ReportKind(StrEnum):
    """The two reports of Circular 22/2013."""

    HALF_YEAR = "half_year"
    ANNUAL = "annual"


@dataclass(frozen=True)
class ReportDue:
    """One report: the period it covers and the day it is due."""

    kind: ReportKind
    period_start: date
    period_end: date
    due_on: date
    citation: Citation


class DataRequest(StrEnum):
    """What a person may ask about the data kept on them."""

    ANSWER = "answer"
    VIEW_OR_CORRECT = "view_or_correct"
    WITHDRAW_CONSENT = "withdraw_consent"
    DELETE = "delete"


def licence_end(worker: WorkerFacts, on: date, parameters: Parameters | None = None) -> Deadline:
    """The last day of the licence as it stands on `on`; NotInForce before Law 15/2023."""
    # LAW   Decree 96/2023 Art. 143: an unconverted certificate runs out in 2035 on its printed day and month (secondary).
    # HERE  29 February becomes 28; an end date kept for it in a register is used only where the day of issue is missing.
    # WHY   Certificates of the old law carry no end date, so what a register holds there is somebody's guess.
    law = parameters or shipped()
    if worker.unconverted_on(on) and worker.licence_issued_on is not None:
        year = law.value("licence.unconverted_end_year", on)
        end = years_later(worker.licence_issued_on, year.whole() - worker.licence_issued_on.year)
        return Deadline(end, year.certainty, (year.citation,))
    if worker.licence_valid_to is not None:
        term = law.value("licence.term_years", on)
        certainty = Certainty.UNVERIFIED if worker.unconverted_on(on) else term.certainty
        return Deadline(worker.licence_valid_to, certainty, (term.citation,))
    return _end_of_term(worker, law, on)


def _end_of_term(worker: WorkerFacts, law: Parameters, on: date) -> Deadline:
    """The end reckoned from the first day of the term: a date nobody printed, hence never VERIFIED."""
    if worker.licence_kind is LicenceKind.GPHN and worker.licence_issued_on is not None:
        start, term = worker.licence_issued_on, law.value("licence.term_years", on)
    elif worker.converted_on is not None and worker.converted_on <= on:
        start, term = worker.converted_on, law.value("licence.converted_term_years", on)
    else:
        return Deadline(None, Certainty.UNKNOWN)
    certainty = weakest((term.certainty, Certainty.SECONDARY))
    return Deadline(years_later(start, term.whole()), certainty, (term.citation,))


def renewal_deadline(worker: WorkerFacts, on: date, parameters: Parameters | None = None) -> Deadline:
    """The last day to file for renewal: the end of the licence less 60 days (Law 15/2023 Art. 32(2))."""
    law = parameters or shipped()
    end = licence_end(worker, on, law)
    if end.on is None:
        return end
    notice = law.value("licence.renewal_notice_days", on)
    filed_by = end.on - timedelta(days=notice.whole())
    return Deadline(filed_by, weakest((end.certainty, notice.certainty)), (*end.citations, notice.citation))


def reports_of_year(year: int) -> tuple[ReportDue, ...]:
    """The reports about `year` that a text asks for, the half-year one first (Circular 22/2013); none before 2013."""
    # LAW   "Before 15/07" and "before 15/01 of the next year".
    # HERE  The 15th is the last day.
    # WHY   The rule book reads the two dates as the days of the reports; a stricter reading is a change of the parameter.
    start, end = date(year, 1, 1), date(year, 12, 31)
    periods = ((ReportKind.HALF_YEAR, date(year, 6, 30), year), (ReportKind.ANNUAL, end, year + 1))
    found = (_report(kind, start, last, due_year) for kind, last, due_year in periods)
    return tuple(report for report in found if report is not None)


def reports_due_between(start: date, end: date) -> tuple[ReportDue, ...]:
    """Every report due from `start` to `end`, both days counted, by due day."""
    reports = (report for year in range(start.year - 1, end.year + 1) for report in reports_of_year(year))
    return tuple(sorted((r for r in reports if start <= r.due_on <= end), key=lambda report: report.due_on))


def appraisal_due(complete_file_on: date) -> Deadline:
    """The last day to decide on a programme whose file was complete on this day (Circular 22/2013 Art. 8)."""
    return _days_after(complete_file_on, "programme.appraisal_days")


def provider_code_due(complete_file_on: date) -> Deadline:
    """The last day to grant or refuse a provider code (Circular 22/2013 Art. 11)."""
    return _days_after(complete_file_on, "programme.provider_code_days")


def data_request_due(request: DataRequest, received_on: date) -> Deadline:
    """The last day to meet a personal-data request (Decree 356/2025).

    The answer is due in working days: Monday to Friday here, public holidays are not taken out, so the house is never late.
    """
    value = shipped().value(f"personal_data.{request.value}_days", received_on)
    if value.unit == "working_day":
        return Deadline(_working_days_later(received_on, value.whole()), value.certainty, (value.citation,))
    return _deadline(received_on, value)


def breach_notice_due(found_at: datetime) -> datetime:
    """The last instant to give notice of a breach found at `found_at` (Law 91/2025 Art. 23)."""
    hours = shipped().value("personal_data.breach_notice_hours", found_at.date())
    return found_at + timedelta(hours=hours.whole())


def _days_after(day: date, name: str) -> Deadline:
    return _deadline(day, shipped().value(name, day))


def _deadline(day: date, value: Value) -> Deadline:
    return Deadline(day + timedelta(days=value.whole()), value.certainty, (value.citation,))


def _working_days_later(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= day.weekday() < 5
    return day


def _report(kind: ReportKind, start: date, end: date, due_year: int) -> ReportDue | None:
    value = shipped().known(f"reports.{kind.value}_due", end)
    if value is None:
        return None
    month, day = value.text().split("-")
    return ReportDue(kind, start, end, date(due_year, int(month), int(day)), value.citation)
