"""Invented names: common given and family names put together by chance, with accents and other scripts.

Any likeness to a real person is an accident. Each area lists given names of women, of men, and family names;
an area with a script of its own lists them again in that script, in the same order.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

NATIVE_SHARE: Final = 0.3
"""Share of names written in the area's own script, where it has one."""
DOMAIN: Final = "staff.orgpulse.example"


@dataclass(frozen=True)
class NameArea:
    """Given and family names that go together."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as the HR system writes it, and in plain letters for the e-mail address."""

    full: str
    plain: str


def _area(women: str, men: str, family: str) -> NameArea:
    return NameArea(tuple(women.split()), tuple(men.split()), tuple(family.split()))


AREAS: Final = {
    "arabic": _area(
        "Amina Fatima Layla Nour Salma Yasmin Huda Rania Samira Zeinab",
        "Ahmed Omar Youssef Khalid Hassan Tariq Samir Nabil Karim Mustafa",
        "Al-Masri Haddad Nasser Mansour Khoury Saleh Hamdan Farouk Najjar Qasim",
    ),
    "african": _area(
        "Aïssatou Mariam Abena Wanjiru Thandiwe Ngozi Hawa Blessing Chipo Adjoa Grâce Uwase",
        "Kwame Mamadou Chinedu Otieno Sipho Ibrahima Tendai Abdi Emeka Kofi Jean-Bosco Tesfaye",
        "Diallo Okafor Mwangi Dlamini Mensah Traoré Banda Haile Kamau Nkosi N'Diaye Ouédraogo Mutombo",
    ),
    "hispanic": _area(
        "María Lucía Valentina Camila Sofía Ximena Begoña Inés Beatriz Conceição",
        "José Andrés Santiago Joaquín Iñigo Martín Álvaro Raúl João Tomás",
        "García Rodríguez Muñoz Peña Gutiérrez Núñez Castaño Ibáñez Gonçalves Araújo Quispe",
    ),
    "slavic": _area(
        "Olena Anna Svetlana Milica Katarzyna Tereza Irina Jelena Zuzana Maja",
        "Ivan Dmitri Paweł Miloš Andrij Nikola Sergei Tomáš Łukasz Goran",
        "Kovalenko Ivanov Nowak Petrović Dvořák Horvat Šimić Wójcik Popescu Marinov",
    ),
    "east_asian": _area(
        "Mei Yuki Sakura Ji-woo Xiu Haruka Min-seo Lan Altan Hana",
        "Wei Hiroshi Min-jun Jun Takumi Bo Kenji Dae-jung Bat Ren",
        "Wang Tanaka Kim Li Suzuki Park Chen Sato Lee Ganbold",
    ),
    "south_asian": _area(
        "Priya Ayesha Anjali Nadia Sita Farzana Lakshmi Zahra Sunita Dilini",
        "Rahul Imran Arjun Bilal Ramesh Farhad Sanjay Hamid Bikram Nuwan",
        "Sharma Khan Rahman Perera Thapa Ahmadi Patel Hussain Gurung Fernando",
    ),
    "south_east_asian": _area(
        "Siti Nguyệt Maricel Suda Dewi Linh Rosario Malee Ayu Chantha",
        "Budi Minh Jomar Somchai Agus Hùng Rodrigo Anan Putra Sokha",
        "Santoso Nguyễn Reyes Srisuk Wijaya Trần Bautista Chaiyo Siregar Sok Villanueva",
    ),
    "western": _area(
        "Emma Françoise Ingrid Chloé Zoë Hannah Élodie Siân Åsa Giulia Eleni Aino",
        "Lukas Jürgen Søren François Liam Björn Matteo Loïc Owen Henrik Yannis Eoin",
        "Müller Dubois Sørensen O'Brien Lefèvre Rossi Jansen Weiß Öberg Fitzgerald MacLeod Papadopoulos",
    ),
    "turkic": _area(
        "Aigul Elif Gulnara Leyla Dilnoza Zeynep Ayşe Nino Aida Madina",
        "Mehmet Timur Emre Aslan Rustam Çağlar Bakyt Giorgi Davit Farrukh",
        "Yılmaz Aliyev Öztürk Karimov Demir Nazarov Beridze Şahin Abdullaev Toktogulov",
    ),
    "pacific": _area(
        "Moana Sela Litia Mere Talia Leilani Ana Kaia Vaea Losa",
        "Tevita Sione Josefa Manu Keanu Isikeli Tomasi Rangi Viliami Petelo",
        "Tupou Waqa Kaufusi Ratu Taufa Fonoti Tekena Kila Vakaloloma Naidu",
    ),
}
"""Names in Latin letters by area."""

