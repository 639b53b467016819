"""Claims: one's own, the office's queue, and the evidence behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from lientuc.core.ids import Ref
from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.files import evidence_of
from lientuc.trail.models import Attachment

from ..enums import ClaimState
from ..models import Claim, ClaimSample, CreditEntry
from ..rules.claims import claim_key

SUBMIT = "credits.submit_claim"
VERIFY = "credits.verify_claim"
OPEN = (str(ClaimState.SUBMITTED), str(ClaimState.RETURNED))


def worker_of(user: Any) -> HealthWorker | None:
    """The canonical record linked to an account, or None."""
    rows = HealthWorker.objects.within(Scope(self_user=user.pk)).filter(user=user)
    row: HealthWorker | None = rows.select_related("keeper", "canonical__keeper").first()
    return row and (row.canonical or row)


def own_claims(by: Any) -> QuerySet[Claim]:
    """What a person handed in, the latest first."""
    return Claim.objects.visible_to(by, SUBMIT).select_related("worker__keeper", "entry")


def claims_of(
    *, by: Any, text: str = "", state: str = "", drawn: str = "", unit: Organisation | None = None
) -> QuerySet[Claim]:
    """The claims `by` decides about, filtered; `state` empty means those that wait. One query."""
    rows = Claim.objects.visible_to(by, VERIFY).select_related("worker__keeper", "sample")
    rows = rows.filter(state=state or str(ClaimState.SUBMITTED)) if state != "all" else rows
    if text:
        rows = rows.filter(worker__name_fold__contains=fold(text))
    if drawn:
        rows = rows.filter(drawn=drawn == "drawn")
    if unit is not None:
        rows = rows.filter(worker__keeper=unit)
    return rows


def claim_counts(by: Any) -> dict[ClaimState, int]:
    """How many claims of each state `by` decides about; one query."""
    rows = Claim.objects.visible_to(by, VERIFY).order_by().values("state").annotate(n=Count("pk"))
    return {ClaimState(row["state"]): row["n"] for row in rows}


def waiting_in(organisation: Organisation) -> QuerySet[Claim]:
    """The claims of the people an organisation keeps that wait undecided, in the order received."""
    rows = Claim.objects.unscoped(WhyUnscoped.RULE).filter(worker__keeper=organisation, state=ClaimState.SUBMITTED)
    return rows.order_by("submitted_at", "pk")


def open_keys(worker: HealthWorker, besides: Claim | None = None) -> frozenset[str]:
    """The activities a person has open claims about."""
    rows = Claim.objects.unscoped(WhyUnscoped.RULE).filter(worker=worker, state__in=OPEN).select_related("worker")
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return frozenset(claim_key(row.draft) for row in rows)


def samples_of(by: Any) -> QuerySet[ClaimSample]:
    """The drawings of the units `by` decides for, the latest first."""
    return ClaimSample.objects.visible_to(by, VERIFY).select_related("organisation").order_by("-made_at", "-pk")


def files_of(claim: Claim) -> QuerySet[Attachment]:
    """The evidence of a claim."""
    return evidence_of(claim.ref)


def files_of_entry(entry: CreditEntry) -> QuerySet[Attachment]:
    """The evidence of an entry: its own files and those of the claim it came from."""
    claim = Claim.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(entry=entry).first()
    return evidence_of(entry.ref, *([claim.ref] if claim else []))


def seen_elsewhere(claim: Claim, files: Iterable[Attachment]) -> set[str]:
    """The digests of files that some other claim or entry rests on too: one certificate handed in twice looks like this."""
    digests = [file.sha256 for file in files]
    others = Attachment.objects.filter(sha256__in=digests, owner__startswith="credits.").exclude(owner=str(claim.ref))
    return set(others.values_list("sha256", flat=True))


def owner_visible(by: Any, permission: str, attachment: Attachment) -> bool:
    """Whether `by` may see the claim or entry a file belongs to."""
    ref = Ref.parse(attachment.owner)
    model: Any = {"credits.claim": Claim, "credits.creditentry": CreditEntry}.get(ref.kind)
    if model is None:
        return False
    return bool(model.objects.visible_to(by, permission).filter(public_id=ref.public_id).exists())
