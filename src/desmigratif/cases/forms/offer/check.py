"""The offer check as a form: six short groups in the order a talk goes, one tap for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.countries import UsualCountry, WrittenCountry
from desmigratif.cases.forms.offer import answers
from desmigratif.cases.forms.offer.answers import UNKNOWN, field_at, field_name
from desmigratif.cases.forms.widgets import DONT_KNOW, PLAIN, Amount, FewTimes, Number, OneTap, SeveralTaps, YesNo
from desmigratif.cases.rules.labels import EMPLOYER_TYPES, JOBS
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.unknown import QUESTIONS
from desmigratif.documents.acting import Day, RecordForm
from desmigratif.people.models import MaritalStatus, Sex
from desmigratif.shared.reasons import InvalidInput

SCHEMES = {
    "P3MI": _("Perusahaan (P3MI)"),
    "G_TO_G": _("Program pemerintah"),
    "INDIVIDUAL": _("Mencari sendiri (mandiri)"),
    "UKPS": _("Dikirim perusahaan tempatnya bekerja"),
}
CHANNELS = {
    "official": _("Lowongan resmi (Disnaker, SISKOP2MI)"),
    "in_person": _("Orangnya datang langsung"),
    "social_media": _("Media sosial"),
    "messenger": _("Pesan WhatsApp atau Telegram"),
}
RELATIONS = {"none": _("Bukan"), "relative": _("Kerabat"), "neighbour": _("Tetangga")}
VISAS = {
    "work": _("Visa kerja"),
    "visit": _("Kunjungan"),
    "tourist": _("Wisata"),
    "umrah": _("Umrah"),
    "transit": _("Transit"),
}
CURRENCIES = {
    "IDR": _("Rupiah"), "HKD": _("Dolar Hong Kong"), "TWD": _("Dolar Taiwan"), "MYR": _("Ringgit Malaysia"),
    "SGD": _("Dolar Singapura"), "BND": _("Dolar Brunei"), "JPY": _("Yen Jepang"), "KRW": _("Won Korea"),
    "SAR": _("Riyal Saudi"), "AED": _("Dirham UEA"), "USD": _("Dolar Amerika"), "EUR": _("Euro"),
}  # fmt: skip
COMPONENTS = {
    "ticket_out": _("Tiket berangkat"), "ticket_home": _("Tiket pulang"), "visa": _("Visa kerja"),
    "contract_legalisation": _("Legalisasi perjanjian kerja"), "agency_fee": _("Jasa perusahaan"),
    "overseas_agent_fee": _("Jasa agen luar negeri"), "training": _("Pelatihan"),
    "competence_certificate": _("Sertifikat kompetensi"), "passport": _("Paspor"), "police_certificate": _("SKCK"),
    "social_security": _("Jaminan sosial"), "insurance": _("Asuransi"), "medical": _("Pemeriksaan kesehatan"),
    "psychology": _("Pemeriksaan psikologi"), "local_transport": _("Angkutan di dalam negeri"),
    "lodging": _("Penampungan"), "airport": _("Bandara"), "practice_goods": _("Alat dan bahan praktik"),
    "recruitment": _("Uang perekrutan, sponsor"), "salary_deduction": _("Potongan gaji"), "other": _("Lain-lain"),
}  # fmt: skip
REFUSABLE = {
    "written_contract": _("Perjanjian kerja"), "placement_agreement": _("Perjanjian penempatan"),
    "work_visa": _("Visa kerja"), "training": _("Pelatihan"), "medical": _("Pemeriksaan kesehatan"),
}  # fmt: skip
ORIGINALS = {
    "ktp": "KTP", "kk": "KK", "birth_certificate": _("Akta kelahiran"), "school_certificate": _("Ijazah"),
    "passport": _("Paspor"), "marriage_book": _("Buku nikah"), "land_title": _("Sertifikat tanah"),
}  # fmt: skip
ROUTES = {
    "Batam": "Batam", "Nunukan": "Nunukan", "MYS": "Malaysia", "SGP": "Singapura", "THA": "Thailand",
    "ARE": _("Uni Emirat Arab"), "tempat lain": _("Tempat lain"),
}  # fmt: skip
TERMS = {
    "employer": _("Pemberi kerja"), "city": _("Kota"), "wage": _("Gaji"), "hours": _("Jam kerja"),
    "contact": _("Nomor kontak"),
}  # fmt: skip


MORE_QUESTIONS = _("Pertanyaan lain (%(n)s)")


@dataclass(frozen=True, slots=True)
class Fold:
    """Questions that seldom decide: folded away until somebody opens them, answered or in error they stand open."""

    paths: tuple[str, ...]
    title: Any = MORE_QUESTIONS


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with the questions that decide most checks, and below them the folded rest."""

    code: str
    title: Any
    lead: Any
    paths: tuple[str, ...]
    folds: tuple[Fold, ...]

    @property
    def all_paths(self) -> tuple[str, ...]:
        return (*self.paths, *(path for fold in self.folds for path in fold.paths))


