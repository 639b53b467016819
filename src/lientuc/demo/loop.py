"""The loop in order."""

from __future__ import annotations

from . import beginning, workforce
from .walk import Step

STEPS = [
    Step("Danh mục chung", beginning.load_reference),
    Step("Tỉnh Minh Họa", beginning.found_province),
    Step("Tài khoản", beginning.open_accounts),
    Step("Văn bản chỉ đạo", beginning.receive_directive),
    Step("Cơ sở đào tạo", beginning.register_providers),
    Step("Nhập danh sách nhân lực", workforce.import_staff),
]
