from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(
        label=say("Khóa đào tạo, hội nghị", "Classes and conferences"),
        url_name="delivery:runs",
        permission="delivery.view_runs",
        icon="school",
        order=50,
    ),
    MenuItem(
        label=say("Lịch mở lớp", "Open classes"),
        url_name="delivery:open_runs",
        permission="delivery.enrol",
        icon="calendar-event",
        order=51,
    ),
    MenuItem(
        label=say("Người đi học", "People in training"),
        url_name="delivery:participations",
        permission="delivery.view_participations",
        icon="users",
        order=52,
    ),
    MenuItem(
        label=say("Chứng nhận, chứng chỉ", "Certificates"),
        url_name="delivery:certificates",
        permission="delivery.view_certificates",
        icon="certificate",
        order=53,
    ),
]