GROUPS = (
    Group("kerja", _("Pekerjaannya"), _("Ke mana, kerja apa, lewat siapa."), (
        "offer.country", "offer.job", "offer.employer_type", "offer.scheme",
    ), (Fold(("candidate.can_name",)),)),
    Group("perusahaan", _("Perusahaan dan perekrut"), _("Yang memberangkatkan dan yang mengajak."), (
        "offer.agency.name", "offer.agency.licence_active", "offer.agency.permit_for_job_order", "offer.channel",
    ), (Fold(("recruiter.relation", "recruiter.assignment_letter", "recruiter.complaints_before")),)),
    Group("uang", _("Gaji dan biaya"), _("Uang yang dijanjikan dan yang diminta."), (
        "offer.wage.amount", "offer.wage.currency", "offer.fees", "offer.advance_to_family",
    ), (Fold((
        "offer.qualification_asked", "offer.debt_to_work_off", "offer.wage_cut_months", "offer.wage_cut_months_agreed",
    )),)),
    Group("surat", _("Visa, perjanjian, dan surat"), _("Yang sudah ada dan yang ditolak."), (
        "offer.visa", "offer.written_contract", "offer.refuses", "offer.papers_held_by_recruiter",
    ), (Fold((
        "offer.told_to_hide_purpose", "offer.placement_agreement", "offer.training_planned",
        "offer.medical_facility_appointed", "offer.orientation_planned", "offer.papers_made_elsewhere",
        "offer.destination_changed_after_signing",
    )),)),
    Group("perjalanan", _("Keberangkatan"), _("Kapan dan lewat mana."), (
        "offer.departure.planned_on", "offer.departure.hurried", "offer.departure.secret",
    ), (Fold(("offer.departure.at_night", "offer.route_via")),)),
    Group("calon", _("Calon dan anaknya"), _("Tanyakan langsung kepada calon."), (
        "candidate.birth_date", "candidate.sex", "candidate.marital_status",
        "candidate.children_under_12", "candidate.caregiver_named",
    ), (
        Fold(("candidate.irregular_trips_before", "candidate.deported_before")),
        Fold(
            tuple(path for pair in zip(answers.PAPER_NAMES, answers.PAPER_DAYS, strict=True) for path in pair),
            _("Bandingkan nama dan tanggal lahir di surat-surat calon"),
        ),
    )),
)  # fmt: skip
OWN_WORDS = {  # shorter than in a list of questions: the answers stand below
    "offer.wage.amount": _("Berapa gaji sebulan yang dijanjikan?"),
    "offer.employer_type": _("Bekerja pada siapa?"),
    "offer.scheme": _("Berangkat lewat siapa?"),
    "offer.channel": _("Dari mana tawaran ini datang?"),
    "offer.refuses": _("Adakah yang ditolak perekrut?"),
    "offer.route_via": _("Apakah memutar lewat tempat lain dulu?"),
    "candidate.can_name": _("Apa yang bisa disebut calon?"),
}
COUNTRY, OTHER_COUNTRY = "offer.country", "offer__country_other"
ZERO_HINT = _("Tulis 0 bila tidak ada. Kosongkan bila belum tahu.")


