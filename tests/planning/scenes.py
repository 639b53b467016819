"""Plans that several tests of scenarios start from."""

from __future__ import annotations

from lientuc.planning.enums import NeedState
from lientuc.planning.linking import relink
from lientuc.planning.models import Plan
from tests.factories.curricula import make_topic
from tests.factories.places import make_area
from tests.factories.planning import make_line, make_need, make_plan, make_source
from tests.factories.registry import make_worker
from tests.world import World

MILLION = 1_000_000


def two_topics(world: World) -> Plan:
    """Two topics, one class each for 10 persons at 60 and 50 million, 60 million in all: only one of them is urgent.

    A station in area III needs emergency care for 8, another needs nursing for 8; each has staff to let 8 go.
    """
    make_area("M1001")
    nursing = make_topic("nursing.care", name_vi="Chăm sóc người bệnh", name_en="Nursing", family="nursing")
    source = make_source(world.department, ceiling_vnd=60 * MILLION)
    plan = make_plan(world.department)
    size = dict(plan=plan, source=source, classes=1, persons=10, from_quarter=1, to_quarter=2)
    make_line(world.department, "Điều dưỡng", topic=nursing, requested_vnd=50 * MILLION, unit_vnd=50 * MILLION, **size)
    for station, topic, priority in ((world.station, make_topic(), 180), (world.station_b, nursing, 110)):
        make_need(station, state=NeedState.ACCEPTED, persons=8, topic=topic, priority=priority)
        for number in range(40):
            make_worker(station, f"Nhân viên {number}")
    size["source"] = None
    make_line(world.department, "Cấp cứu", requested_vnd=60 * MILLION, unit_vnd=60 * MILLION, **size)
    relink(plan)
    return plan
