"""A province's largest list in one go."""

import time

import pytest

from lientuc.accounts.enums import Role
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import take_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.models import HealthWorker, Licence, Post
from tests.registry.staff_lists import HEADER, book, receive
from tests.world import World

COUNT = 50_000


@pytest.mark.long
def test_fifty_thousand_rows_are_taken_in_twenty_seconds(world: World) -> None:
    rows = [
        [
            n,
            f"Nguyễn Thị {n}",
            "20/05/1990",
            "Nữ",
            f"0011{n:08d}",
            "Điều dưỡng",
            "",
            "biên chế",
            f"{n:06d}/X-GPHN",
            "01/03/2024",
        ]
        for n in range(COUNT)
    ]
    by = world.user(Role.TRAINING_OFFICE)
    batch = receive(book([HEADER, *rows]), world.hospital, by)
    assert batch.counts["good"] == COUNT
    begun = time.monotonic()
    take_staff(batch=batch, choice=TakeChoice.ALL_OR_NOTHING, by=by)
    seconds = time.monotonic() - begun
    assert [model.objects.unscoped(WhyUnscoped.SETUP).count() for model in (HealthWorker, Post, Licence)] == [COUNT] * 3
    assert seconds <= 20
