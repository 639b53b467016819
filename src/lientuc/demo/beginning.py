"""First steps: the register of units, the invented province, its accounts, the directive."""

from __future__ import annotations

from datetime import date

from lientuc.accounts.actions import grant_role, open_account
from lientuc.accounts.enums import Role
from lientuc.accounts.rules import UserDraft
from lientuc.accounts.system import SYSTEM
from lientuc.directives.actions import delegate_duty, load_directives
from lientuc.directives.queries import duties
from lientuc.places.actions import class_areas, found_many, found_organisation, invent_units
from lientuc.places.enums import OrganisationKind
from lientuc.places.rules import OrganisationDraft
from lientuc.registry.actions import grant_authority, register_provider
from lientuc.registry.enums import ProviderCode
from lientuc.registry.rules import AuthorityDraft
from lientuc.reports.reference import load_everything

from .province import BEGIN, invented
from .walk import Walk

PASSWORD = "minh-hoa-2026-xin-chao"

# user name: (full name, role, key of the organisation)
ACCOUNTS = {
    "boyte": ("Nguyễn Thu Bộ", Role.MINISTRY, "ministry"),
    "ubnd": ("Trần Văn Tỉnh", Role.PROVINCIAL_COMMITTEE, "committee"),
    "syt": ("Lê Thị Sở", Role.HEALTH_DEPARTMENT, "department"),
    "taichinh": ("Phạm Văn Tài", Role.FINANCE_DEPARTMENT, "finance"),
    "ubndxa": ("Hoàng Thị Xã", Role.COMMUNE_COMMITTEE, "committee-MH001"),
    "tram": ("Vũ Văn Trạm", Role.STATION, "station-MH001"),
    "benhvien": ("Đặng Thị Viện", Role.TRAINING_OFFICE, "hospital"),
    "truong": ("Bùi Văn Trường", Role.PROVIDER, "school"),
    "hoidong1": ("Đỗ Thị Hội", Role.COUNCIL_MEMBER, "hospital"),
    "hoidong2": ("Ngô Văn Đồng", Role.COUNCIL_MEMBER, "women"),
    "hoidong3": ("Lý Thị Thẩm", Role.COUNCIL_MEMBER, "cdc"),
    "nhanvien": ("Nhân viên minh họa", Role.HEALTH_WORKER, "station-MH001"),
    "danhgia": ("Dương Thị Giá", Role.EVALUATOR, "department"),
    "kiemtra": ("Mai Văn Kiểm", Role.INSPECTOR, "department"),
    "vanthu": ("Trịnh Thị Thư", Role.CLERK, "department"),
    "kiemtoan": ("Hồ Văn Toán", Role.AUDITOR, "department"),
}


def load_reference(walk: Walk) -> str:
    """The real administrative units, and the lists every province shares."""
    load_everything(by=SYSTEM)
    return "34 tỉnh, thành phố; 3.321 xã, phường, đặc khu; chủ đề, kỹ thuật, tiêu chí, bộ công cụ khảo sát"


def found_province(walk: Walk) -> str:
    """The invented units and organisations on their two lines."""
    province = invented(small=walk.small)
    ministry = OrganisationDraft(name="Bộ Y tế", kind=OrganisationKind.MINISTRY, from_on=date(1945, 8, 28))
    walk.organisations["ministry"] = found_organisation(draft=ministry, by=SYSTEM)
    invent_units(drafts=province.units, by=SYSTEM)
    class_areas(rows=province.areas, by=SYSTEM)
    foundings = [unit.founding for unit in province.organisations]
    walk.organisations |= found_many(drafts=foundings, existing=dict(walk.organisations), by=SYSTEM)
    walk.rows["province"] = province
    return f"{len(province.communes)} xã, phường; {len(foundings)} đơn vị trên hai tuyến quản lý"


def open_accounts(walk: Walk) -> str:
    """One account per role."""
    for username, (name, role, place) in ACCOUNTS.items():
        organisation = walk.organisations[place]
        draft = UserDraft(username=username, full_name=name, password=PASSWORD)
        user = open_account(draft=draft, organisation=organisation, by=SYSTEM)
        grant_role(user=user, role=role, organisation=organisation, by=SYSTEM, from_on=BEGIN)
        walk.users[username] = user
    return f"{len(ACCOUNTS)} tài khoản theo vai trò"


def receive_directive(walk: Walk) -> str:
    """Dispatch 2319/BYT-K2ĐT reaches the provincial People's Committee, which passes duties on."""
    load_directives(by=SYSTEM)
    committee = walk.users["ubnd"]
    mine = list(duties(committee))
    for duty in mine:
        delegate_duty(
            duty=duty, organisations=[walk.organisations["department"]], by=committee, due_on=date(2026, 12, 15)
        )
    return f"Công văn 2319/BYT-K2ĐT: {len(mine)} nhiệm vụ của UBND tỉnh, giao Sở Y tế"


def register_providers(walk: Walk) -> str:
    """The school has a code A; the general hospital may only issue certificates of circular 32/2023."""
    officer = walk.users["boyte"]
    walk.rows["school"] = register_provider(organisation=walk.organisations["school"], by=officer)
    walk.rows["hospital"] = register_provider(organisation=walk.organisations["hospital"], by=officer)
    grant_authority(
        provider=walk.rows["school"],
        draft=AuthorityDraft(ProviderCode.A, "A99", "Quyết định minh họa số 01/QĐ", BEGIN),
        by=officer,
    )
    return "Trường Cao đẳng Y tế (mã A), Bệnh viện Đa khoa (không mã)"
