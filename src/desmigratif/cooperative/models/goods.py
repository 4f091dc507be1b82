"""Goods: bought together for members, or left by members to be sold; and every movement of businesses and goods."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import Member
from desmigratif.cooperative.models.till import TillDay
from desmigratif.shared.models import VillageOwned


class GroupPurchaseQuerySet(CooperativeOwnedQuerySet["GroupPurchase"]):
    pass


class PurchaseOrderQuerySet(CooperativeOwnedQuerySet["PurchaseOrder"]):
    pass


class ConsignmentQuerySet(CooperativeOwnedQuerySet["Consignment"]):
    pass


class BusinessMoveQuerySet(CooperativeOwnedQuerySet["BusinessMove"]):
    pass


class MoveKind(models.TextChoices):
    STAKE_PAID_IN = "stake.paid_in", "Modal penyertaan masuk"
    STAKE_RESULT_PAID = "stake.result_paid", "Bagi hasil dibayarkan"
    STAKE_RETURNED = "stake.returned", "Modal penyertaan dikembalikan"
    STAKE_PASSED_ON = "stake.passed_on", "Modal penyertaan beralih"
    CAPITAL_HANDED_OUT = "capital.handed_out", "Modal usaha diserahkan"
    CAPITAL_PAID_BACK = "capital.paid_back", "Modal usaha kembali"
    CAPITAL_RESULT_RECEIVED = "capital.result_received", "Hasil usaha diterima"
    PURCHASE_BOUGHT = "purchase.bought", "Barang dibeli"
    PURCHASE_HANDED_OUT = "purchase.handed_out", "Barang diserahkan"
    PURCHASE_PAID = "purchase.paid", "Barang dibayar"
    CONSIGNED_SOLD = "consigned.sold", "Barang titipan terjual"
    CONSIGNED_RETURNED = "consigned.returned", "Barang titipan diambil kembali"
    CONSIGNED_PAID_OUT = "consigned.paid_out", "Hasil titipan dibayarkan"
    SHARIA_BOUGHT = "sharia.bought", "Barang akad dibeli"
    SHARIA_AGENT_PAID = "sharia.agent_paid", "Uang wakalah diserahkan"
    SHARIA_AGENT_BOUGHT = "sharia.agent_bought", "Barang dibeli lewat wakalah"
    SHARIA_SOLD = "sharia.sold", "Barang murabahah dijual"
    SHARIA_HANDED_OUT = "sharia.handed_out", "Pembiayaan diserahkan"
    SHARIA_FEE = "sharia.fee", "Biaya administrasi akad"
    SHARIA_PAID = "sharia.paid", "Angsuran akad"
    SHARIA_CAPITAL_BACK = "sharia.capital_back", "Modal akad kembali"
    SHARIA_RESULT = "sharia.result", "Hasil usaha dilaporkan"
    SHARIA_SHARE = "sharia.share_received", "Bagi hasil diterima"
    SHARIA_LEASE_ENDED = "sharia.lease_ended", "Sewa berakhir"
    SHARIA_WRITTEN_OFF = "sharia.written_off", "Akad dihapus buku"
    SHARIA_RECOVERED = "sharia.recovered", "Akad hapus buku yang terbayar"
    FUND_LATE = "fund.late", "Denda keterlambatan"
    FUND_DONATED = "fund.donated", "Infak dan sedekah"
    FUND_NOT_HALAL = "fund.not_halal", "Penerimaan nonhalal"
    FUND_RETURNED = "fund.returned", "Penerimaan kebajikan lain"
    FUND_POOR = "fund.poor", "Bantuan bagi yang membutuhkan"
    FUND_EDUCATION = "fund.education", "Sumbangan pendidikan"
    FUND_PUBLIC = "fund.public", "Kepentingan umum"
    TILL_SPENT = "till.spent", "Belanja dari kas"
    TILL_SAFE = "till.safe", "Kas dan brankas"


class GroupPurchase(VillageOwned):
    """One kind of goods, ordered by many and bought once. `price_rupiah` is what a member pays for one unit."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    goods = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    supplier = models.CharField(max_length=100, blank=True)
    price_rupiah = models.BigIntegerField()
    opened_on = models.DateField()
    order_until = models.DateField()

    objects: ClassVar[GroupPurchaseQuerySet] = GroupPurchaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(price_rupiah__gt=0, order_until__gte=models.F("opened_on")), name="purchase_has_a_price"
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "goods", "unit", "supplier", "price_rupiah", "opened_on",
            "order_until",
        )  # fmt: skip


class PurchaseOrder(VillageOwned):
    """How much one member wants."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    purchase = models.ForeignKey(GroupPurchase, on_delete=models.PROTECT, related_name="orders")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    ordered_on = models.DateField()

    objects: ClassVar[PurchaseOrderQuerySet] = PurchaseOrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase", "member"], name="order_one_per_member"),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "purchase", "member", "ordered_on")
        specific = ("quantity",)


class Consignment(VillageOwned):
    """Goods that a member leaves to be sold. They stay the member's until sold, so the books know them only then."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    goods = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    quantity = models.PositiveIntegerField()
    price_rupiah = models.BigIntegerField()
    commission_percent = models.DecimalField(max_digits=5, decimal_places=2)
    received_on = models.DateField()

    objects: ClassVar[ConsignmentQuerySet] = ConsignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price_rupiah__gt=0, commission_percent__gte=0, commission_percent__lt=100),
                name="consignment_of_goods_with_a_price",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "member", "goods", "unit", "price_rupiah", "commission_percent",
            "received_on",
        )  # fmt: skip
        specific = ("quantity",)


class BusinessMove(VillageOwned):
    """Money (into the cooperative above 0) or goods that moved for a business, a purchase, a consignment or a contract;
    or cash that a till paid for a bill, or that went to the safe.

    `subject_id` is the stake, business, purchase, order, consignment or sharia contract; of the benevolent fund's own
    money the cooperative; of a bill the account it was paid for; of the safe the till. `value_rupiah` is what the goods
    are worth in that kind of move: what a member owes for them, or what a member is owed; of a stake what went on to
    another. Its id is the entry's where the books were touched (`number` above 0). `till` is null for money through the
    bank. A mirror counts below 0 in everything.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    till = models.ForeignKey(TillDay, on_delete=models.PROTECT, null=True, related_name="business_moves")
    on = models.DateField()
    kind = models.CharField(max_length=24, choices=MoveKind.choices)
    subject_id = models.UUIDField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=100)
    amount_rupiah = models.BigIntegerField(default=0)
    quantity = models.IntegerField(default=0)
    value_rupiah = models.BigIntegerField(default=0)
    number = models.BigIntegerField(default=0)
    code = models.CharField(max_length=8)
    actor_id = models.UUIDField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    objects: ClassVar[BusinessMoveQuerySet] = BusinessMoveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["subject_id", "kind"], name="business_move_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount_rupiah=0) | ~Q(quantity=0) | ~Q(value_rupiah=0),
                name="business_move_moves_something",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "till", "on", "kind", "subject_id", "member", "number", "code",
            "actor_id", "reverses",
        )  # fmt: skip
        personal = ("party",)
        specific = ("amount_rupiah", "quantity", "value_rupiah")
