from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(
        label=say("Kết quả tích lũy", "Standings"),
        url_name="credits:standings",
        permission="credits.view_entries",
        icon="progress-check",
        order=20,
    ),
    MenuItem(
        label=say("Lượt ghi nhận", "Credit entries"),
        url_name="credits:entries",
        permission="credits.view_entries",
        icon="list-details",
        order=21,
    ),
    MenuItem(
        label=say("Hồ sơ tự khai", "Claims to check"),
        url_name="credits:claims",
        permission="credits.verify_claim",
        icon="clipboard-check",
        order=21,
    ),
    MenuItem(
        label=say("Khai giờ học của tôi", "Hand in my hours"),
        url_name="credits:my_claims",
        permission="credits.submit_claim",
        icon="upload",
        order=2,
    ),
    MenuItem(
        label=say("Nhập từ tệp", "Import entries"),
        url_name="credits:imports",
        permission="credits.record_entry",
        icon="file-import",
        order=22,
    ),
    MenuItem(
        label=say("Ghi nhận giờ của khóa", "Award run hours"),
        url_name="credits:awards",
        permission="credits.award_run",
        icon="award",
        order=23,
    ),
    MenuItem(
        label=say("Giả định thay đổi quy tắc", "What-ifs"),
        url_name="credits:what_ifs",
        permission="credits.run_whatif",
        icon="adjustments",
        order=24,
    ),
]
