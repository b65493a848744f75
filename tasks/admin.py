"""The maintainer's pages. Indicators may be mended here; what the office keeps on its own pages is only read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tasks.models import DayOff, Indicator, Occurrence, Period, PlanIndicator, Task


class ReadOnlyAdmin(admin.ModelAdmin):
    """Writes go through services, which leave a trace."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DayOff)
class DayOffAdmin(ReadOnlyAdmin):
    list_display = ("on", "name", "is_working", "agency")
    list_filter = ("agency", "is_working")
    list_select_related = ("agency",)
    date_hierarchy = "on"


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    list_display = ("name", "measure", "code", "formula", "agency")
    list_filter = ("agency",)
    list_select_related = ("agency",)
    search_fields = ("code", "name")


@admin.register(PlanIndicator)
class PlanIndicatorAdmin(admin.ModelAdmin):
    list_display = ("indicator", "plan", "item", "yearly_target")
    list_filter = ("plan",)
    list_select_related = ("indicator", "plan", "item")
    raw_id_fields = ("item",)


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    list_display = ("title", "plan", "covers_from", "covers_to", "unit_due_on", "due_on", "closed_at")
    list_filter = ("agency", "kind", "year")
    list_select_related = ("plan",)


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("title", "plan", "lead_unit", "schedule", "is_tracked", "cancelled_on")
    list_filter = ("plan__agency", "schedule", "is_tracked")
    list_select_related = ("plan", "lead_unit")
    search_fields = ("folded",)


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    list_display = ("task", "period", "due_on", "state", "completed_on", "cancelled_on")
    list_filter = ("task__plan__agency", "state")
    list_select_related = ("task", "period")
