from lientuc.web.menu import MenuItem
from lientuc.web.say import say

VIEW = "quality.view_inspections"
MENU = [
    MenuItem(say("Kiểm tra, giám sát", "Inspections"), "quality:inspections", VIEW, "clipboard-check", 60),
    MenuItem(say("Phát hiện, khắc phục", "Findings"), "quality:findings", VIEW, "alert-triangle", 61),
]