class OfferCheckForm(RecordForm):
    """All questions of a check at the permission stage.

    `known` are earlier answers (shown again), `in_register` the paths of facts that the register knows and nobody
    needs to ask, `today` decides which destinations come first.
    """

    def __init__(
        self,
        *args: Any,
        known: OfferCheckInput,
        in_register: frozenset[str],
        today: date,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        before = answers.fields_from(known)
        super().__init__(*args, initial={**before, "on": today, **(initial or {})}, **kwargs)
        self.answers: OfferCheckInput | None = None
        self.rows = answers.fee_rows(before)
        self.today = today
        self.asked = [path for group in GROUPS for path in group.all_paths if path not in in_register]
        for path in self.asked:
            self._ask(path, known)
        self.fields["on"] = Day(label=_("Tanggal pemeriksaan"))
        fields: Iterable[Any] = self.fields.values()  # the stubs do not know a field's template yet
        for field in fields:
            field.template_name = field.template_name or PLAIN

    def _ask(self, path: str, known: OfferCheckInput) -> None:
        if path == answers.FEES:
            self._ask_fees()
            return
        if path == COUNTRY:
            self._ask_country()
            return
        self.fields[field_name(path)] = _field(path, known, self.today)

    def _ask_country(self) -> None:
        name = field_name(COUNTRY)
        chosen = (self.initial.get(name), self.data.get(name))
        self.fields[name] = UsualCountry(label=QUESTIONS[COUNTRY], chosen=chosen)
        self.fields[OTHER_COUNTRY] = WrittenCountry()

    def _ask_fees(self) -> None:
        self.fields["fees"] = OneTap(
            choices=[(answers.NO, _("Tidak ada")), (answers.YES, _("Ada"))], label=_("Apakah calon diminta membayar?")
        )
        components = [(UNKNOWN, _("Untuk apa?")), *COMPONENTS.items()]
        for row in range(self.rows):
            number = {"number": row + 1}
            self.fields[f"fee_{row}_component"] = forms.ChoiceField(
                choices=components, required=False, label=_("Biaya %(number)s, untuk apa") % number
            )
            self.fields[f"fee_{row}_rupiah"] = Amount(label=_("Biaya %(number)s, berapa") % number)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The groups with their bound fields, for the template."""
        return [
            {
                "code": group.code,
                "number": number,
                "title": group.title,
                "lead": group.lead,
                "questions": [self._question(path) for path in group.paths if path in self.asked],
                "folds": [self._fold(fold) for fold in group.folds],
            }
            for number, group in enumerate(GROUPS, start=1)
        ]

    def _fold(self, fold: Fold) -> dict[str, Any]:
        fields = [self[field_name(path)] for path in fold.paths]
        return {"title": fold.title % {"n": len(fields)}, "fields": fields, "open": any(map(_is_filled_in, fields))}

    def _question(self, path: str) -> dict[str, Any]:
        if path == COUNTRY:
            return {"field": self[field_name(path)], "more": self[OTHER_COUNTRY]}
        if path != answers.FEES:
            return {"field": self[field_name(path)]}
        rows = [(self[f"fee_{row}_component"], self[f"fee_{row}_rupiah"]) for row in range(self.rows)]
        is_open = any(_is_filled_in(field) for row in rows for field in row)
        return {"field": self["fees"], "fees": rows, "open": is_open}

    def field_of(self, path: str) -> str:
        name = field_at(path)
        return super().field_of(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_rows = any(
            cleaned.get(f"fee_{row}_{part}") not in (None, "")
            for row in range(self.rows)
            for part in ("component", "rupiah")
        )
        if has_rows and cleaned.get("fees") == answers.NO:
            self.add_error("fees", _("Ada biaya yang ditulis di bawah ini. Pilih Ada, atau hapus rinciannya."))
        self._settle_country(cleaned)
        if not self.errors:
            self._read(cleaned)
        return cleaned

    def _settle_country(self, cleaned: dict[str, Any]) -> None:
        """A country that is written stands for the one of the list, unless somebody chose there as well."""
        name, written = field_name(COUNTRY), cleaned.get(OTHER_COUNTRY)
        if not written:
            return
        if name in self.changed_data and cleaned.get(name) not in (UNKNOWN, written):
            self.add_error(OTHER_COUNTRY, _("Pilih dari daftar atau tulis namanya, jangan keduanya."))
        cleaned[name] = written

    def _read(self, cleaned: Mapping[str, Any]) -> None:
        try:
            self.answers = answers.answers_from(cleaned)
        except InvalidInput as problem:
            for reason in problem.reasons:
                self.add_error(self.field_of(reason.field) or None, reason.text)


def _is_filled_in(field: forms.BoundField) -> bool:
    return bool(field.errors) or field.value() not in (None, UNKNOWN, [])


def _field(path: str, known: OfferCheckInput, today: date) -> forms.Field:
    label = OWN_WORDS.get(path, QUESTIONS[path])
    if path in answers.YES_NO:
        return YesNo(label=label)
    if path in answers.MONEY:
        return Amount(label=label, help_text=ZERO_HINT)
    if path in answers.TEXTS:
        return forms.CharField(label=label, required=False, max_length=200)
    if path in answers.DAYS:
        return Day(label=label, required=False)
    return _SPECIAL[path](label, known, today)


def _jobs(label: Any, known: OfferCheckInput, today: date) -> forms.Field:
    return forms.ChoiceField(choices=[DONT_KNOW, *JOBS.items()], label=label, required=False)


def _taps(words: Mapping[str, Any]) -> Callable[..., forms.Field]:
    return lambda label, known, today: OneTap(choices=words.items(), label=label)


def _currency(label: Any, known: OfferCheckInput, today: date) -> forms.Field:
    other = known.offer.wage.currency
    words = {**CURRENCIES, **({other: other} if other and other not in CURRENCIES else {})}
    return forms.ChoiceField(choices=[DONT_KNOW, *words.items()], label=label, required=False)


_SPECIAL: dict[str, Callable[[Any, OfferCheckInput, date], forms.Field]] = {
    "offer.job": _jobs,
    "offer.employer_type": _taps(EMPLOYER_TYPES),
    "offer.scheme": _taps(SCHEMES),
    "offer.channel": _taps(CHANNELS),
    "recruiter.relation": _taps(RELATIONS),
    "offer.visa": _taps(VISAS),
    "offer.wage.currency": _currency,
    "candidate.sex": _taps(dict(Sex.choices)),
    "candidate.marital_status": _taps(dict(MaritalStatus.choices)),
    "recruiter.complaints_before": lambda label, known, today: FewTimes(
        label=label, none=_("Tidak pernah"), known=known.recruiter.complaints_before
    ),
    "candidate.irregular_trips_before": lambda label, known, today: FewTimes(
        label=label, none=_("Tidak pernah"), known=known.candidate.irregular_trips_before
    ),
    "candidate.children_under_12": lambda label, known, today: FewTimes(
        label=label, none=_("Tidak ada"), known=known.candidate.children_under_12
    ),
    "offer.wage_cut_months": lambda label, known, today: Number(label=label, most=600, help_text=ZERO_HINT),
    "offer.wage_cut_months_agreed": lambda label, known, today: Number(label=label, most=600, help_text=ZERO_HINT),
    "offer.wage.amount": lambda label, known, today: Amount(
        label=label, help_text=_("Dalam mata uang yang dijanjikan. Kosongkan bila belum tahu.")
    ),
    "candidate.can_name": lambda label, known, today: SeveralTaps(
        choices=TERMS.items(), none=_("Tidak satu pun"), label=label
    ),
    "offer.refuses": lambda label, known, today: SeveralTaps(
        choices=REFUSABLE.items(), none=_("Tidak ada yang ditolak"), label=label
    ),
    "offer.papers_held_by_recruiter": lambda label, known, today: SeveralTaps(
        choices=ORIGINALS.items(),
        none=_("Tidak satu pun"),
        label=label,
        known=known.offer.papers_held_by_recruiter or (),
    ),
    "offer.route_via": lambda label, known, today: SeveralTaps(
        choices=ROUTES.items(), none=_("Langsung, tidak memutar"), label=label, known=known.offer.route_via or ()
    ),
}
