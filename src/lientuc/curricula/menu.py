from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(
        label=say("Chương trình đào tạo", "Curricula"),
        url_name="curricula:curricula",
        permission="curricula.view_curricula",
        icon="books",
        order=40,
    ),
    MenuItem(
        label=say("Thẩm định chương trình", "Appraisals"),
        url_name="curricula:appraisals",
        permission="curricula.view_curricula",
        icon="gavel",
        order=41,
    ),
]
