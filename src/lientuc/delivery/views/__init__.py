"""Pages of delivery."""

from .certificates import certificate, certificate_pdf, certificates, export_certificates, issue, reissue, revoke
from .people import attendance, enrol, participations, sign_in_sheet, withdraw
from .public import open_runs, verify, verify_form
from .runs import cancel, confirm, export_runs, finish, new_lecturer, new_run, new_session, publish, run, runs

__all__ = [
    "attendance",
    "cancel",
    "certificate",
    "certificate_pdf",
    "certificates",
    "confirm",
    "enrol",
    "export_certificates",
    "export_runs",
    "finish",
    "issue",
    "new_lecturer",
    "new_run",
    "new_session",
    "open_runs",
    "participations",
    "publish",
    "reissue",
    "revoke",
    "run",
    "runs",
    "sign_in_sheet",
    "verify",
    "verify_form",
    "withdraw",
]
