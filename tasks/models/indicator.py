from django.db import models

from accounts.models import Agency, Unit
from plans.models import Item, Plan
from tasks.models.period import Period
from tasks.models.progress import ProgressUpdate


class Indicator(models.Model):
    """Something that is counted, the same across years. With a `formula` it is computed, never typed."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="indicators")
    code = models.SlugField("mã", max_length=40)
    name = models.CharField("chỉ tiêu", max_length=200)
    measure = models.CharField("đơn vị tính", max_length=40)
    formula = models.CharField("công thức", max_length=200, blank=True, help_text="Ví dụ: 100 * (a + b) / c")
    identity = models.CharField(
        "đẳng thức",
        max_length=200,
        blank=True,
        help_text="Ví dụ: a + b = c + d. Chỉ nhắc khi số liệu không khớp.",
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="indicator_code_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.measure})"


class PlanIndicator(models.Model):
    """Binds an indicator to a content item of one plan, so that years and agencies compare."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="bindings")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="indicators")
    yearly_target = models.DecimalField(
        "kế hoạch năm", max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["indicator__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "indicator"], name="indicator_once_per_plan")]


class IndicatorValue(models.Model):
    """A figure typed with an update. It counts once that update is accepted; the last accepted one per
    indicator, unit and period is the value."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, related_name="values")
    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="values")
    value = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "update"], name="value_once_per_update")]
        indexes = [models.Index(fields=["period", "indicator"])]
