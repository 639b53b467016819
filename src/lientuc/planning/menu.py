from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(say("Nhu cầu đào tạo", "Training needs"), "planning:needs", "planning.view_needs", "target", 30),
    MenuItem(say("Độ bao phủ nhu cầu", "Coverage of needs"), "planning:coverage", "planning.view_needs", "map", 31),
    MenuItem(say("Kế hoạch đào tạo", "Training plans"), "planning:plans", "planning.view_plans", "calendar-stats", 32),
    MenuItem(say("Cử người đi học", "Persons for seats"), "planning:nominations", "planning.nominate", "user-plus", 33),
    MenuItem(say("Góp ý kế hoạch", "Opinions asked for"), "planning:asked", "planning.give_opinion", "messages", 33),
    MenuItem(say("Nguồn kinh phí", "Sources of money"), "planning:sources", "planning.view_plans", "cash", 33),
    MenuItem(say("Mức chi địa phương", "Local rates"), "planning:rates", "planning.view_plans", "coin", 34),
]
