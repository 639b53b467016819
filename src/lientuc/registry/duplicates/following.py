"""The finder follows the register: one changed record is compared at once, a taken file by a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lientuc.trail.following import follow
from lientuc.trail.models import ImportBatch, ImportRow

from ..models import HealthWorker, Post
from .candidates import find_pairs
from .work import queue_search

ABOUT_A_PERSON = (
    "registry.register_worker",
    "registry.correct_worker",
    "registry.record_licence",
    "registry.open_post",
    "registry.take_on_worker",
    "registry.transfer_worker",
    "registry.return_worker",
    "registry.unmerge_worker",
)
ABOUT_A_FILE = ("registry.take_staff", "registry.clean_row")


def follow_the_register() -> None:
    """Follow what may make two records alike; called once when the room is ready."""
    follow(ABOUT_A_PERSON, compare_person)
    follow(ABOUT_A_FILE, queue_people)


def compare_person(result: Any, given: Mapping[str, Any]) -> None:
    """Compare the person an action was about with everybody."""
    if isinstance(result, HealthWorker):
        find_pairs([result.person])
    elif isinstance(result, Post) or hasattr(result, "worker_id"):
        find_pairs([result.worker_id])


def queue_people(result: Any, given: Mapping[str, Any]) -> None:
    """After a file: one job for everybody its sender answers for."""
    batch = result.batch if isinstance(result, ImportRow) else result
    if isinstance(batch, ImportBatch):
        queue_search(organisations=[batch.sender], made_by=str(given["by"].public_id))
