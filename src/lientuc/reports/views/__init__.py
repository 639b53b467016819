"""Pages of the roof."""

from .desk import home, job, jobs, notices, search
from .due import due, due_export
from .oversight import audit
from .person import me, worker

__all__ = ["audit", "due", "due_export", "home", "job", "jobs", "me", "notices", "review", "search", "worker"]
