"""Writes of the roof: saved views, reviews frozen and signed off."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.trail.record import action

from .models import FrozenReview, SavedView
from .review.asking import VIEW, Asked
from .review.freezing import digest_of, frozen_figures, packed, people_behind
from .rules import SavedViewDraft, SignatureDraft, signature_problems, view_problems

FREEZE = "reports.freeze_review"


@action("reports.save_view")
def save_view(*, draft: SavedViewDraft, office: Organisation | None, by: Any, key: str = "") -> SavedView:
    """Keep a question to the review under a name; `office`: whose people may use it too."""
    require(by, VIEW, office)
    mine = SavedView.objects.filter(owner_id=by.pk)
    refuse_if(view_problems(draft, list(mine.values_list("name", flat=True))))
    row: SavedView = SavedView.objects.create(
        owner_id=by.pk, office=office, name=tidy(draft.name)[:80], query=draft.query[:400]
    )
    return row


@action("reports.drop_view")
def drop_view(*, view: SavedView, by: Any) -> None:
    """Forget a saved view; only its owner may."""
    require(by, VIEW)
    if view.owner_id != by.pk:
        raise NotAllowed(Problem("reports.view_of_another"))
    SavedView.objects.filter(pk=view.pk).delete()


@action("reports.freeze_review")
def freeze_review(
    *, organisation: Organisation, asked: Asked, draft: SignatureDraft, by: Any, on: date | None = None, key: str = ""
) -> FrozenReview:
    """Keep the figures of a question and the list of people behind them, signed off; never changed again.

    The review is `by`'s own inside the reach of `organisation`, counted from the posts and not from the summary.
    """
    require(by, FREEZE, organisation)
    refuse_if(signature_problems(draft))
    on = on or today()
    figures = frozen_figures(by, organisation, asked, on)
    people = people_behind(by, organisation, asked, on)
    content = packed(people)
    row: FrozenReview = FrozenReview.objects.create(
        organisation=organisation,
        title=tidy(draft.title)[:160],
        on_date=on,
        asked=figures["asked"],
        figures=figures,
        people=content,
        persons=len(people),
        digest=digest_of(tidy(draft.title)[:160], on, figures, content),
        signed_name=tidy(draft.signed_name)[:120],
        signed_post=tidy(draft.signed_post)[:120],
        frozen_by=str(by.public_id),
    )
    return row
