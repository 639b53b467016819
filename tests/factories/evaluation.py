"""Rows of the evaluation room for tests; `label` is the text their page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.evaluation.enums import Route, StudyPurpose
from lientuc.evaluation.models import Finding, Study, StudyWave
from lientuc.places.models import Organisation

from .surveys import make_wave, shipped_version


def make_study(organisation: Organisation, label: str = "Đánh giá thử", **fields: Any) -> Study:
    """A study for management."""
    values: dict[str, Any] = dict(purpose=StudyPurpose.MANAGEMENT, begun_on=date(2026, 5, 4))
    return Study.objects.create(organisation=organisation, title=label, **(values | fields))


def make_study_wave(organisation: Organisation, label: str = "Đợt thử", **fields: Any) -> StudyWave:
    """A wave named `label` of a study of its own unless one is given; it asks alumni with the shipped form."""
    study = fields.pop("study", None) or make_study(organisation)
    wave = fields.pop("wave", None) or make_wave(organisation, label, version=shipped_version("l3_alumni"))
    return StudyWave.objects.create(study=study, wave=wave, **fields)


def make_finding(organisation: Organisation, label: str = "Đánh giá thử", **fields: Any) -> Finding:
    """Lack of knowledge, reported by 12 of 40 people, in a study titled `label`."""
    study_wave = fields.pop("study_wave", None) or make_study_wave(organisation, study=make_study(organisation, label))
    values: dict[str, Any] = dict(
        barrier="knowledge",
        persons=12,
        main_persons=6,
        of_persons=40,
        routed_to=Route.TRAINING,
        noted_on=date(2026, 7, 1),
    )
    return Finding.objects.create(
        organisation=organisation, study=study_wave.study, wave=study_wave.wave, **(values | fields)
    )


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "evaluation.Study": make_study,
    "evaluation.StudyWave": make_study_wave,
    "evaluation.Finding": make_finding,
}

LISTS: dict[str, str] = {
    "evaluation:studies": "evaluation.Study",
    "evaluation:findings": "evaluation.Finding",
}
