"""Django's admin over the same people, fifty a page, inside the officer's region.

Its permission is a plain yes to whoever signed in at the desk, which costs it nothing; it writes no trace of who
looked, and shows one resident a row where ours shows a family with its members.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from desmigratif.people.models import Household, Resident


class Site(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


site = Site(name="admin")


class HamletFilter(admin.SimpleListFilter):
    """The admin's own filter by a related field may not run: it asks for all hamlets of all villages."""

    title = "dusun"
    parameter_name = "dusun"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        homes = Household.objects.visible_to(request.actor).order_by("hamlet")
        return [(name, name) for name in homes.values_list("hamlet", flat=True).distinct()]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(household__hamlet=self.value()) if self.value() else queryset


@admin.register(Resident, site=site)
class ResidentAdmin(admin.ModelAdmin):
    """As one would write it: what the list of the desk says of a person, its filter by hamlet, all else default."""

    list_display = ("name", "sex", "birth_date", "relation", "hamlet", "rw", "rt")
    list_select_related = ("household",)
    list_per_page = 50
    list_filter = (HamletFilter,)
    search_fields = ("name",)
    ordering = ("name_key", "id")

    def get_queryset(self, request: Any) -> Any:
        return Resident.objects.visible_to(request.actor).order_by(*self.ordering)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_module_permission = has_add_permission = has_view_permission
    has_change_permission = has_delete_permission = has_view_permission

    @admin.display(description="dusun", ordering="household__hamlet")
    def hamlet(self, row: Resident) -> str:
        return row.household.hamlet

    @admin.display(description="rw")
    def rw(self, row: Resident) -> str:
        return row.household.rw

    @admin.display(description="rt")
    def rt(self, row: Resident) -> str:
        return row.household.rt
