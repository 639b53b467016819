"""The loop in order."""

from __future__ import annotations

from . import beginning, ledger, workforce
from .walk import Step

STEPS = [
    Step("Danh mục chung", beginning.load_reference, 226),
    Step("Tỉnh Minh Họa", beginning.found_province, 225),
    Step("Tài khoản", beginning.open_accounts, 225),
    Step("Văn bản chỉ đạo", beginning.receive_directive, 222),
    Step("Cơ sở đào tạo", beginning.register_providers, 221),
    Step("Nhập danh sách nhân lực", workforce.import_staff, 218),
    Step("Nhập sổ giờ đã học", ledger.import_ledger, 214),
    Step("Kết quả tích lũy", ledger.show_standings, 212),
]
