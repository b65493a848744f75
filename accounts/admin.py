"""The maintainer's pages. The office has its own; whatever is changed here leaves Django's own log, no events."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import Agency, Event, Membership, Unit, User
from accounts.services import fill_keys
from danvan.text import clean, fold, sort_key

admin.site.site_header = admin.site.site_title = "Quản trị Dân vận"
admin.site.index_title = "Cơ quan, đơn vị, người dùng"
# One way in: the throttled sign-in page of the portal.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Rights come from memberships, addresses from the person: neither is kept twice.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    list_display = ("short_name", "code", "superior")
    list_select_related = ("superior",)
    search_fields = ("name", "code")


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ("name", "agency", "kind", "valid_from", "valid_to")
    list_filter = ("agency", "kind")
    search_fields = ("folded",)
    filter_horizontal = ("members",)

    def save_model(self, request: HttpRequest, obj: Unit, form: forms.ModelForm, change: bool) -> None:
        obj.name = clean(obj.name)
        obj.folded, obj.sort_key = fold(obj.name)[:255], sort_key(obj.name)[:255]
        super().save_model(request, obj, form, change)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "full_name")


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = NewUserForm
    inlines = (MembershipInline,)
    list_display = ("full_name", "username", "position", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "memberships__agency", "memberships__role")
    ordering = ("sort_key", "pk")
    search_fields = ("folded", "username")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Thông tin", {"fields": ("full_name", "position", "email")}),
        ("Quyền", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Thời gian", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "usable_password", "password1", "password2")}),
    )

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        obj.full_name, obj.position = clean(obj.full_name), clean(obj.position)
        fill_keys(obj)
        if "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()
        super().save_model(request, obj, form, change)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """Read only: history is appended by services and never edited."""

    list_display = ("at", "agency", "actor", "words")
    list_filter = ("agency", "verb")
    list_select_related = ("agency", "actor")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False
