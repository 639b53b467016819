"""Which rule a worker falls under on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..certainty import Certainty
from ..numbering import Citation, cite
from ..parameters import Parameters, shipped
from ..workers import LicenceKind, Title, WorkerFacts
from .amounts import Unit


class Regime(StrEnum):
    """p: practitioners since 2024; s: other staff; p_2013: practitioners before 2024; the last two are not counted here."""

    P = "p"
    S = "s"
    P_2013 = "p_2013"
    PHARMACY = "pharmacy"
    SOCIAL_WORK = "social_work"


UNITS: dict[Regime, Unit] = {
    Regime.P: Unit.CREDIT_HOUR,
    Regime.S: Unit.LESSON,
    Regime.P_2013: Unit.LESSON,
    Regime.PHARMACY: Unit.NONE,
    Regime.SOCIAL_WORK: Unit.NONE,
}


@dataclass(frozen=True)
class Decision:
    """The regime with the reason (a code), the article and how sure the house is."""

    regime: Regime
    certainty: Certainty
    article: str
    reason: str

    @property
    def citation(self) -> Citation:
        """Where it is written."""
        return cite(self.article, self.certainty)


_OTHER_REGIMES = {
    Title.PHARMACIST: Decision(Regime.PHARMACY, Certainty.SECONDARY, "Law 105/2016 Art. 29(1)", "pharmacy_updating"),
    Title.SOCIAL_WORKER: Decision(Regime.SOCIAL_WORK, Certainty.SECONDARY, "Circ. 29/2026", "social_work_updating"),
}
_OTHER_STAFF = "Circ. 22/2013 Art. 5(2)"


def regime_of(worker: WorkerFacts, on: date, parameters: Parameters | None = None) -> Decision:
    """The rule `worker` falls under on `on`.

    # LAW   Circular 29/2026 is in force from 25/08/2026 only; before, social workers fell under nothing of their own.
    # HERE  A social worker is not covered on any day.
    # WHY   Their hours before are not counted towards anything today, and no text read says that regime S bound them.
    """
    law = parameters or shipped()
    if worker.title in _OTHER_REGIMES:
        return _OTHER_REGIMES[worker.title]
    if worker.licence_kind is LicenceKind.NONE:
        return _without_licence(worker)
    if not worker.practising:
        return Decision(Regime.S, Certainty.VERIFIED, _OTHER_STAFF, "licence_not_practised")
    return _with_licence(worker, on, law)


def _with_licence(worker: WorkerFacts, on: date, law: Parameters) -> Decision:
    """A practised licence: eight titles are clear, the traditional practitioner is not, others hold no such licence."""
    named = worker.title in law.latest("credits.p.titles").codes()
    unclear = worker.title in law.latest("credits.p.unclear_titles").codes()
    if not named and not unclear:
        return _without_licence(worker)
    old = law.known("credits.p_2013.required_hours", on)
    if old is not None:
        return Decision(Regime.P_2013, old.certainty, old.article, "practitioner_before_2024")
    titles = law.value("credits.p.titles" if named else "credits.p.unclear_titles", on)
    return Decision(Regime.P, titles.certainty, titles.article, "practitioner" if named else "title_unclear")


def _without_licence(worker: WorkerFacts) -> Decision:
    if worker.title is Title.CLINICAL_PHARMACIST:
        return Decision(Regime.S, Certainty.VERIFIED, "Circ. 22/2013 Art. 2 as amended", "clinical_pharmacy")
    if worker.title is Title.VILLAGE_HEALTH_WORKER:
        return Decision(Regime.S, Certainty.SECONDARY, _OTHER_STAFF, "village_health_worker")
    return Decision(Regime.S, Certainty.VERIFIED, _OTHER_STAFF, "other_staff")
