"""What people do at the learning centre; importing this registers every action."""

from desmigratif.parenting.actions.children import enrol_child

__all__ = ["enrol_child"]
