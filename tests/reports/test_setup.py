"""`lientuc setup` twice is `lientuc setup` once."""

import io

from django.core.management import call_command

from lientuc.accounts.models import Grant, User
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Technique
from tests.world import World


def run() -> str:
    out = io.StringIO()
    call_command("setup", stdout=out)
    return out.getvalue()


def test_setup_makes_the_register_the_ministry_and_one_account(db: None) -> None:
    Grant.objects.unscoped(WhyUnscoped.SETUP).filter(role="ministry").delete()
    username, _, password = run().strip().partition(" / ")
    user = User.objects.get(username=username)
    assert user.check_password(password)
    assert user.scope("registry.edit_organisations").everything
    assert AdministrativeUnit.objects.filter(level="commune", simulated=False).exists()


def test_setup_again_changes_nothing(world: World) -> None:
    assert run() == ""
    counts = AdministrativeUnit.objects.count(), Organisation.objects.unscoped(WhyUnscoped.SETUP).count()
    assert run() == ""
    assert (AdministrativeUnit.objects.count(), Organisation.objects.unscoped(WhyUnscoped.SETUP).count()) == counts


def test_official_technique_survives_setup(db: None) -> None:
    run()
    Technique.objects.update(source="Thông tư 23/2024/TT-BYT", name_vi="Tên chính thức")
    before = list(Technique.objects.order_by("pk").values())
    run()
    assert list(Technique.objects.order_by("pk").values()) == before