NATIVE: Final = {
    "arabic": _area(
        "أمينة فاطمة ليلى نور سلمى ياسمين هدى رانيا سميرة زينب",
        "أحمد عمر يوسف خالد حسن طارق سمير نبيل كريم مصطفى",
        "المصري حداد ناصر منصور خوري صالح حمدان فاروق نجار قاسم",
    ),
    "slavic": _area(
        "Олена Анна Светлана Милица Катажина Тереза Ирина Јелена Зузана Маја",
        "Иван Дмитрий Павел Милош Андрій Никола Сергей Томаш Лукаш Горан",
        "Коваленко Иванов Новак Петровић Дворжак Хорват Шимић Вуйчик Попеску Маринов",
    ),
    "east_asian": _area(
        "梅 有紀 桜 지우 秀 遥 민서 兰 Алтан 花",
        "伟 浩 민준 军 匠 波 健二 대중 Бат 蓮",
        "王 田中 김 李 鈴木 박 陈 佐藤 이 Ганболд",
    ),
    "south_asian": _area(
        "प्रिया عائشہ अंजलि نادیہ सीता ফারজানা லட்சுமி زهرا सुनीता දිලිනි",
        "राहुल عمران अर्जुन بلال रमेश فرهاد संजय حامد विक्रम නුවන්",
        "शर्मा خان রহমান පෙරේරා थापा احمدی पटेल حسین गुरुङ பெர்னாண்டோ",
    ),
}
"""The same names in the area's own scripts."""

_COUNTRIES: Final = {
    "arabic": "MAR DZA EGY LBY SDN TUN ARE BHR IRQ JOR KWT LBN SAU SYR YEM MRT",
    "hispanic": "ARG BOL BRA CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRT PRY SLV URY VEN CPV TLS",
    "slavic": "ALB BGR BIH BLR CZE EST HRV HUN LTU LVA MDA MKD MNE POL ROU RUS SRB SVK SVN UKR",
    "east_asian": "CHN JPN KOR MNG",
    "south_asian": "AFG BGD IND IRN LKA MDV NPL PAK",
    "south_east_asian": "IDN KHM LAO MMR MYS PHL THA VNM",
    "turkic": "ARM AZE CYP GEO KAZ KGZ TJK TKM TUR",
    "pacific": "FJI FSM MHL NRU PNG SLB TON VUT",
    "western": "AUS AUT BEL CAN CHE DEU DNK FIN FRA GBR GRC IRL ISL ISR ITA LUX MLT NLD NOR NZL SWE USA "
    "ATG BLZ GUY HTI JAM LCA SUR TTO",
}
AREA_OF: Final = {country: area for area, countries in _COUNTRIES.items() for country in countries.split()}
"""Name area by country; African names elsewhere."""


def invent_name(rng: Random, country: str, gender: str) -> Name:
    """A name as it may be borne in a country."""
    area = AREA_OF.get(country, "african")
    latin = AREAS[area]
    women = gender == "female" or (gender == "other" and rng.random() < 0.5)
    given = int(rng.random() * len(latin.women if women else latin.men))
    family = int(rng.random() * len(latin.family))
    native = area in NATIVE and rng.random() < NATIVE_SHARE
    return _name(area, native, women, given, family)


@cache
def _name(area: str, native: bool, women: bool, given: int, family: int) -> Name:
    """Namesakes share their name: there are a few thousand, however many people."""
    plain = _spell(AREAS[area], women, given, family)
    return Name(_spell(NATIVE[area], women, given, family) if native else plain, plain)


def email_address(name: Name, number: int) -> str:
    """An official e-mail address: the name in plain letters and a number that sets namesakes apart."""
    return f"{_plain_letters(name.plain)}{number}@{DOMAIN}"


@cache
def _plain_letters(plain: str) -> str:
    folded = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    letters = "".join(sign for sign in folded.lower() if sign.isascii() and (sign.isalpha() or sign == " "))
    return letters.replace(" ", ".")


_LETTERS: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ı": "i", "đ": "d", "-": "", "'": ""}
)


def _spell(names: NameArea, women: bool, given: int, family: int) -> str:
    return f"{(names.women if women else names.men)[given]} {names.family[family]}"
