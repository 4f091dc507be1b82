"""What several returnees told of a company or a recruiter, as questions to ask now; never as an accusation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from desmigratif.cases.views.offer.list_facts import line_with


def told_before(facts: dict[str, Any]) -> list[dict[str, str]]:
    """One line for who they told of, then what to ask; none while fewer than enough told the same."""
    told: dict[str, list[str]] = facts.get("told") or {}
    whom = {
        "agency": _("Beberapa orang yang pulang lewat perusahaan dengan nama ini bercerita: %s."),
        "recruiter": _("Beberapa orang yang pulang lewat perekrut ini bercerita: %s."),
    }
    stories = dict.fromkeys(story for alike in told.values() for story in alike)
    said = [line_with("info-circle", whom[who] % ", ".join(_words()[one] for one in told[who])) for who in told]
    return said + [line_with("help-circle", _questions()[story]) for story in stories]


def _words() -> dict[str, str]:
    return {
        "promises_broken": _("pekerjaan atau upahnya lain dari yang dijanjikan"),
        "paid_more": _("membayar di luar aturan"),
        "papers_held": _("paspor atau dokumennya ditahan"),
        "not_recommended": _("tidak menyarankannya kepada tetangga"),
    }


def _questions() -> dict[str, str]:
    return {
        "promises_broken": _("Minta pekerjaan, upah, dan jam kerja tertulis di perjanjian. Sudah ada?"),
        "paid_more": _("Minta rincian biaya tertulis dan tanda terima setiap pembayaran. Sudah ada?"),
        "papers_held": _("Siapa yang nanti memegang paspor? Simpan salinannya di rumah."),
        "not_recommended": _("Apa yang berbeda pada tawaran sekarang? Tanyakan sebelum menandatangani."),
    }
