from lientuc.web.menu import MenuItem
from lientuc.web.say import say

MENU = [
    MenuItem(say("Tài khoản", "Accounts"), "accounts:users", "accounts.view_users", "user-check", 90),
    MenuItem(say("Vai trò và quyền", "Roles and permissions"), "accounts:roles", "accounts.view_roles", "key", 91),
]
