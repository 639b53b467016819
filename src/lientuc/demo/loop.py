"""The loop in order, each step on its day."""

from __future__ import annotations

from lientuc.trail.seal import faults, seal

from . import afterwards, beginning, ledger, planning, review, stations, training, workforce
from .walk import Step, Walk


def seal_audit(walk: Walk) -> str:
    """Chain everything that was done and verify it."""
    sealed = seal()
    return f"{sealed} thao tác đã niêm, {len(list(faults()))} lỗi"


STEPS = [
    Step("Danh mục chung", beginning.load_reference, 226),
    Step("Tỉnh Minh Họa", beginning.found_province, 225),
    Step("Tài khoản", beginning.open_accounts, 225),
    Step("Văn bản chỉ đạo", beginning.receive_directive, 222),
    Step("Cơ sở đào tạo", beginning.register_providers, 221),
    Step("Nhập danh sách nhân lực", workforce.import_staff, 218),
    Step("Hồ sơ nghi trùng", review.find_duplicates, 218),
    Step("Số dân các xã", review.state_populations, 217),
    Step("Rà soát nhân lực", workforce.review, 217),
    Step("Nhập sổ giờ đã học", ledger.import_ledger, 214),
    Step("Kết quả tích lũy", ledger.show_standings, 212),
    Step("Chốt số liệu rà soát", review.freeze, 211),
    Step("Nhu cầu đào tạo", planning.gather_needs, 208),
    Step("Kế hoạch có kinh phí", planning.draw_up_plan, 205),
    Step("Trình và phê duyệt", planning.approve, 198),
    Step("Thẩm định chương trình", training.appraise_curriculum, 190),
    Step("Khóa đào tạo", training.run_class, 180),
    Step("Ghi nhận giờ, cấp chứng nhận", training.award_and_certify, 155),
    Step("Kiểm tra, giám sát", afterwards.inspect, 120),
    Step("Theo dõi sau đào tạo", afterwards.follow_up, 65),
    Step("Đánh giá", afterwards.evaluate, 30),
    Step("Trạm tự đánh giá chức năng", stations.assess_functions, 18),
    Step("Nhu cầu năm sau", afterwards.renew_needs, 14),
    Step("Thu thập danh sách từ trạm", stations.collect_lists, 6),
    Step("Nhân viên tự khai giờ học", stations.hand_in_hours, 4),
    Step("Kết quả tích lũy hiện nay", ledger.show_standings),
    Step("Chốt số liệu lần hai", review.freeze),
    Step("Giả định quy tắc mới", review.ask_whether),
    Step("Niêm nhật ký", seal_audit),
]
