"""Which rule a worker falls under on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..certainty import Certainty
from ..numbering import Citation, cite
from ..parameters import Parameters, Value, shipped
from ..workers import LicenceKind, WorkerFacts
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


_APART = {"pharmacy": Regime.PHARMACY, "social_work": Regime.SOCIAL_WORK}
_INSIDE_S = ("clinical_pharmacy", "village_health_worker")


def regime_of(worker: WorkerFacts, on: date, parameters: Parameters | None = None) -> Decision:
    """The rule `worker` falls under on `on`; raises NotInForce where a practitioner's day is before 01/10/2013."""
    # LAW   Circular 29/2026 is in force from 25/08/2026 only; before, Circular 22/2013 spoke of every other health worker.
    # HERE  A social worker is not covered on any day, as a pharmacist outside clinical pharmacy.
    # WHY   The required hours of the new circular were not readable; standing by a rule about to be left would mislead.
    law = parameters or shipped()
    for name, regime in _APART.items():
        titles = law.latest(f"credits.regimes.{name}")
        if worker.title in titles.codes():
            return _decided(regime, titles, f"{name}_updating")
    if worker.licence_kind is LicenceKind.NONE:
        return _without_licence(worker, law)
    if not worker.practising and not _bound_by_licence(worker, on, law):
        return _decided(Regime.S, law.latest("credits.s.required_hours"), "licence_not_practised")
    return _with_licence(worker, on, law)


def _bound_by_licence(worker: WorkerFacts, on: date, law: Parameters) -> bool:
    """Whether the licence alone binds, practised or not: the traditional practitioner's since 2024."""
    # LAW   The renewal rule (Law 15/2023 Art. 32(2)) lists the traditional practitioner; Art. 22(1), on practice, does not.
    # HERE  The holder of the licence is bound whether or not it is practised, marked uncertain.
    # WHY   What is known of this title is about renewing the licence, and a licence runs out unpractised too.
    titles = law.known("credits.p.unclear_titles", on)
    return titles is not None and worker.title in titles.codes()


def _with_licence(worker: WorkerFacts, on: date, law: Parameters) -> Decision:
    """A practised licence: eight titles are clear, the traditional practitioner is not, others hold no such licence."""
    named = worker.title in law.latest("credits.p.titles").codes()
    unclear = worker.title in law.latest("credits.p.unclear_titles").codes()
    if not named and not unclear:
        return _without_licence(worker, law)
    old = law.known("credits.p_2013.required_hours", on)
    if old is not None:
        return _decided(Regime.P_2013, old, "practitioner_before_2024")
    titles = law.value("credits.p.titles" if named else "credits.p.unclear_titles", on)
    return _decided(Regime.P, titles, "practitioner" if named else "title_unclear")


def _without_licence(worker: WorkerFacts, law: Parameters) -> Decision:
    for name in _INSIDE_S:
        titles = law.latest(f"credits.regimes.{name}")
        if worker.title in titles.codes():
            return _decided(Regime.S, titles, name)
    return _decided(Regime.S, law.latest("credits.s.required_hours"), "other_staff")


def _decided(regime: Regime, value: Value, reason: str) -> Decision:
    return Decision(regime, value.certainty, value.article, reason)
