"""Tables of the learning centre, by noun."""

from desmigratif.parenting.models.children import Child

__all__ = ["Child"]
