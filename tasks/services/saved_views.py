"""Filters of the task list that somebody keeps under a name, for themselves or for the whole agency."""

from django.db import transaction
from django.db.models import Q

from accounts.models import Agency, User
from danvan.problems import Problem
from danvan.text import clean
from tasks.models import SavedView

NAME_LENGTH, QUERY_LENGTH = 80, 500


@transaction.atomic
def save_view(*, agency: Agency, owner: User, name: str, query: str, is_shared: bool) -> SavedView:
    """Keeps `query`, the part of an address after the «?». The same name and query again are the same row.

    Raises Problem where the name is missing, too long or taken, or where nothing is filtered.
    """
    name = clean(name)
    if not name:
        raise Problem("Đặt tên cho cách xem này, ví dụ “Quá hạn của Văn hóa”.")
    if len(name) > NAME_LENGTH:
        raise Problem(f"Tên dài quá {NAME_LENGTH} ký tự. Hãy đặt tên ngắn lại.")
    if not query:
        raise Problem("Chưa chọn điều kiện lọc nào nên chưa có gì để lưu.")
    if len(query) > QUERY_LENGTH:
        raise Problem("Điều kiện lọc dài quá nên chưa lưu được. Hãy bớt chữ ở ô Tìm việc.")
    if other := _of_this_name(agency, owner, name, query, is_shared):
        whose = "Đồng chí" if other.owner_id == owner.pk else str(other.owner)
        raise Problem(f"{whose} đã có cách xem tên “{other.name}” với điều kiện khác. Hãy đặt tên khác.")
    view, _ = SavedView.objects.update_or_create(
        agency=agency, owner=owner, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return view


def _of_this_name(agency: Agency, owner: User, name: str, query: str, is_shared: bool) -> SavedView | None:
    """What would stand under the same name beside it, in whatever case it is written."""
    seen = Q(owner=owner) | Q(is_shared=True) if is_shared else Q(owner=owner)
    rows = SavedView.objects.filter(seen, agency=agency).select_related("owner")
    alike = [row for row in rows if row.name.casefold() == name.casefold()]
    mine = {"owner_id": owner.pk, "name": name, "query": query}
    return next((row for row in alike if any(getattr(row, key) != it for key, it in mine.items())), None)


@transaction.atomic
def delete_view(*, view: SavedView, by: User) -> None:
    """Whoever saved it takes it away; the work itself is not touched. Raises Problem for anybody else."""
    if view.owner_id != by.pk:
        raise Problem(f"Cách xem này của {view.owner}. Chỉ người đã lưu mới xóa được.")
    view.delete()
