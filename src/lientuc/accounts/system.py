"""The system itself as an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lientuc.core.errors import Problem
from lientuc.places.scope import Scope

if TYPE_CHECKING:
    from lientuc.places.models import Organisation


class System:
    """The system itself as actor: first set-up, background jobs, the sealer. It may do everything and says so in the audit."""

    public_id = "system"
    full_name = "Hệ thống"
    pk = None

    def scope(self, permission: str) -> Scope:
        """Everything."""
        return Scope(everything=True)

    def why_not(self, permission: str, organisation: Organisation | None = None) -> Problem | None:
        """Never refused."""
        return None


SYSTEM = System()
