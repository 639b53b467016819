"""Rows of the room `transfer` for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.accounts.models import User
from lientuc.core.clock import now
from lientuc.directives.enums import Remover
from lientuc.directives.models import Barrier
from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.transfer.enums import AgreementState
from lientuc.transfer.models import FollowUp, TransferAgreement
from tests.factories.registry import make_technique

SIGNED = date(2026, 2, 2)
HANDED_OVER = date(2026, 5, 31)


def make_receiver(giver: Organisation) -> Organisation:
    """A station of its own right below `giver` on both lines, so that whoever reaches it reaches the giver."""
    row = Organisation.objects.create(
        name="Trạm nhận kỹ thuật",
        kind=OrganisationKind.STATION,
        care_level=CareLevel.INITIAL,
        province_code=giver.province_code,
        from_on=date(2025, 7, 1),
    )
    row.employer_path = f"{giver.employer_path}{row.pk}/"
    row.professional_path = f"{giver.professional_path}{row.pk}/"
    row.save()
    return row


def make_agreement(organisation: Organisation, label: str = "01/TT-CGKT", **fields: Any) -> TransferAgreement:
    """A signed agreement numbered `label` by which `organisation` teaches a station below it; only the equipment is there."""
    values: dict[str, Any] = dict(
        state=AgreementState.ACTIVE,
        signed_on=SIGNED,
        due_on=date(2026, 8, 3),
        persons=2,
        prerequisites={"equipment": True, "staff": False, "knowledge": False},
        opened_by=User.objects.earliest("pk"),
    )
    if "receiver" not in fields:
        fields["receiver"] = make_receiver(organisation)
    if "technique" not in fields:
        fields["technique"] = make_technique()
    return TransferAgreement.objects.create(giver=organisation, number=label, **(values | fields))


def make_handed_over(organisation: Organisation, label: str = "01/TT-CGKT", **fields: Any) -> TransferAgreement:
    """An agreement whose technique was handed over on the last day of May."""
    values: dict[str, Any] = dict(
        state=AgreementState.HANDED_OVER,
        handed_over_on=HANDED_OVER,
        handed_over_at=now(),
        handed_over_by=User.objects.earliest("pk"),
        prerequisites={"equipment": True, "staff": True, "knowledge": True},
    )
    return make_agreement(organisation, label, **(values | fields))


def make_barrier(code: str = "skill", removable_by: Remover = Remover.TRAINING) -> Barrier:
    """A barrier that training removes, unless said otherwise."""
    values = dict(name_vi=f"Nguyên nhân {code}", name_en=f"Cause {code}", removable_by=removable_by)
    return Barrier.objects.get_or_create(code=code, defaults=values)[0]


def make_follow_up(agreement: TransferAgreement, **fields: Any) -> FollowUp:
    """The technique is not used three months later, for want of skill."""
    values: dict[str, Any] = dict(
        month=3, observed_on=date(2026, 9, 1), used=False, noted_by=User.objects.earliest("pk")
    )
    if not fields.get("used"):
        values["barrier"] = fields.get("barrier") or make_barrier()
    return FollowUp.objects.create(agreement=agreement, **(values | fields))


def all_agreements() -> list[TransferAgreement]:
    """Every agreement there is."""
    return list(TransferAgreement.objects.unscoped(WhyUnscoped.SETUP).order_by("pk"))


def all_follow_ups() -> list[FollowUp]:
    """Every follow-up there is."""
    return list(FollowUp.objects.unscoped(WhyUnscoped.SETUP).order_by("pk"))


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {"transfer.TransferAgreement": make_agreement}
LISTS = {"transfer:agreements": "transfer.TransferAgreement"}
