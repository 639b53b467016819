from lientuc.web.menu import MenuItem
from lientuc.web.say import say

VIEW = "directives.view_directives"
MENU = [
    MenuItem(say("Văn bản chỉ đạo", "Directives"), "directives:directives", VIEW, "file-text", 80),
    MenuItem(say("Nhiệm vụ được giao", "Duties"), "directives:duties", VIEW, "checklist", 81),
    MenuItem(say("Phân công trách nhiệm", "Responsibilities"), "directives:divisions", VIEW, "table", 81),
    MenuItem(say("Khó khăn, vướng mắc", "Difficulties"), "directives:difficulties", VIEW, "message-report", 82),
]
