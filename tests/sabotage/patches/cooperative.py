"""Patches of `cooperative`: savings, loans and businesses."""

from __future__ import annotations

from .parts import Patch, tests

_SAVINGS = tests("cooperative", "savings/machine")
_LIFE = tests("cooperative", "loans/rules_life")
_BUSINESS = tests("cooperative", "business/moves")
_INVESTMENTS = tests("cooperative", "business/investments")
_SHARING = tests("cooperative", "business/rules")
_OPENING = tests("cooperative", "opening/opening")
_CIRCLE = tests("cooperative", "loans/group")
_HANDED_UP = ("src/desmigratif/cooperative/tests/year/test_handing_up.py",)
_SURPLUS = ("src/desmigratif/cooperative/tests/year/test_surplus.py",)
_SAVERS = (
    "src/desmigratif/cooperative/tests/sharia/test_savers.py",
    "src/desmigratif/cooperative/tests/sharia/test_savers_rules.py",
)
_YEAR_END = ("src/desmigratif/cooperative/tests/sharia/test_year_end.py",)
_FUND = ("src/desmigratif/cooperative/tests/sharia/test_fund.py",)
_QUALITY = ("src/desmigratif/cooperative/tests/sharia/test_quality.py",)
_CONTRACTS = ("src/desmigratif/cooperative/tests/sharia/test_contracts.py",)
_UNITS = ("src/desmigratif/cooperative/tests/sharia/test_units.py",)
_DELEGATES = tests("cooperative", "annual/delegates")
_HEALTH = tests("cooperative", "annual/health")
_CLOSING = ("src/desmigratif/cooperative/tests/year/test_closing.py",)

