"""`lientuc setup`: tables, reference lists, the ministry and its first account; running it again changes nothing."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from lientuc.accounts.actions import grant_role, open_account
from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM, Grant
from lientuc.accounts.rules import UserDraft
from lientuc.core.clock import today
from lientuc.directives.actions import load_directives
from lientuc.places.actions import found_organisation
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.rules import OrganisationDraft
from lientuc.places.scope import WhyUnscoped
from lientuc.reports.reference import load_everything


class Command(BaseCommand):
    help = "Prepare the database: tables, reference lists, the ministry, the first account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="quan-tri", help="name of the first account")

    def handle(self, *args: Any, username: str = "quan-tri", **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        load_everything(by=SYSTEM)
        ministry = _ministry()
        load_directives(by=SYSTEM)
        password = _first_account(ministry, username)
        if password:
            self.stdout.write(f"{username} / {password}")


def _ministry() -> Organisation:
    rows = Organisation.objects.unscoped(WhyUnscoped.SETUP).filter(kind=OrganisationKind.MINISTRY)
    draft = OrganisationDraft(name="Bộ Y tế", kind=OrganisationKind.MINISTRY, from_on=today(), code="BYT")
    return rows.order_by("pk").first() or found_organisation(draft=draft, by=SYSTEM)


def _first_account(ministry: Organisation, username: str) -> str:
    """The password of a new account, shown this once; empty where somebody already holds the ministry's role."""
    if Grant.objects.unscoped(WhyUnscoped.SETUP).filter(role=Role.MINISTRY).exists():
        return ""
    password = secrets.token_urlsafe(18)
    draft = UserDraft(username=username, full_name="Quản trị hệ thống", password=password)
    user = open_account(draft=draft, organisation=ministry, by=SYSTEM)
    grant_role(user=user, role=Role.MINISTRY, organisation=ministry, by=SYSTEM)
    return password
