from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(
        label=say("Đánh giá đào tạo", "Evaluation"),
        url_name="evaluation:studies",
        permission="evaluation.view_studies",
        icon="report-analytics",
        order=75,
    ),
    MenuItem(
        label=say("Phát hiện sau đào tạo", "Findings after training"),
        url_name="evaluation:findings",
        permission="evaluation.view_studies",
        icon="target",
        order=76,
    ),
    MenuItem(
        label=say("Kiểm lại bảng số liệu", "Audit of tables"),
        url_name="evaluation:audit",
        permission="evaluation.view_studies",
        icon="checklist",
        order=77,
    ),
]
