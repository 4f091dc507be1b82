"""What is known of a child, and a worry about it: canaries for those whom their privacy class keeps out."""

from __future__ import annotations

from desmigratif.access.actor import person
from desmigratif.parenting.models import Child
from desmigratif.shared.ids import new_id
from matrix.people import Who
from matrix.world import KURIPAN, World, act

SCHOOL, SAYING, WORRY = "sekolahgelatik", "rinduterpendam", "memarbiru"
WITH_CHILDREN = frozenset({"village_officer", "tutor"})  # whom the class "specific" of a child lets in


def tell_of_a_child(world: World) -> None:
    """An officer knows its school and its words; a tutor tells one officer, who never knocks, of a worry."""
    named = person(new_id(), "Perkutut Account", ("village_officer", KURIPAN))
    tutor = person(new_id(), "Pengasuh", ("tutor", KURIPAN))
    child = Child.objects.in_village(KURIPAN).get(id=world.ids["child_id"])
    act(named, "parenting.change_child", child_id=child.id, seen=child.version, school=f"SD {SCHOOL}")
    act(
        tutor, "parenting.record_quarter", quarter_id=new_id(), child_id=child.id, year=2026, quarter=4, seen=1,
        words=f"Ibu, {SAYING}.", mark=81,
    )  # fmt: skip
    readers = [world.ids["user_id"]]
    act(
        tutor, "parenting.write_worry", worry_id=new_id(), child_id=child.id, text=f"{WORRY} di lengan.",
        readers=readers,
    )  # fmt: skip


def leaks_in(who: Who, text: str) -> list[str]:
    """What this person's page says of the child and must not."""
    folded = text.casefold()
    secret = [WORRY] if who.role in WITH_CHILDREN else [WORRY, SCHOOL, SAYING]
    return [word for word in secret if word in folded]
