"""Pages of the roof."""

from .desk import home, job, jobs, notices, search
from .oversight import audit, review
from .person import me, worker

__all__ = ["audit", "home", "job", "jobs", "me", "notices", "review", "search", "worker"]
