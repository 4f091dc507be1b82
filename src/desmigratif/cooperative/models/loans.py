"""Loans: what is offered, one borrower's loan from application to end, and all that happened to it.

A loan's state is not kept: it is reckoned from `contract` (terms and policy as they were agreed) and its events.
What the books hold for it stands in `posted`, so that each event posts just the difference.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.business import MemberGroup
from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import ConnectedPerson, Member
from desmigratif.cooperative.rules.loans.collectibility import COLLATERAL_LABELS
from desmigratif.shared.models import VillageOwned


class LoanProductQuerySet(CooperativeOwnedQuerySet["LoanProduct"]):
    pass


class LoanProductTermsQuerySet(CooperativeOwnedQuerySet["LoanProductTerms"]):
    pass


class LoanQuerySet(CooperativeOwnedQuerySet["Loan"]):
    def running(self) -> LoanQuerySet:
        return self.filter(status=LoanStatus.ACTIVE)


class LoanApprovalQuerySet(CooperativeOwnedQuerySet["LoanApproval"]):
    pass


class LoanEventQuerySet(CooperativeOwnedQuerySet["LoanEvent"]):
    pass


class LoanGuarantorQuerySet(CooperativeOwnedQuerySet["LoanGuarantor"]):
    pass


class LoanCollateralQuerySet(CooperativeOwnedQuerySet["LoanCollateral"]):
    pass


class ProvisionMonthQuerySet(CooperativeOwnedQuerySet["ProvisionMonth"]):
    pass


class LoanStatus(models.TextChoices):
    APPLIED = "applied", "Diajukan"
    APPROVED = "approved", "Disetujui"
    DECLINED = "declined", "Ditolak"
    ACTIVE = "active", "Berjalan"
    PAID = "paid", "Lunas"
    WRITTEN_OFF = "written_off", "Dihapus buku"


class LoanEventKind(models.TextChoices):
    PAYMENT = "payment", "Angsuran"
    PREPAYMENT = "prepayment", "Bayar lebih awal"
    PAYOFF = "payoff", "Pelunasan"
    RESCHEDULE = "reschedule", "Jadwal ulang"
    WRITE_OFF = "write_off", "Hapus buku"
    REVERSAL = "reversal", "Pembatalan"


class Outlook(models.TextChoices):
    RESCUABLE = "rescuable", "Masih dapat diselamatkan"
    NOT_RESCUABLE = "not_rescuable", "Tidak dapat diselamatkan"
    HANDED_OVER = "handed_over", "Diserahkan ke pengadilan, penagih, atau penjamin"


class LoanProduct(VillageOwned):
    """A way to borrow. What it costs stands apart, dated; a loan keeps what it was agreed under."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    closed_on = models.DateField(null=True)

    objects: ClassVar[LoanProductQuerySet] = LoanProductQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "name"], name="loan_product_one_per_name")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "name", "closed_on")


