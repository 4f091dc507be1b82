"""What people do for productive enterprise. Importing registers every action."""

from desmigratif.enterprises.actions.groups import change_member, form_group, join_group, leave_group

__all__ = ["change_member", "form_group", "join_group", "leave_group"]
