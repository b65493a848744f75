from django.db import models

from accounts.models import INSIDE, Agency, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> "SavedViewQuerySet":
        """Their own, and what others of the agency share."""
        inside = self.filter(agency__in=user.agency_ids(*INSIDE))
        return inside.filter(models.Q(owner=user) | models.Q(is_shared=True))


class SavedView(models.Model):
    """The filters of the task list under a name: `query` is the part of its address after the «?»."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField("tên", max_length=80)
    query = models.CharField(max_length=500)
    is_shared = models.BooleanField("cả cơ quan cùng dùng", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "owner", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
