"""What every page needs: the three to five ways that the signed-in person has."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import INSIDE, Role, User


@dataclass(frozen=True)
class Way:
    words: str
    url: str
    is_here: bool


# Url names point right on purpose: words for the eye, no import. People and flow: 3 ways, 5 for the office.
# A way is marked as the present one on the pages of its first url and of those named after it.
MY_UNIT = ("Việc của đơn vị", "tasks:my_unit")
NAVIGATION: dict[str, tuple[tuple[str, ...], ...]] = {
    Role.DEPARTMENT: (
        MY_UNIT,
        ("Kế hoạch", "plans:list"),
        ("Trợ giúp", "accounts:help"),
    ),
    Role.CHAIR: (
        ("Tổng quan", "reports:home"),
        ("Chờ tôi duyệt", "reports:to_approve"),
        ("Báo cáo", "reports:list"),
    ),
    Role.OFFICE: (
        ("Kỳ báo cáo", "reports:home"),
        ("Nhiệm vụ", "tasks:list"),
        ("Chờ kiểm tra", "tasks:reviews"),
        ("Kế hoạch", "plans:list"),
        ("Đơn vị và người dùng", "accounts:units", "accounts:people"),
    ),
    Role.INSPECTOR: (
        ("Tổng quan", "reports:home"),
        ("Nhiệm vụ", "tasks:list"),
        ("Kế hoạch", "plans:list"),
        ("Báo cáo", "reports:list"),
        ("Lịch sử", "reports:history"),
    ),
    Role.RECEIVER: (("Báo cáo nhận được", "reports:list"), ("Trợ giúp", "accounts:help")),
}


def portal(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"ways": []}
    named = list(NAVIGATION.get(user.main_role or "", ()))
    if user.led_units and MY_UNIT not in named:  # a vice-chairwoman may head a unit as well
        named.append(MY_UNIT)
    ways = [_way(request, *way) for way in named]
    return {
        "ways": ways,
        "several_agencies": len(user.agency_ids()) > 1,
        "sees_history": bool(user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR)),
        "is_inside": bool(user.agency_ids(*INSIDE)),
    }


def _way(request: HttpRequest, words: str, *names: str) -> Way:
    urls = [reverse(name) for name in names]
    here = any(request.path == url or (url != "/" and request.path.startswith(url)) for url in urls)
    return Way(words, urls[0], here)
