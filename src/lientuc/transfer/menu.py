from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(
        say("Chuyển giao kỹ thuật", "Technique transfer"),
        "transfer:agreements",
        "transfer.view_agreements",
        "arrows-right-left",
        65,
    ),
]
