"""What changes a village's place in a programme."""

from desmigratif.programme.actions.villages import join_programme, leave_programme, record_step

__all__ = ["join_programme", "leave_programme", "record_step"]
