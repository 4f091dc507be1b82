"""Given names and family names of made-up residents, by the part of the country. Common words, no real person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names of one region: first words by sex and old/young, second words by sex; family names where used."""

    men_old: tuple[str, ...]
    women_old: tuple[str, ...]
    men_young: tuple[str, ...]
    women_young: tuple[str, ...]
    second_men: tuple[str, ...]
    second_women: tuple[str, ...]
    family: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_YOUNG_MEN = _words(
    "Aditya Ahmad Aldi Alfian Andi Anwar Arif Bagas Bayu Budi Dedi Dimas Eko Fajar Farhan Galih Hadi Hendra Ilham "
    "Imam Indra Irfan Joko Khoirul Lukman Muhammad Mukhlis Nanang Nur Pandu Rahmat Rendi Rian Rizki Rudi Saiful Satria "
    "Sigit Slamet Taufik Teguh Wahyu Wawan Yanto Yoga Yusuf Zaenal"
)
_YOUNG_WOMEN = _words(
    "Aisyah Ani Anisa Ayu Dewi Dian Dina Dwi Eka Endah Erna Fatimah Fitri Hani Ida Indah Intan Ira Kartika Laila "
    "Lestari Lia Lilis Mega Murni Nabila Nia Novi Nur Nurul Putri Rani Ratna Rina Rini Rohmah Salma Sari Sinta Siti "
    "Sri Titin "
    "Tri Umi Uswatun Wahyuni Wati Wulan Yanti Yuli Yuni Zahra"
)

JAVA = NamePool(
    men_old=_words(
        "Sutrisno Suparman Sugeng Sukarno Mulyono Ngadiman Paijo Parman Ponidi Sarjono Sarwo Slamet Sudarmo Sukirman "
        "Sumarno Suroto Suwarno Tarno Tukiman Wagiman Wakidi Warsito Muhyidin Kasiman Darsono Rubiyanto Maryono"
    ),
    women_old=_words(
        "Sumarni Sukarti Tukinem Suminah Ngatini Painem Parinem Sarinah Rubinah Tumini Wagiyem Warsini Kasiyem Rukmini "
        "Sulastri Mulyani Partini Suparti Muslimah Siti Rohmah Jumiati Mursiyah"
    ),
    men_young=_YOUNG_MEN,
    women_young=_YOUNG_WOMEN,
    second_men=_words(
        "Prasetyo Santoso Nugroho Setiawan Kurniawan Hidayat Saputra Wibowo Susanto Utomo Purnomo Rahardjo Wijaya "
        "Firmansyah Ramadhan Maulana Fauzi Mustofa Riyadi Handoko Pamungkas Anwar Mubarok Kusuma Hartono Subekti"
    ),
    second_women=_words(
        "Rahayu Lestari Handayani Wulandari Astuti Wahyuni Purwanti Setyowati Mulyani Kusumawati Khasanah Hidayah "
        "Nurjanah Maryam Fadilah Safitri Anggraini Permatasari Susanti Hastuti Maharani Utami Aminah Zulaikha Solikhah"
    ),
)
WEST_JAVA_COAST = NamePool(
    men_old=_words(
        "Casmadi Carsono Dasuki Durahman Kasmin Karnadi Rasdi Rastono Sanusi Surnata Tarmudi Tarsono Warsono Wasman "
        "Kusnadi Dulkarim Caswadi Darmaji Rokhman Sukarta Tasripin Daspan"
    ),
    women_old=_words(
        "Casiah Carminah Daspi Dasinah Karsinah Kasmi Rasminah Rasiti Sariah Tarminah Turinah Warsiti Wasinah "
        "Kuningsih "
        "Rokayah Casmirah Darkem Wastini Tarsiah Kapsah"
    ),
    men_young=_YOUNG_MEN,
    women_young=_YOUNG_WOMEN,
    second_men=_words(
        "Hidayat Gunawan Permana Kurniawan Saputra Maulana Firmansyah Ramdani Suhendar Nugraha Solihin Mulyana "
        "Iskandar Supriatna Hermawan Fauzan Rohman Abdillah Sanjaya Setiawan Kosasih"
    ),
    second_women=_words(
        "Nuraeni Rohaeni Komalasari Fauziah Nurhayati Rahmawati Maesaroh Jubaedah Suhaeti Kurniasih Puspitasari "
        "Juwita Solihat Nurlaela Amelia Agustina Herlina Mulyati Sopiah Khodijah"
    ),
)
TIMOR = NamePool(
    men_old=_words("Yohanis Markus Lukas Yakobus Petrus Simon Daniel Thomas Filipus Matheos Melkianus Soleman Obed"),
    women_old=_words("Maria Yuliana Marta Dorkas Ruth Ester Naomi Sarlota Welmince Orpa Yakomina Adolfina Mariance"),
    men_young=_words(
        "Andreas Antonius Aprianus Benyamin Charles Deni Dominggus Elias Erwin Ferdinan Gabriel Hendrik Imanuel Jefri "
        "Jonatan Kristian Leonard Marthen Nikson Oktovianus Paulus Rian Robertus Stefanus Viktor Yefta Yosua Yermias"
    ),
    women_young=_words(
        "Agustina Anita Aplonia Delvita Diana Elisabet Erna Febriani Fransiska Grace Ida Irma Jeni Katarina Kristina "
        "Lidia Margarita Melani Merlin Nofriana Oktaviana Paulina Regina Rosalina Selfiana Theresia Veronika Yuni"
    ),
    second_men=(),
    second_women=(),
    family=_words(
        "Nope Taneo Banunaek Benu Fallo Kase Lasa Manafe Missa Nabuasa Neonane Nenohai Oematan Olla Saefatu Selan Snae "
        "Sonbai Tefa Tenis Tlonaen Tnunay Toto Tunliu Usboko Bani Baun Boimau Leo Liu"
    ),
)