class LoanProductTerms(VillageOwned):
    """The conditions of a product from a day on; `offer` is `inputs.loans.LoanOffer` as JSON."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(LoanProduct, on_delete=models.PROTECT, related_name="terms")
    since = models.DateField()
    offer = models.JSONField()

    objects: ClassVar[LoanProductTermsQuerySet] = LoanProductTermsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "since"], name="loan_terms_one_per_day")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "product", "since", "offer")


class Loan(VillageOwned):
    """One loan of one member. It is also the holder, by its id, in the books.

    contract      terms and policy, kept as agreed; there once the money went out
    posted        rupiah by account use, debit above 0: what the books hold for this loan
    next_due_on   due date of the oldest instalment that is open
    related_roles what makes the borrower a related party (board, supervisors, related_cooperative)
    due_dates     every due date by hand, as ISO days; empty = by the product's rhythm
    outlook       what people who know the borrower see ahead; it decides between doubtful and loss
    group         whose members stand in for one another (tanggung renteng); null = the borrower alone
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="loans")
    product = models.ForeignKey(LoanProduct, on_delete=models.PROTECT, related_name="loans")
    terms = models.ForeignKey(LoanProductTerms, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=LoanStatus.choices, default=LoanStatus.APPLIED)
    applied_on = models.DateField()
    applied_by = models.UUIDField()
    amount_rupiah = models.BigIntegerField()
    instalments = models.PositiveSmallIntegerField()
    first_due_on = models.DateField(null=True)
    due_dates = models.JSONField(default=list)
    group = models.ForeignKey(MemberGroup, on_delete=models.PROTECT, null=True, related_name="loans")
    purpose = models.CharField(max_length=120)
    payer = models.ForeignKey(ConnectedPerson, on_delete=models.PROTECT, null=True, related_name="+")
    related_roles = models.JSONField(default=list)
    surveyed_on = models.DateField(null=True)
    surveyed_by = models.UUIDField(null=True)
    survey = models.CharField(max_length=400, blank=True)
    decided_on = models.DateField(null=True)
    declined_reason = models.CharField(max_length=160, blank=True)
    disbursed_on = models.DateField(null=True)
    contract = models.JSONField(null=True)
    posted = models.JSONField(default=dict)
    next_due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    collectibility = models.CharField(max_length=11, default="current")
    doubtful_since = models.DateField(null=True)
    outlook = models.CharField(max_length=13, choices=Outlook.choices, default=Outlook.RESCUABLE)
    outlook_on = models.DateField(null=True)
    outlook_reason = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[LoanQuerySet] = LoanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "status", "next_due_on"], name="loan_by_due_day")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0, instalments__gte=1), name="loan_of_a_sum"),
            models.CheckConstraint(
                condition=Q(
                    status__in=("applied", "approved", "declined"), disbursed_on__isnull=True, ended_on__isnull=True
                )
                | Q(status="active", disbursed_on__isnull=False, ended_on__isnull=True)
                | Q(status__in=("paid", "written_off"), disbursed_on__isnull=False, ended_on__isnull=False),
                name="loan_has_the_days_of_its_status",
            ),
            models.CheckConstraint(
                condition=Q(status="applied", decided_on__isnull=True)
                | ~Q(status="applied") & Q(decided_on__isnull=False),
                name="loan_is_decided_before_it_goes_on",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "member", "product", "terms", "status", "applied_on", "applied_by",
            "group", "surveyed_on", "surveyed_by", "decided_on", "disbursed_on", "ended_on", "version",
        )  # fmt: skip
        specific = (
            "amount_rupiah", "instalments", "first_due_on", "due_dates", "purpose", "payer", "related_roles", "survey",
            "declined_reason", "contract", "posted", "next_due_on", "collectibility", "doubtful_since",
            "outlook", "outlook_on", "outlook_reason",
        )  # fmt: skip


class LoanApproval(VillageOwned):
    """One person's yes to a loan, in the role they hold."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="approvals")
    person_id = models.UUIDField()
    role = models.CharField(max_length=12)
    has_interest = models.BooleanField()
    on = models.DateField()

    objects: ClassVar[LoanApprovalQuerySet] = LoanApprovalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "person_id"], name="loan_one_voice_per_person")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "loan", "person_id", "role", "has_interest", "on")


class LoanEvent(VillageOwned):
    """What happened to a loan, on the day it counts for. Never changed; a reversal takes another back.

    `payload` is what the rule wants beside id and day; `booked_on` the day it was entered and posted; `amount_rupiah`
    the money that passed the till (0 = none). Where the books were touched the id is also that of the entry.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="events")
    on = models.DateField()
    booked_on = models.DateField()
    kind = models.CharField(max_length=10, choices=LoanEventKind.choices)
    payload = models.JSONField(default=dict)
    amount_rupiah = models.BigIntegerField(default=0)
    actor_id = models.UUIDField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    objects: ClassVar[LoanEventQuerySet] = LoanEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["loan", "on"], name="loan_event_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | ~Q(kind="reversal") & Q(reverses__isnull=True),
                name="loan_reversal_names_what_it_reverses",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "loan", "on", "booked_on", "kind", "actor_id", "reverses")
        specific = ("payload", "amount_rupiah")


class LoanGuarantor(VillageOwned):
    """Who stands in for a loan: another member, or somebody of the family by name."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="guarantors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="guarantees")
    name = models.CharField(max_length=100)
    relation = models.CharField(max_length=40)

    objects: ClassVar[LoanGuarantorQuerySet] = LoanGuarantorQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "loan", "member")
        personal = ("name", "relation")


class LoanCollateral(VillageOwned):
    """What secures a loan, and what it is worth; nothing once held savings were used up for it."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="collateral")
    kind = models.CharField(max_length=14, choices=list(COLLATERAL_LABELS.items()))
    value_rupiah = models.BigIntegerField()
    description = models.CharField(max_length=120)

    objects: ClassVar[LoanCollateralQuerySet] = LoanCollateralQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value_rupiah__gte=0), name="collateral_has_a_value")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "loan")
        specific = ("kind", "value_rupiah", "description")


class ProvisionMonth(VillageOwned):
    """A month whose loans were classed and provided for. `by_class` is outstanding rupiah by class."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    by_class = models.JSONField()
    required_rupiah = models.BigIntegerField()
    change_rupiah = models.BigIntegerField()

    objects: ClassVar[ProvisionMonthQuerySet] = ProvisionMonthQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "month"], name="provision_once_a_month")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "month", "by_class", "required_rupiah", "change_rupiah")
