"""Who may open and send what: one row per url name. This file has the format and the rows of `accounts`.

Every app keeps its rows in `<app>/tests/matrix.py` as `ROWS`, and every url pattern of the project needs one; the
test in `test_permission_matrix.py` walks the resolver, so a new url without a row fails the suite. Write:

    from accounts.tests.matrix import CHAIR, DEPARTMENT, INSIDE, OFFICE, Row

    ROWS = [
        # A list: each role sees its own agency's, also people of other agencies. No POST: 405.
        Row("plans:list", get=INSIDE),
        # An object (it has kwargs): foreign agencies get 404, whoever is not named gets 403.
        Row("plans:detail", lambda world: {"pk": world.plan.pk}, get=INSIDE),
        # Only POST. The test sends an empty body, so whoever may gets 200, 302, 400, 409 or 422.
        Row("plans:activate", lambda world: {"pk": world.plan.pk}, post=[OFFICE]),
        # Exact codes where the common ones do not fit: a dict instead of a list.
        Row("tasks:record", lambda world: {"pk": world.occurrence.pk}, get={DEPARTMENT: 200, CHAIR: 404}, post=[DEPARTMENT]),
    ]

The rules, for everybody whom a row does not name:
- `get` or `post` left out: the view does not know the method (`@require_safe`, `@require_POST`) and answers 405.
- anonymous: 302 to the sign-in page; `open_to_all=True`: as the row names ANONYMOUS (default 200 / a POST's codes).
- in the own agency: 403. RECEIVER, who works in the agency above: 404 on an object, else 403.
- OTHER_UNIT is a head of a unit that has nothing to do with the object; it follows DEPARTMENT unless it is named.
- of another agency: 404 on an object, else as the same role at home. `foreign=` sets another code for all of them.

`world` is the fixture `world_with_plan` if the project has it, else `world` (both: see conftest.py). An object that
the rows need and the world lacks belongs into that fixture, not here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from accounts.services import make_slip

ANONYMOUS, OFFICE, DEPARTMENT, CHAIR = "ANONYMOUS", "OFFICE", "DEPARTMENT", "CHAIR"
INSPECTOR, RECEIVER, OTHER_UNIT = "INSPECTOR", "RECEIVER", "OTHER_UNIT"
INSIDE = (OFFICE, DEPARTMENT, CHAIR, INSPECTOR)
SIGNED_IN = (*INSIDE, RECEIVER)

# Who plays each role: an attribute of the world. The foreign ones are FOREIGN_<role>.
PLAYERS = {
    OFFICE: "lan",
    DEPARTMENT: "hung",
    OTHER_UNIT: "mai",
    CHAIR: "tam",
    INSPECTOR: "binh",
    RECEIVER: "dung",
    "FOREIGN_OFFICE": "stranger",
    "FOREIGN_DEPARTMENT": "stranger_head",
    "FOREIGN_CHAIR": "stranger_chair",
    "FOREIGN_INSPECTOR": "stranger_inspector",
    "FOREIGN_RECEIVER": "stranger_receiver",
}

Codes = tuple[int, ...]
Allowed = Iterable[str] | Mapping[str, int | Codes]
GET_CODES: Codes = (200,)
POST_CODES: Codes = (200, 302, 400, 409, 422)


@dataclass(frozen=True)
class Row:
    url_name: str
    kwargs: Callable[[SimpleNamespace], dict[str, object]] | None = None
    get: Allowed | None = None
    post: Allowed | None = None
    foreign: int | None = None
    open_to_all: bool = False

    def expected(self, method: str, role: str) -> Codes:
        """The codes with which this url may answer that role."""
        allowed = self.get if method == "GET" else self.post
        if role == ANONYMOUS and not self.open_to_all:
            return (302,)
        if allowed is None:
            return (405,)
        codes = self._codes(allowed, GET_CODES if method == "GET" else POST_CODES)
        if self.open_to_all:
            return codes.get(role, GET_CODES if method == "GET" else POST_CODES)
        if role.startswith("FOREIGN_"):
            return self._foreign(codes, role.removeprefix("FOREIGN_"))
        if role == OTHER_UNIT:
            return codes.get(OTHER_UNIT, codes.get(DEPARTMENT, (403,)))
        return codes.get(role, (404,) if role == RECEIVER and self.kwargs else (403,))

    def _foreign(self, codes: dict[str, Codes], role: str) -> Codes:
        if self.foreign is not None:
            return (self.foreign,)
        return (404,) if self.kwargs else codes.get(role, (403,))

    @staticmethod
    def _codes(allowed: Allowed, usual: Codes) -> dict[str, Codes]:
        if not isinstance(allowed, Mapping):
            return dict.fromkeys(allowed, usual)
        return {role: code if isinstance(code, tuple) else (code,) for role, code in allowed.items()}


def _former_membership(world: SimpleNamespace) -> dict[str, object]:
    return {"pk": world.mai.memberships.get().pk}


READERS = [OFFICE, INSPECTOR]
OPEN = {"open_to_all": True}
ALREADY_IN = dict.fromkeys([*PLAYERS], 302)

ROWS = [
    Row("accounts:units", get=READERS),
    Row("accounts:unit_add", get=[OFFICE], post=[OFFICE]),
    Row("accounts:unit_edit", lambda world: {"pk": world.culture.pk}, get=[OFFICE], post=[OFFICE]),
    Row("accounts:unit_end", lambda world: {"pk": world.culture.pk}, post=[OFFICE]),
    Row("accounts:unit_reopen", lambda world: {"pk": world.culture.pk}, post=[OFFICE]),
    Row("accounts:people", get=READERS),
    Row("accounts:person_add", get=[OFFICE], post=[OFFICE]),
    Row("accounts:person_edit", lambda world: {"pk": world.mai.pk}, get=[OFFICE], post=[OFFICE]),
    Row("accounts:membership_add", lambda world: {"pk": world.mai.pk}, post=[OFFICE]),
    Row("accounts:membership_end", _former_membership, post=[OFFICE]),
    Row("accounts:slip_make", lambda world: {"pk": world.mai.pk}, post=[OFFICE]),
    Row(
        "accounts:slip_use",
        lambda world: {"token": make_slip(user=world.mai, made_by=world.lan)},
        get={},
        post={},
        **OPEN,
    ),
    Row("accounts:help", get={}, **OPEN),
    # The sign-in library's pages.
    Row("account_login", get=ALREADY_IN, post=ALREADY_IN, **OPEN),
    Row("account_logout", get={ANONYMOUS: 302}, post={}, **OPEN),
    Row("account_inactive", get={}, **OPEN),
    Row("account_signup", get=ALREADY_IN, post=ALREADY_IN, **OPEN),
    Row("account_change_password", get=SIGNED_IN, post=SIGNED_IN),
    Row("account_set_password", get=dict.fromkeys(SIGNED_IN, 302), post=dict.fromkeys(SIGNED_IN, 302)),
    Row("account_reset_password", get={}, post={}, **OPEN),
    Row("account_reset_password_done", get={}, **OPEN),
    Row(
        "account_reset_password_from_key",
        lambda world: {"uidb36": "1", "key": "khong-co"},
        get={},
        post={},
        **OPEN,
    ),
    Row("account_reset_password_from_key_done", get={}, **OPEN),
    # Django's own pages for the maintainer send everybody else to the portal's sign-in page.
    Row("admin", get=dict.fromkeys(SIGNED_IN, 302), post=dict.fromkeys(SIGNED_IN, 302)),
]
