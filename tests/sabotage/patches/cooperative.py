"""Patches of `cooperative`: savings, loans and businesses."""

from __future__ import annotations

from .parts import Patch, tests

_SAVINGS = tests("cooperative", "savings_machine")
_LIFE = tests("cooperative", "rules_loan_life")
_BUSINESS = tests("cooperative", "business")
_INVESTMENTS = tests("cooperative", "investments")
_SHARING = tests("cooperative", "rules_business")
_OPENING = tests("cooperative", "opening")
_CIRCLE = tests("cooperative", "group_loans")
_SURPLUS = ("src/desmigratif/cooperative/tests/year/test_surplus.py",)
_CONTRACTS = ("src/desmigratif/cooperative/tests/sharia/test_contracts.py",)
_CLOSING = ("src/desmigratif/cooperative/tests/year/test_closing.py",)

COOPERATIVE: tuple[Patch, ...] = (
    Patch(
        "meeting: too few are enough", "a handful would decide over everybody's money",
        "cooperative/rules/annual/meeting.py", "    if not quorum.is_met:\n", "    if False:\n",
        tests("cooperative", "annual_meeting"),
    ),
    Patch(
        "meeting: more votes than people", "who counts the votes would decide alone",
        "cooperative/rules/annual/meeting.py", "    if vote.heads > present:\n", "    if vote.heads < 0:\n",
        tests("cooperative", "annual_meeting"),
    ),
    Patch(
        "member's code: any birth date opens", "a code found on the road would tell what somebody owns",
        "cooperative/member_codes.py", 'f"{typed_code(code)}:{born.isoformat()}"', "typed_code(code)",
        tests("portal", "own_accounts"),
    ),
    Patch(
        "savings: the minimum balance may be taken out", "what the board decided to stay would not stay",
        "cooperative/rules/savings_products.py", "account.balance - account.held - account.minimum_balance)",
        "account.balance - account.held)", _SAVINGS,
    ),
    Patch(
        "savings: the last day of a month earns nothing", "every saver would lose a day a month, unnoticed",
        "cooperative/rules/savings_interest.py", "(end + timedelta(days=1) - since).days",
        "(end - since).days", _SAVINGS,
    ),
    Patch(
        "loans: money pays in the programme's order, not the product's", "a contract would not be kept",
        "cooperative/rules/loan_work.py", "        order = self.policy.order\n", "        order = COMPONENTS\n", _LIFE,
    ),
    Patch(
        "loans: the days of grace are forgotten", "whoever pays three days late would be charged against the contract",
        "cooperative/rules/loan_lines.py", "self.due_on + timedelta(days=rule.grace_days)", "self.due_on", _LIFE,
    ),
    Patch(
        "loans: late fees grow without end", "a small debt would become a large one",
        "cooperative/rules/loan_lines.py", "        if rule.cap_percent is not None:\n", "        if False:\n", _LIFE,
    ),
    Patch(
        "loans: a loan is paid when its interest is", "the principal that is left would be nobody's debt",
        "cooperative/rules/loan_work.py", '"active" if any(line.open_total for line in self.lines)',
        '"active" if any(line.open("interest") for line in self.lines)', _LIFE,
    ),
    Patch(
        "loans: instalments are not rounded to their multiple", "the cashier would need coins that do not exist",
        "cooperative/rules/rounding.py", "return whole(amount / step, mode) * step", "return whole(amount, mode)",
        tests("cooperative", "rules_loan_schedule"),
    ),
    Patch(
        "loans: a share loses its last rupiah", "parts would not add up to the whole",
        "cooperative/rules/rounding.py", "in by_remainder[:left]:\n", "in by_remainder[:0]:\n",
        tests("cooperative", "rules_members"),
    ),
    Patch(
        "loans: the cap is not looked at", "a loan dearer than the law allows would be given",
        "cooperative/rules/rates.py", "    if check.within is not False or check.percent is None:\n",
        "    if check.percent is not False:\n", tests("cooperative", "lending"),
    ),
    Patch(
        "group loans: who is late carries too", "nobody would carry what they owe one another",
        "cooperative/rules/group_loans.py", "[member for member in loans if member not in behind]", "list(loans)",
        tests("cooperative", "rules_members"),
    ),
    Patch(
        "business: a saver loses more than was put in", "modal penyertaan would become a debt",
        "cooperative/rules/business.py", "max(amount, -one.capital[name])", "amount", _SHARING,
    ),
    Patch(
        "business: more than the whole result is promised", "somebody would be promised what nobody has",
        "cooperative/rules/business.py", "    if promised + percent <= HUNDRED:\n", "    if True:\n", _INVESTMENTS,
    ),
    Patch(
        "business: the days of a result are counted twice", "savers would be paid twice for one harvest",
        "cooperative/actions/businesses.py",
        "    if known.filter(first_on__lte=given.last_on, last_on__gte=given.first_on).exists():\n", "    if False:\n",
        _INVESTMENTS,
    ),
    Patch(
        "business: who wrote a result takes it back", "one person could give and take alone",
        "cooperative/actions/businesses.py", "    if result.actor_id == by.id:\n", "    if False:\n", _INVESTMENTS,
    ),
    Patch(
        "business: who entered a movement takes it back", "a cashier could undo what was seen",
        "cooperative/actions/business_moves.py", "    if move.actor_id == by.id:\n", "    if False:\n", _BUSINESS,
    ),
    Patch(
        "business: one approval pays for ever", "the second person's word would be a blank cheque",
        "cooperative/actions/business_moves.py", "        approval.move_id = row.id\n", "        pass\n", _INVESTMENTS,
    ),
    Patch(
        "business: a group's loss eats more than its capital", "members would pay for a business of others",
        "cooperative/actions/businesses.py", "        ours = max(ours, -capital_in(business))", "        ours = ours",
        tests("cooperative", "group_capital"),
    ),
    Patch(
        "business: more goods are handed out than there are", "somebody's ordered goods would be gone",
        "cooperative/rules/business.py", "    if 0 < quantity <= left:\n", "    if 0 < quantity:\n",
        tests("cooperative", "goods"),
    ),
    Patch(
        "business: somebody leaves with goods open", "what is theirs would be nobody's",
        "cooperative/actions/leaving.py", "    if open_with(cooperative, member):\n", "    if False:\n", _BUSINESS,
    ),
    Patch(
        "business: a closed agreement still earns", "who was paid back would go on sharing",
        "cooperative/queries/business.py", "if one.stake.agreement.closed_on is not None:", "if False:",
        tests("cooperative", "agreements"),
    ),
    Patch(
        "loans: interest is earned once when due and once when paid", "income would stand in the books that never came",
        "cooperative/rules/accrual.py", "max(0, accrued - max(0, earned_now - earned_before))", "accrued",
        tests("cooperative", "loan_quality"),
    ),
    Patch(
        "loans: a new table forgives what was unpaid", "a loan would cost less to end the day after than before",
        "cooperative/rules/loan_work.py", "self.deferred_before(line) + line.carried[\"interest\"]",
        "self.deferred_before(line)", tests("cooperative", "rules_loan_life"),
    ),
    Patch(
        "business: capital goes on without anybody's yes", "a stake could be written over behind its owner's back",
        "cooperative/rules/business.py", " if need not in shown]", " if False]", tests("cooperative", "agreements"),
    ),
    Patch(
        "group loans: a group that is late stands for more", "the others would carry what they cannot",
        "cooperative/queries/group_loans.py",
        "    if not any(one.state.arrears_days for one in group_loans(group, on)):\n", "    if True:\n", _CIRCLE,
    ),
    Patch(
        "group loans: somebody leaves a loan behind", "the others would carry the part of who went",
        "cooperative/actions/businesses.py", "    if group_loans(seat.group, given.on):\n", "    if False:\n", _CIRCLE,
    ),
    Patch(
        "opening: paper books are brought in twice", "everybody would have double",
        "cooperative/actions/opening.py", "    if opening_of(cooperative) is not None:\n", "    if False:\n", _OPENING,
    ),
    Patch(
        "opening: a wrong workbook is written", "totals that disagree would become the books",
        "cooperative/actions/opening.py", "if said.is_error]:\n", "if False]:\n", _OPENING,
    ),
    Patch(
        "opening: a difference is not written", "the opening entry would say less than the sheet",
        "cooperative/actions/opening.py", "            self.legs.append(NewLeg(self.chart[BALANCING], difference))\n",
        "            self.legs[-1] = NewLeg(self.legs[-1].account_id, self.legs[-1].amount_rupiah + difference, "
        "self.legs[-1].holder_id)\n", _OPENING,
    ),
    Patch(
        "year: a till that does not balance is closed over", "money that nobody explained would be gone for good",
        "cooperative/rules/year/closing.py", "    if end.cash_difference:\n", "    if False:\n", _CLOSING,
    ),
    Patch(
        "year: the months before December may be open", "a closed year would change afterwards",
        "cooperative/rules/year/closing.py", "    if first_open >= date(end.year, 12, 1):\n", "    if True:\n",
        _CLOSING,
    ),
    Patch(
        "year: statements of a closed year tell that nothing was earned", "the members would be shown an empty year",
        "cooperative/queries/year/sums.py", "_less(sums, closing)", "sums", _CLOSING,
    ),
    Patch(
        "surplus: it is given out without the members' decision", "a treasurer alone could divide what is everybody's",
        "cooperative/rules/year/surplus.py", "    if not asked.is_decided:\n", "    if False:\n", _SURPLUS,
    ),
    Patch(
        "surplus: it is given out twice", "what is not there would be promised to everybody",
        "cooperative/rules/year/surplus.py", "    if asked.is_distributed:\n", "    if False:\n", _SURPLUS,
    ),
    Patch(
        "surplus: funds that make no hundred are taken", "a part of the surplus would be nobody's, or given twice",
        "cooperative/rules/year/surplus.py", "    if total != 100:\n", "    if False:\n", _SURPLUS,
    ),
    Patch(
        "surplus: a meeting that is not over decides", "what is still being talked about would be paid out",
        "cooperative/queries/year/surplus.py", ", meeting__status=\"held\")", ")", _SURPLUS,
    ),
    Patch(
        "sharia: goods are sold before they are owned", "a loan with interest would be called a sale",
        "cooperative/rules/sharia/murabahah.py", "    if owned > 0:\n", "    if True:\n", _CONTRACTS,
    ),
    Patch(
        "sharia: a late charge is earned", "the cooperative would gain by a member's trouble",
        "cooperative/actions/sharia/money.py", '[("fund_benevolent", -given.amount_rupiah, None)]',
        '[("late_fees", -given.amount_rupiah, None)]', _CONTRACTS,
    ),
    Patch(
        "sharia: who wrote a request down decides on it", "one person could hand out the cooperative's money",
        "cooperative/actions/sharia/contracts.py", "    if contract.asked_by == by.id:\n", "    if False:\n",
        _CONTRACTS,
    ),
    Patch(
        "sharia: a loss goes by the ratio of profit", "who brought less capital would bear more of the loss",
        "cooperative/rules/sharia/profit.py", "shares(result, [venture.capital, venture.members_capital])[0]",
        "shares(result, [venture.share_percent, HUNDRED - venture.share_percent])[0]", _CONTRACTS,
    ),
)  # fmt: skip
