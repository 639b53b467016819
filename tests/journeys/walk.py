"""What a walk through the loop carries along: who sits at which browser, what was noted on the way, files to send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lientuc.accounts.system import SYSTEM
from lientuc.core.clock import today
from lientuc.curricula.actions import load_topics
from lientuc.directives.actions import load_directives
from lientuc.quality.actions import load_criteria
from lientuc.registry.actions import grant_authority, register_provider
from lientuc.registry.enums import ProviderCode
from lientuc.registry.rules import AuthorityDraft
from lientuc.surveys.actions import load_instruments
from tests.journeys.conftest import Person
from tests.world import BEGIN, World

TOPICS = (
    ("ncd.hypertension", "Quản lý tăng huyết áp tại Trạm Y tế", "Hypertension at the station", "clinical"),
    ("nursing.infection", "Kiểm soát nhiễm khuẩn", "Infection control", "nursing"),
    ("teaching.method", "Phương pháp dạy học y học cho giảng viên", "Teaching methods for lecturers", "management"),
)
TITLE = "Quản lý tăng huyết áp tại Trạm Y tế"
TECHNIQUE = "Đo và theo dõi huyết áp tại cộng đồng"


@dataclass
class Walk:
    """One walk: `come` opens a browser, `folder` holds files to send, `environment` is the server's, `notes` serve later stages."""

    come: Callable[..., Person]
    folder: Path
    environment: dict[str, str]
    today: date = field(default_factory=today)
    notes: dict[str, str] = field(default_factory=dict)
    desks: dict[str, Person] = field(default_factory=dict)

    def desk(self, role: str) -> Person:
        """Somebody of this role at a 1280 px screen, signed in when first asked for."""
        if role not in self.desks:
            self.desks[role] = self.come()
            self.desks[role].sign_in(role)
        return self.desks[role]

    def phone(self, name: str) -> Person:
        """An old phone: 360 px, no JavaScript; nobody is signed in yet."""
        self.desks[name] = self.come(360, script=False)
        return self.desks[name]

    def visitor(self) -> Person:
        """Somebody without an account."""
        self.desks["visitor"] = self.come()
        return self.desks["visitor"]

    @property
    def faults(self) -> dict[str, list[str]]:
        """Console errors and answers of the server's own failure, by whose browser heard them."""
        return {name: person.faults for name, person in self.desks.items() if person.faults}


def prepare(world: World) -> None:
    """The lists every province shares, the directive, and the school's code A; everything else goes through pages."""
    names = ("code", "name_vi", "name_en", "family")
    topics = [dict(zip(names, row, strict=True)) | {"source": "illustrative"} for row in TOPICS]
    load_topics(rows=topics, by=SYSTEM)
    load_criteria(by=SYSTEM)
    load_instruments(by=SYSTEM)
    load_directives(by=SYSTEM)
    school = register_provider(organisation=world.school, by=SYSTEM)
    grant_authority(
        provider=school, draft=AuthorityDraft(ProviderCode.A, "A99", "Quyết định thử số 01/QĐ", BEGIN), by=SYSTEM
    )
