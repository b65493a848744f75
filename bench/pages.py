"""The pages that are measured, each with the rows and columns that its bare counterpart shows by one query."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Event, Unit, User
from bench.fill import Ward
from plans.models import Item, Plan
from reports.models import Paragraph, Report
from tasks.models import Occurrence, PlanIndicator, ProgressUpdate, Task
from tasks.views.finding import PER_PAGE


@dataclass(frozen=True)
class Page:
    """`rows` and `columns` are what a reader of the page sees in its list; `who` looks at it."""

    words: str
    name: str
    who: Callable[[Ward], User]
    rows: Callable[[Ward], QuerySet]
    columns: tuple[str, ...]
    arguments: Callable[[Ward], list] = lambda ward: []

    def url(self, ward: Ward) -> str:
        return reverse(self.name, args=self.arguments(ward))


def office(ward: Ward) -> User:
    return ward.office


def chair(ward: Ward) -> User:
    return ward.chair


def head(ward: Ward) -> User:
    return ward.heads[0]


def plan_id(ward: Ward) -> list[int]:
    return [ward.plan.pk]


def occurrences(ward: Ward) -> QuerySet:
    return Occurrence.objects.filter(task__plan=ward.plan)


def updates(ward: Ward) -> QuerySet:
    return ProgressUpdate.objects.filter(occurrence__task__plan=ward.plan)


def tasks(ward: Ward) -> QuerySet:
    return Task.objects.filter(plan=ward.plan)


def report_id(ward: Ward) -> list[int]:
    return [Report.objects.get(agency=ward.agency).pk]


TASK = ("task__title", "task__item__label", "task__lead_unit__name", "state", "due_on", "period__unit_due_on")
LAST_WORD = ("latest_update__text", "latest_update__outcome", "latest_update__happened_on")

PAGES = [
    Page(
        "Việc của đơn vị tôi",
        "tasks:my_unit",
        head,
        lambda ward: occurrences(ward).filter(task__lead_unit=ward.units[0]),
        (
            *("pk", "version", "period__title", "task__item__text", "task__item__assignment_text"),
            *(*TASK, *LAST_WORD, "latest_update__recorded_at"),
        ),
    ),
    Page(
        "Chờ kiểm tra",
        "tasks:reviews",
        office,
        lambda ward: updates(ward).filter(outcome="waiting"),
        (
            *("pk", "text", "difficulties", "state", "percent", "happened_on", "recorded_at"),
            *(
                "recorded_by__full_name",
                "on_behalf_of__name",
                "occurrence__period__title",
                "occurrence__due_on",
            ),
            *("occurrence__task__title", "occurrence__task__item__label", "occurrence__task__item__text"),
            *("occurrence__task__lead_unit__name", "occurrence__accepted_update__text"),
        ),
    ),
    Page("Kỳ báo cáo (văn phòng)", "reports:home", office, occurrences, TASK),
    Page("Tổng quan (lãnh đạo)", "reports:home", chair, occurrences, TASK),
    Page(
        "Kế hoạch và tình trạng",
        "tasks:plan",
        office,
        lambda ward: Item.objects.filter(section__plan=ward.plan),
        (
            *("pk", "label", "text", "assignment_text", "tasks__title", "tasks__lead_unit__name"),
            *("tasks__occurrences__state", "tasks__occurrences__due_on"),
            *("tasks__occurrences__period__unit_due_on", "tasks__occurrences__latest_update__outcome"),
        ),
        plan_id,
    ),
    Page(
        "Bảng phân công",
        "tasks:assign",
        office,
        tasks,
        (
            *(
                "pk",
                "version",
                "title",
                "item__label",
                "item__text",
                "item__lead",
                "item__due",
                "item__frequency",
            ),
            *("lead_unit__name", "supporting_units__name", "overseer__full_name", "schedule", "period_kind"),
        ),
        plan_id,
    ),
    Page(
        "Danh sách nhiệm vụ",
        "tasks:list",
        office,
        lambda ward: occurrences(ward)[:PER_PAGE],
        (*TASK, "pk", "first_due_on", "latest_update__recorded_at"),
    ),
    Page(
        "Lịch hạn tháng",
        "tasks:month",
        office,
        occurrences,
        (*TASK, "pk", "latest_update__outcome"),
    ),
    Page(
        "Bảng theo dõi",
        "tasks:follow_table",
        office,
        occurrences,
        (
            *(*TASK, "pk", "first_due_on", "completed_on", "task__overseer__full_name", "task__source"),
            *("accepted_update__text", "accepted_update__difficulties", "latest_update__outcome"),
            "task__supporting_units__name",
        ),
    ),
    Page(
        "Chờ tôi duyệt",
        "reports:to_approve",
        chair,
        lambda ward: ward.agency.reports.all(),
        ("subject", "state"),
    ),
    Page(
        "Danh sách kế hoạch",
        "plans:list",
        office,
        lambda ward: Plan.objects.filter(agency=ward.agency),
        ("title",),
    ),
    Page(
        "Văn bản kế hoạch",
        "plans:document",
        office,
        lambda ward: Item.objects.filter(section__plan=ward.plan),
        ("label", "text", "assignment_text", "section__title"),
        plan_id,
    ),
    Page(
        "Một việc",
        "tasks:occurrence",
        office,
        lambda ward: updates(ward)[:1],
        ("occurrence__task__title", "text", "state", "happened_on", "recorded_by__full_name"),
        lambda ward: [occurrences(ward).first().pk],
    ),
    Page(
        "Báo cáo",
        "reports:list",
        chair,
        lambda ward: ward.agency.reports.all(),
        ("subject", "state", "dated_on"),
    ),
    Page(
        "Dự thảo báo cáo",
        "reports:report",
        office,
        lambda ward: Paragraph.objects.filter(report__agency=ward.agency),
        (
            *("pk", "label", "text", "kind", "edited_at", "updates__occurrence__task__title"),
            *("updates__occurrence__task__lead_unit__name", "updates__happened_on"),
        ),
        report_id,
    ),
    Page(
        "Nhập số liệu",
        "tasks:figures",
        head,
        lambda ward: PlanIndicator.objects.filter(plan=ward.plan),
        ("indicator__name", "indicator__measure", "yearly_target", "item__text"),
    ),
    Page(
        "Chỉ tiêu của kế hoạch",
        "tasks:indicators",
        office,
        lambda ward: PlanIndicator.objects.filter(plan=ward.plan),
        ("indicator__name", "indicator__measure", "indicator__formula", "yearly_target", "item__text"),
        plan_id,
    ),
    Page(
        "Biểu số liệu",
        "reports:indicators",
        office,
        lambda ward: PlanIndicator.objects.filter(plan=ward.plan),
        ("indicator__name", "indicator__measure", "indicator__formula", "yearly_target", "item__text"),
        lambda ward: [ward.quarter.pk],
    ),
    Page(
        "Lịch sử thay đổi",
        "reports:history",
        office,
        lambda ward: Event.objects.filter(agency=ward.agency)[:50],
        ("at", "actor__full_name", "verb", "words"),
    ),
    Page(
        "Đôn đốc",
        "reports:press",
        office,
        lambda ward: Unit.objects.filter(agency=ward.agency),
        ("name", "led_tasks__title"),
        lambda ward: [ward.quarter.pk],
    ),
    Page(
        "Nơi chưa có tin",
        "tasks:quiet",
        office,
        lambda ward: Unit.objects.filter(agency=ward.agency),
        ("name", "memberships__user__full_name", "memberships__user__last_login"),
    ),
    Page("Nhắc việc", "reports:notices", head, lambda ward: occurrences(ward)[:15], TASK),
    Page(
        "Đơn vị",
        "accounts:units",
        office,
        lambda ward: Unit.objects.filter(agency=ward.agency),
        ("name", "kind", "valid_to"),
    ),
    Page(
        "Người dùng",
        "accounts:people",
        office,
        lambda ward: User.objects.filter(memberships__agency=ward.agency),
        ("full_name", "username", "memberships__role", "memberships__unit__name"),
    ),
]
