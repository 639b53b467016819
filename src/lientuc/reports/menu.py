from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(say("Trang chính", "Home"), "reports:home", "reports.home", "home", 0),
    MenuItem(say("Trang của tôi", "My page"), "reports:me", "reports.view_own", "id-badge-2", 1),
    MenuItem(say("Rà soát nhân lực", "Workforce review"), "reports:review", "reports.view_review", "chart-bar", 10),
    MenuItem(
        say("Hồ sơ cần làm sạch", "Records to mend"), "reports:quality", "registry.view_workers", "list-check", 13
    ),
    MenuItem(say("Sắp đến hạn", "Due soon"), "reports:due", "credits.record_entry", "calendar-due", 20),
    MenuItem(say("Nhật ký", "Audit trail"), "reports:audit", "trail.view_audit", "shield-check", 95),
]
