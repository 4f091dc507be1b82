"""Red flags in the offer itself: agency, visa, country, contract, pay, channel, cost, preparation."""

from __future__ import annotations

from collections.abc import Iterator

from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.law import Law
from desmigratif.cases.rules.offer.result import Finding
from desmigratif.regulations.countries import country_name
from desmigratif.shared.rupiah import format_rupiah

VISAS = {
    "visit": "visa kunjungan",
    "tourist": "visa wisata",
    "umrah": "visa umrah atau ziarah",
    "transit": "visa transit",
}


def agency_or_permit_not_valid(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """The company has no licence in force, or no permit for this country and job."""
    if not law.has_agency(given):
        return
    agency = given.offer.agency
    way_out = (
        "Pilih perusahaan dari daftar P3MI aktif yang punya izin perekrutan untuk negara dan pekerjaan ini; "
        "petugas dan Disnaker membantu mengeceknya."
    )
    if agency.licence_active is False:
        yield Finding(f"{agency.name or 'perusahaannya'} tidak ada dalam daftar P3MI yang aktif", way_out)
    if agency.permit_for_job_order is False:
        yield Finding("belum ada izin perekrutan untuk negara dan pekerjaan ini", way_out)


def non_work_visa(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Another visa than for work, a refused work visa, or the advice to lie about the journey."""
    offer = given.offer
    way_out = "Minta visa kerja yang sesuai pekerjaannya; berangkat hanya sesudah visa kerja terbit."
    if offer.visa in law.value("non_work_visas"):
        yield Finding(f"{VISAS.get(str(offer.visa), 'visa itu')} tidak berlaku untuk bekerja", way_out)
    if "work_visa" in (offer.refuses or ()):
        yield Finding("perekrut menolak mengurus visa kerja", f"{way_out} {_ANOTHER_COMPANY}")
    if offer.told_to_hide_purpose:
        yield Finding("calon disuruh menyembunyikan tujuan bekerja", way_out)


def country_closed_or_high_risk(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """The country is closed, for households or at all; or the job there is a known trap; or it is not listed."""
    country, job = given.offer.country, given.offer.job
    if country is None:
        return
    name = country_name(country)
    if country in law.value("closed_countries"):
        yield Finding(
            f"penempatan ke {name} sedang ditutup", _LISTED_COUNTRY, citation=law.citation("closed_countries")
        )
    elif given.offer.employer_type == "household" and country in law.value("household_ban_countries"):
        yield Finding(
            f"pemberi kerja rumah tangga di {name} masih ditutup",
            _other_than_household(country, law),
            citation=law.citation("household_ban_countries"),
        )
    elif closed_by := law.closed_by_list(country, given.offer.employer_type):
        who = "rumah tangga" if given.offer.employer_type == "household" else "perusahaan"
        yield Finding(f"pemberi kerja {who} di {name} ditutup", _LISTED_COUNTRY, citation=closed_by)
    elif country in law.value("high_risk_countries") and job in law.value("high_risk_jobs"):
        yield Finding(
            f"pekerjaan seperti ini di {name} sering ternyata penipuan daring dan penyekapan",
            "Cari pekerjaan kantor atau pemasaran di negara yang terdaftar, lewat lowongan resmi Disnaker.",
            citation=law.citation("high_risk_countries"),
        )
    else:
        yield from _not_listed(country, law)


_LISTED_COUNTRY = (
    "Pilih negara yang ada dalam daftar tujuan; Disnaker atau BP3MI dapat memastikan daftarnya yang terbaru."
)


def _not_listed(country: str, law: Law) -> Iterator[Finding]:
    level = law.value("country_not_listed_level")
    listed = law.destinations()
    if listed is None:
        yield Finding(
            "daftar negara tujuan untuk tanggal ini belum ada dalam catatan kami",
            _LISTED_COUNTRY,
            citation=law.citation("country_not_listed_level"),
            level=level,
        )
        return
    countries, citation = listed
    if country not in countries:
        text = f"{country_name(country)} belum ada dalam daftar negara tujuan"
        yield Finding(text, _LISTED_COUNTRY, citation=citation, level=level)


def _other_than_household(country: str, law: Law) -> str:
    """What is open instead: a company there if the country is listed, a household elsewhere."""
    listed, _ = law.destinations() or ([], "")
    ways = []
    if country in listed:
        ways.append(f"bekerja pada perusahaan berbadan hukum di {country_name(country)}")
    if open_to_households := [
        country_name(code) for code in law.value("household_countries_to_suggest") if code in listed
    ]:
        ways.append(f"kerja rumah tangga di {_either(open_to_households)}")
    if not ways:
        return _LISTED_COUNTRY
    return f"Yang bisa: {', atau '.join(ways)}, lewat perusahaan berizin."


def _either(names: list[str]) -> str:
    """Hong Kong, Taiwan, atau Malaysia."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, atau {names[-1]}"


def no_written_contract(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """No employment contract, or no placement agreement where there is an agency."""
    offer, refuses = given.offer, given.offer.refuses or ()
    papers = [("written_contract", "perjanjian kerja", offer.written_contract)]
    if law.has_agency(given):
        papers.append(("placement_agreement", "perjanjian penempatan", offer.placement_agreement))
    for code, label, present in papers:
        refused = code in refuses
        if refused or present is False:
            yield Finding(
                f"perekrut menolak memberi {label} tertulis" if refused else f"{label} tertulis belum ada",
                f"Minta {label} tertulis dan tunjukkan kepada petugas sebelum berangkat. "
                + (_ANOTHER_COMPANY if refused else "Petugas membantu membacanya."),
                level=law.level_of_missing_papers("NO_WRITTEN_CONTRACT", given, refused=refused),
            )


_ANOTHER_COMPANY = "Kalau tetap ditolak, pilih perusahaan lain yang berizin; petugas membantu mencarinya."


def pay_too_good(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """High pay for work that asks for nothing: the bait of online scams. Only rupiah a month is judged."""
    wage = given.offer.wage
    if wage.amount is None or (wage.currency, wage.per) != ("IDR", "month"):
        return
    threshold: int = law.value("pay_too_good_rupiah_per_month")
    if wage.amount >= threshold and given.offer.qualification_asked is False:
        yield Finding(
            f"gaji {format_rupiah(wage.amount)} sebulan tanpa syarat keahlian jarang benar",
            "Minta lowongan resminya dan cocokkan gajinya di Disnaker atau perwakilan RI sebelum menjawab.",
        )


def unverifiable_online_offer(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """From the internet by a company nobody has confirmed, or along a detour through a third country."""
    offer = given.offer
    online = offer.channel in law.value("online_channels")
    if online and law.has_agency(given) and offer.agency.licence_active is not True:
        yield Finding(
            "tawaran datang lewat media sosial atau pesan, dan izin perusahaannya belum terbukti aktif",
            "Minta nama lengkap perusahaan, lalu cek bersama petugas di daftar P3MI aktif sebelum menjawab.",
        )
    if offer.route_via:
        yield Finding(
            f"perjalanannya memutar lewat {', '.join(_place(place) for place in offer.route_via)}",
            "Minta tiket langsung dengan visa kerja; tanyakan jalurnya ke BP3MI.",
        )


def _place(place: str) -> str:
    return country_name(place.upper()) if len(place) == 3 else place


def overcharge(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Any fee in a zero-cost job, fees above the decree, or a wage cut longer than agreed."""
    offer = given.offer
    asked = sum(fee.amount or 0 for fee in offer.fees or ())
    cap = law.cost_cap(offer.country, offer.job)
    way_out = "Jangan membayar dulu. Minta rincian tertulis dan kuitansi; kelebihan bayar dapat diadukan ke BP3MI."
    if asked > 0 and law.is_zero_cost(offer.job):
        yield Finding(
            f"diminta {format_rupiah(asked)}, padahal pekerjaan ini bebas biaya bagi pekerja",
            way_out + " Biayanya ditanggung pemberi kerja dan pemerintah daerah.",
            citation=law.zero_cost_citation(),
        )
    elif cap is not None and asked > cap[0]:
        yield Finding(
            f"diminta {format_rupiah(asked)}, padahal paling banyak {format_rupiah(cap[0])}",
            way_out,
            citation=cap[1],
        )
    cut, agreed = offer.wage_cut_months, offer.wage_cut_months_agreed
    if cut is not None and agreed is not None and cut > agreed:
        text = f"gaji akan dipotong {cut} bulan, padahal yang disepakati {agreed} bulan"
        yield Finding(text, "Minta potongan gaji sesuai perjanjian tertulis; Disnaker dapat menengahi.")


def no_training_or_medical(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """No training, no appointed clinic, no briefing before departure."""
    offer, refuses = given.offer, given.offer.refuses or ()
    steps = [
        ("training", "pelatihan kerja", offer.training_planned, "Daftar pelatihan di BLK atau LPK resmi."),
        (
            "medical",
            "pemeriksaan kesehatan di fasilitas yang ditunjuk",
            offer.medical_facility_appointed,
            "Periksa kesehatan hanya di fasilitas yang ditunjuk; Disnaker memberi daftarnya.",
        ),
        (
            "orientation",
            "pembekalan sebelum berangkat",
            offer.orientation_planned,
            "Minta jadwal pembekalan ke BP3MI.",
        ),
    ]
    for code, label, planned, way_out in steps:
        refused = code in refuses
        if refused or planned is False:
            yield Finding(
                f"perekrut menolak {label}" if refused else f"{label} belum direncanakan",
                f"{way_out} {_ANOTHER_COMPANY}" if refused else way_out,
                level=law.level_of_missing_papers("NO_TRAINING_OR_MEDICAL", given, refused=refused),
            )


def destination_changed(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Signed for one country, sent to another."""
    if given.offer.destination_changed_after_signing:
        yield Finding(
            "negara tujuan diganti sesudah surat ditandatangani",
            "Tolak keberangkatan ini. Kalau tujuan baru memang diinginkan, surat, izin, dan pemeriksaan dibuat "
            "lagi dari awal.",
        )
