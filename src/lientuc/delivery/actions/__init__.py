"""Writes of delivery: runs and sessions, people, attendance, the end of a run, certificates."""

from .attendance import Mark, record_attendance
from .certificates import issue_certificates, reissue_certificate, revoke_certificate
from .finish import finish_run
from .people import enrol, withdraw
from .runs import add_lecturer, cancel_run, confirm_run, open_run, plan_run, plan_session, publish_run

__all__ = [
    "Mark",
    "add_lecturer",
    "cancel_run",
    "confirm_run",
    "enrol",
    "finish_run",
    "issue_certificates",
    "open_run",
    "plan_run",
    "plan_session",
    "publish_run",
    "record_attendance",
    "reissue_certificate",
    "revoke_certificate",
    "withdraw",
]