COOPERATIVE: tuple[Patch, ...] = (
    Patch(
        "meeting: too few are enough", "a handful would decide over everybody's money",
        "cooperative/rules/annual/meeting.py", "    if not quorum.is_met:\n", "    if False:\n",
        tests("cooperative", "annual/meeting"),
    ),
    Patch(
        "delegates: a member may be in two groups", "whoever draws the groups would count some members twice",
        "cooperative/rules/annual/delegates.py", "    if twice := sorted(here & set(taken)):\n",
        "    if twice := sorted(here & set()):\n", _DELEGATES,
    ),
    Patch(
        "delegates: a meeting begins without those in no group", "whole hamlets would be left without a voice",
        "cooperative/rules/annual/delegates.py", "    if left_out:\n", "    if False:\n", _DELEGATES,
    ),
    Patch(
        "delegates: every member has a vote beside them", "those who came unasked would outvote those who were sent",
        "cooperative/queries/annual/meeting.py", "    if meeting.delegates_each is None:\n        return voters\n",
        "    if meeting.delegates_each != 0:\n        return voters\n", _DELEGATES,
    ),
    Patch(
        "delegates: a group sends as many as it likes", "the loudest hamlet would decide for all",
        "cooperative/rules/annual/delegates.py", "    if not chosen or len(set(chosen)) > most:\n",
        "    if not chosen:\n", _DELEGATES,
    ),
    Patch(
        "meeting: the quorum of the articles is not asked for", "a few would decide what the members wanted many for",
        "cooperative/rules/annual/meeting.py", "    own = articles.quorum(is_second=is_second)\n",
        "    own = None\n", tests("cooperative", "annual/meeting"),
    ),
    Patch(
        "meeting: more votes than people", "who counts the votes would decide alone",
        "cooperative/rules/annual/meeting.py", "    if vote.heads > present:\n", "    if vote.heads < 0:\n",
        tests("cooperative", "annual/meeting"),
    ),
    Patch(
        "member's code: any birth date opens", "a code found on the road would tell what somebody owns",
        "cooperative/member_codes.py", 'f"{typed_code(code)}:{born.isoformat()}"', "typed_code(code)",
        tests("portal", "own_accounts"),
    ),
    Patch(
        "savings: the minimum balance may be taken out", "what the board decided to stay would not stay",
        "cooperative/rules/savings/products.py", "account.balance - account.held - account.minimum_balance)",
        "account.balance - account.held)", _SAVINGS,
    ),
    Patch(
        "savings: the last day of a month earns nothing", "every saver would lose a day a month, unnoticed",
        "cooperative/rules/savings/interest.py", "(end + timedelta(days=1) - since).days",
        "(end - since).days", _SAVINGS,
    ),
    Patch(
        "till: whoever served takes the slip back", "a treasurer alone could make a member's deposit disappear",
        "cooperative/actions/till.py", "    if till.cashier_id == by.id:\n", "    if False:\n",
        tests("cooperative", "savings/accounts"),
    ),
    Patch(
        "till: a bill goes past the till", "the cashier's count would not know of what was paid",
        "cooperative/actions/spending.py", "amount=-given.amount_rupiah, approval_id=",
        "amount=-given.amount_rupiah, way=\"bank\", approval_id=", tests("cooperative", "till/spending"),
    ),
    Patch(
        "loans: money pays in the programme's order, not the product's", "a contract would not be kept",
        "cooperative/rules/loans/life/work.py", "        order = self.policy.order\n", "        order = COMPONENTS\n",
        _LIFE,
    ),
    Patch(
        "loans: the days of grace are forgotten", "whoever pays three days late would be charged against the contract",
        "cooperative/rules/loans/life/lines.py", "self.due_on + timedelta(days=rule.grace_days)", "self.due_on", _LIFE,
    ),
    Patch(
        "loans: late fees grow without end", "a small debt would become a large one",
        "cooperative/rules/loans/life/lines.py", "        if rule.cap_percent is not None:\n", "        if False:\n",
        _LIFE,
    ),
    Patch(
        "loans: a loan is paid when its interest is", "the principal that is left would be nobody's debt",
        "cooperative/rules/loans/life/work.py", '"active" if any(line.open_total for line in self.lines)',
        '"active" if any(line.open("interest") for line in self.lines)', _LIFE,
    ),
    Patch(
        "loans: instalments are not rounded to their multiple", "the cashier would need coins that do not exist",
        "cooperative/rules/rounding.py", "return whole(amount / step, mode) * step", "return whole(amount, mode)",
        tests("cooperative", "loans/rules_schedule"),
    ),
    Patch(
        "loans: a share loses its last rupiah", "parts would not add up to the whole",
        "cooperative/rules/rounding.py", "in by_remainder[:left]:\n", "in by_remainder[:0]:\n",
        tests("cooperative", "members/rules"),
    ),
    Patch(
        "loans: the cap is not looked at", "a loan dearer than the law allows would be given",
        "cooperative/rules/rates.py", "    if check.within is not False or check.percent is None:\n",
        "    if check.percent is not False:\n", tests("cooperative", "loans/lending"),
    ),
    Patch(
        "group loans: who is late carries too", "nobody would carry what they owe one another",
        "cooperative/rules/loans/group.py", "[member for member in loans if member not in behind]", "list(loans)",
        tests("cooperative", "members/rules"),
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
        "cooperative/actions/business/businesses.py",
        "    if known.filter(first_on__lte=given.last_on, last_on__gte=given.first_on).exists():\n", "    if False:\n",
        _INVESTMENTS,
    ),
    Patch(
        "business: who wrote a result takes it back", "one person could give and take alone",
        "cooperative/actions/business/businesses.py", "    if result.actor_id == by.id:\n", "    if False:\n",
        _INVESTMENTS,
    ),
    Patch(
        "business: who entered a movement takes it back", "a cashier could undo what was seen",
        "cooperative/actions/business/moves.py", "    if move.actor_id == by.id:\n", "    if False:\n", _BUSINESS,
    ),
    Patch(
        "business: one approval pays for ever", "the second person's word would be a blank cheque",
        "cooperative/actions/business/moves.py", "        approval.move_id = row.id\n", "        pass\n", _INVESTMENTS,
    ),
    Patch(
        "business: a group's loss eats more than its capital", "members would pay for a business of others",
        "cooperative/actions/business/businesses.py", "        ours = max(ours, -capital_in(business))",
        "        ours = ours",
        tests("cooperative", "business/group_capital"),
    ),
    Patch(
        "business: more goods are handed out than there are", "somebody's ordered goods would be gone",
        "cooperative/rules/business.py", "    if 0 < quantity <= left:\n", "    if 0 < quantity:\n",
        tests("cooperative", "business/goods"),
    ),
    Patch(
        "business: somebody leaves with goods open", "what is theirs would be nobody's",
        "cooperative/actions/members/leaving.py", "    if open_with(cooperative, member):\n", "    if False:\n",
        _BUSINESS,
    ),
    Patch(
        "business: a closed agreement still earns", "who was paid back would go on sharing",
        "cooperative/queries/business/businesses.py", "if one.stake.agreement.closed_on is not None:", "if False:",
        tests("cooperative", "business/agreements"),
    ),
    Patch(
        "loans: interest is earned once when due and once when paid", "income would stand in the books that never came",
        "cooperative/rules/loans/life/accrual.py", "max(0, accrued - max(0, earned_now - earned_before))", "accrued",
        tests("cooperative", "loans/quality"),
    ),
    Patch(
        "loans: a new table forgives what was unpaid", "a loan would cost less to end the day after than before",
        "cooperative/rules/loans/life/work.py", "self.deferred_before(line) + line.carried[\"interest\"]",
        "self.deferred_before(line)", tests("cooperative", "loans/rules_life"),
    ),
    Patch(
        "business: capital goes on without anybody's yes", "a stake could be written over behind its owner's back",
        "cooperative/rules/business.py", " if need not in shown]", " if False]", tests("cooperative",
        "business/agreements"),
    ),
    Patch(
        "group loans: a group that is late stands for more", "the others would carry what they cannot",
        "cooperative/queries/loans/group.py",
        "    if not any(one.state.arrears_days for one in group_loans(group, on)):\n", "    if True:\n", _CIRCLE,
    ),
    Patch(
        "group loans: somebody leaves a loan behind", "the others would carry the part of who went",
        "cooperative/actions/business/businesses.py", "    if group_loans(seat.group, given.on):\n",
        "    if False:\n", _CIRCLE,
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
        "surplus: members decide before the units have handed theirs up", "a unit's loss would be nobody's",
        "cooperative/actions/annual/members.py", "        reasons += reasons_to_wait_for_units(waiting, year)\n", "",
        _HANDED_UP,
    ),
    Patch(
        "surplus: one person moves a unit's surplus alone", "nobody else would have looked at what left the books",
        "cooperative/rules/year/handing_up.py", "    if is_offerer:\n", "    if False:\n", _HANDED_UP,
    ),
    Patch(
        "surplus: a unit hands up the same year twice", "the members would share what was never earned",
        "cooperative/rules/year/handing_up.py",
        "    if asked.offered_until is not None and asked.year <= asked.offered_until:\n", "    if False:\n",
        _HANDED_UP,
    ),
    Patch(
        "surplus: what was decided on is taken back", "the books would lack what the members were promised",
        "cooperative/actions/year/handing_up.py", "is_decided=is_decided(head, row.year), closed=_closed(unit, head),",
        "is_decided=False, closed=_closed(unit, head),", _HANDED_UP,
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
        "units: money handed to one another counts as come and gone", "a cooperative would look twice as busy as it is",
        "cooperative/rules/year/combined.py", "if move.code not in one.between]\n", "]\n", _UNITS,
    ),
    Patch(
        "health: a form that is known in part gives a grade", "a grade would stand there that nobody gave",
        "cooperative/rules/annual/health.py", "    if not is_level and all(part.yes is not None for part in parts):\n",
        "    if all(part.yes is not None for part in parts):\n", _HEALTH,
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
        "sharia: the board is served without the supervisors", "those who decide would serve themselves",
        "cooperative/actions/sharia/contracts.py", "    if given.answer == \"yes\" and (reasons :=",
        "    if False and (reasons :=", ("src/desmigratif/cooperative/tests/sharia/test_related.py",),
    ),
    Patch(
        "write-off: who proposes it agrees too", "one person could let a friend's debt vanish",
        "cooperative/rules/write_off.py", "    if is_proposer:\n", "    if False:\n",
        tests("cooperative", "write_offs"),
    ),
    Patch(
        "new table: a bad loan is good at once", "the books would set too little aside for what does not come back",
        "cooperative/rules/loans/collectibility.py", "    if loan.paid_since >= rule.value:\n", "    if True:\n",
        tests("cooperative", "loans/reschedules"),
    ),
    Patch(
        "new table: who proposes it agrees too", "one person could put a friend's arrears off for ever",
        "cooperative/actions/loans/reschedules.py", "    is_proposer = proposal.proposed_by == by.id\n",
        "    is_proposer = False\n", tests("cooperative", "loans/reschedules"),
    ),
    Patch(
        "write-off: a loan that is not lost leaves the books", "a debt could vanish that is paid every month",
        "cooperative/rules/write_off.py", 'if ground != ARREARS or grade in rule.value["classes"]:\n', "if True:\n",
        tests("cooperative", "write_offs"),
    ),
    Patch(
        "sharia: the savers bear what the benevolent fund lent", "a kindness would cost those who never gave it",
        "cooperative/actions/write_offs.py", "    if one.source == MoneySource.BENEVOLENT:\n", "    if False:\n",
        ("src/desmigratif/cooperative/tests/sharia/test_write_offs.py",),
    ),
    Patch(
        "sharia: a loss goes by the ratio of profit", "who brought less capital would bear more of the loss",
        "cooperative/rules/sharia/profit.py", "shares(result, [venture.capital, venture.members_capital])[0]",
        "shares(result, [venture.share_percent, HUNDRED - venture.share_percent])[0]", _CONTRACTS,
    ),
    Patch(
        "sharia savings: who prepared a distribution enters it", "one person could share money out alone",
        "cooperative/rules/sharia/savers.py", "    if is_preparer:\n", "    if False:\n", _SAVERS,
    ),
    Patch(
        "sharia savings: profit that did not come in is shared", "savers would be paid what nobody has",
        "cooperative/queries/sharia/savers.py", "told.profit_share + told.waiting_before - told.waiting_after",
        "told.profit_share", _SAVERS,
    ),
    Patch(
        "sharia savings: a month that is open is shared", "what comes in later would be nobody's",
        "cooperative/rules/sharia/savers.py", "asked.closed_until is None or asked.closed_until < asked.last_on:\n",
        "False:\n", _SAVERS,
    ),
    Patch(
        "sharia savings: shares are cut without a meeting", "a loss would take savings from people who were not asked",
        "cooperative/rules/sharia/savers.py", "return max(0, self.income - max(0, self.loss) + self.given_back)",
        "return self.income - self.loss", _SAVERS,
    ),
    Patch(
        "sharia: the benevolent fund lends what is not in it", "the savers' money would be given away as a kindness",
        "cooperative/rules/sharia/profit.py", "    if amount <= max(0, fund.available):\n", "    if True:\n", _FUND,
    ),
    Patch(
        "sharia: what the benevolent fund lent is given once more", "the same money would be promised to two people",
        "cooperative/queries/sharia/funds.py", "return Fund(balance_now(_fund(cooperative)) - lent, lent)",
        "return Fund(balance_now(_fund(cooperative)), lent)", _FUND,
    ),
    Patch(
        "sharia: a contract that is not paid is no bad loan", "a body would look healthy by what it does not get",
        "cooperative/queries/sharia/quality.py", "            return due.due_on if due.due_on < on else None\n",
        "            return None\n", _QUALITY,
    ),
    Patch(
        "sharia savings: December's share costs the year after", "a year would look better by what it owes its savers",
        "cooperative/actions/ledger/books.py", "    if given.last_on.month == 12:\n", "    if False:\n", _YEAR_END,
    ),
    Patch(
        "sharia savings: what is owed to savers costs twice", "the same share would be an expense of two years",
        "cooperative/actions/sharia/distribution.py", "PAYABLE if held else COST", "COST", _YEAR_END,
    ),
    Patch(
        "sharia savings: a loss taken back is shared whole", "savers would gain by a mistake that cost them less",
        "cooperative/rules/sharia/savers.py", "return min(max(0, -self.loss), self.borne)",
        "return max(0, -self.loss)", _SAVERS,
    ),
    Patch(
        "loan: an elected officer borrows like anybody", "the board would lend to itself, and no supervisor would hear",
        "cooperative/queries/loans/limits.py",
        "return sorted({*said, *officers_by_nik(cooperative, on).get(member.nik_index, ())})",
        "return sorted(said)", tests("cooperative", "loans/lending"),
    ),
    Patch(
        "a phone's sheet is entered though other money passed meanwhile", "two phones take one instalment twice",
        "cooperative/rules/collection.py", "    return has_moved or (", "    return (",
        tests("cooperative", "collection/without_signal"),
    ),
    Patch(
        "who sent a sheet decides about it alone", "money that lay in a bag overnight is counted by nobody else",
        "cooperative/actions/collection/sheet.py", ", by_another=True, ", ", ",
        tests("cooperative", "collection/without_signal"),
    ),
    Patch(
        "till: a bill is cut into small ones", "money leaves without the second person, a little at a time",
        "cooperative/actions/spending.py",
        "counts_with=paid_together(bill, bills_below_limit(cooperative, by.id, given.on)),", "counts_with=0,",
        tests("cooperative", "till/spending"),
    ),
    Patch(
        "till: another account cuts a bill", "who names two accounts needs nobody",
        "cooperative/rules/spending.py", "(bill.is_cost and one.is_cost) or ", "",
        tests("cooperative", "till/spending"),
    ),
    Patch(
        "a waiting sheet is thrown away without a reason", "nobody knows where money went that a member handed over",
        "access/reviews.py", "    if given.why is None or given.why not in wanted:", "    if given.why is None:",
        tests("cooperative", "collection/decisions"),
    ),
    Patch(
        "whoever asks is told what became of another one's sheet", "sums of a meeting reach a stranger's phone",
        "access/reviews.py", "Receipt.objects.filter(actor_id=str(by.id), act_id__in=act_ids, ",
        "Receipt.objects.filter(act_id__in=act_ids, ", tests("cooperative", "collection/decisions"),
    ),
    Patch(
        "what of a waiting sheet goes back is not said before", "a treasurer keeps money that the books do not take",
        "cooperative/reviews.py", "refused=_(\"Kembalikan: %s\") % refused[path] if path in refused else None,",
        "refused=None,", tests("cooperative", "collection/decisions"),
    ),
    Patch(
        "a sheet is handed out though its trace could not be written", "names and debts leave unseen",
        "sync/views.py", "        if not opened(", "        if opened(",
        tests("cooperative", "collection/without_signal"),
    ),
    Patch(
        "a phone sends money without the second factor", "whoever finds the phone moves money",
        "sync/views.py", "    if _must_prove(request, sent.actions):", "    if False:",
        tests("cooperative", "collection/without_signal"),
    ),
    Patch(
        "till: a meeting's sheet is not held against the money", "who did not pay would have paid",
        "cooperative/rules/collection.py", "    if written == counted:\n", "    if True:\n",
        tests("cooperative", "collection/sheet"),
    ),
)  # fmt: skip
