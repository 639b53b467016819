from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(say("Nhân viên y tế", "Health workers"), "registry:workers", "registry.view_workers", "users", 10),
    MenuItem(say("Đơn vị", "Units"), "registry:organisations", "registry.view_organisations", "building-hospital", 11),
    MenuItem(say("Danh sách gửi lên", "Staff lists"), "registry:lists", "registry.edit_workers", "database-import", 12),
    MenuItem(
        say("Đánh giá chức năng", "Functions carried out"),
        "registry:assessments",
        "registry.view_assessments",
        "clipboard-check",
        12,
    ),
    MenuItem(say("Thu thập danh sách", "Collection"), "registry:campaigns", "registry.run_campaign", "inbox", 12),
    MenuItem(say("Cơ sở đào tạo", "Providers"), "registry:providers", "registry.view_providers", "school", 13),
    MenuItem(
        say("Danh mục kỹ thuật", "Techniques and functions"),
        "registry:catalogue",
        "registry.view_catalogues",
        "list",
        14,
    ),
]
