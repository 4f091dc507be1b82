"""Inputs of the learning centre's actions, by noun."""

from desmigratif.parenting.inputs.children import EnrolChild

__all__ = ["EnrolChild"]
