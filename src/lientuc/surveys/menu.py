from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(
        label=say("Đợt khảo sát", "Survey waves"),
        url_name="surveys:waves",
        permission="surveys.view_waves",
        icon="clipboard-list",
        order=70,
    ),
    MenuItem(
        label=say("Bộ công cụ khảo sát", "Instruments"),
        url_name="surveys:instruments",
        permission="surveys.view_instruments",
        icon="list-check",
        order=71,
    ),
]
