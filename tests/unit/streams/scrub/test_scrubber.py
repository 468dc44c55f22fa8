"""What a placeholder takes the place of, and what stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgpulse_streams.scrub.scrubber import Scrubber

SCRUBBER = Scrubber()
KNOWING = Scrubber(frozenset({"abukar", "haile", "تيراب", "cutler"}))


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("Ask Amina Warsame.", "Ask [PERSON]."),
        ("Ask Ms. Xq-Vrel about it.", "Ask [TITLE] [PERSON] about it."),
        ("d'Amina et l'équipe", "d'[PERSON] et l'équipe"),
        ("Je m'appelle Zyxwa.", "Je m'appelle [PERSON]."),
        ("Me llamo Guadalupe Xóchitl y vivo aquí", "Me llamo [PERSON] y vivo aquí"),
        ("قابلت السيد أحمد الخطيب في المكتب", "قابلت [PERSON] في المكتب"),
        ("Write to a.b+c@mail.example.org!", "Write to [EMAIL_ADDRESS]!"),
        ("pelé@münchen.example, أمل@مثال.إختبار", "[EMAIL_ADDRESS], [EMAIL_ADDRESS]"),
        ("amina [at] example [dot] org", "[EMAIL_ADDRESS]"),
        ("Call +41 22 717 91 11 or 01 42 68 53 00.", "Call [PHONE_NUMBER] or [PHONE_NUMBER]."),
        ("هاتفي ٠٧٩ ١٢٣ ٤٥٦٧ الآن", "هاتفي [PHONE_NUMBER] الآن"),
        ("GB82 WEST 1234 5698 7654 32 THANKS", "[IBAN_CODE] THANKS"),
        ("Card 4111 1111 1111 1111.", "Card [CREDIT_CARD]."),
        ("from 10.0.0.1, ::ffff:10.0.0.1 and fe80::1", "from [IP_ADDRESS], [IP_ADDRESS] and [IP_ADDRESS]"),
        ("see https://example.org/p/1?x=2.", "see [URL]."),
        ("Passport: AB1234567, SSN 536-22-8726", "Passport: [PASSPORT], SSN [US_SSN]"),
        ("laissez-passer n° UN448210", "laissez-passer n° [PASSPORT]"),
        ("P004417, p0004417 and K000417", "[PERSONNEL_ID], [PERSONNEL_ID] and [PERSONNEL_ID]"),
        ("born on 12 March 1984, 3 avril 1979, 5 de mayo de 1990",
         "born on [DATE_TIME], [DATE_TIME], [DATE_TIME]"),
        ("12 rue de la Paix, 75002 Paris", "[STREET_ADDRESS]"),
        ("ａｍｉｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "[EMAIL_ADDRESS]"),
        ("Am\u200bina War\u00adsame", "[PERSON]"),
        ("Jose\u0301 Pe\u0301rez!", "[PERSON]!"),
        ("\u202bP٠٠٤٤١٧\u202c ok", "\u202b[PERSONNEL_ID] ok"),
    ],
)  # fmt: skip
def test_personal_detail_gives_way_to_its_placeholder(text: str, scrubbed: str) -> None:
    assert SCRUBBER.scrub(text) == scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "Great training, thank you! May we have it in June?",
        "The Standards of Conduct session in Nairobi was useful.",
        "We reached 3,000 people in 2019-2020; USD 16,000,000.00. See section 4.2.1, ticket 2019-00431.",
        "L'atelier de Dakar était très utile, merci beaucoup.",
        "El curso fue bueno, pero la plataforma falló varias veces.",
        "كان التدريب مفيدا جدا وشكرا لكم على كل الجهود في هذا العام.",
        "GB00 WEST 1234 5698 7654 32",
        "Sierra Leone, Chad and Jordan signed; the ratio is 33.333333, at 35 bytes a row.",
        "La Oficina Regional y el Ministerio de Relaciones Exteriores organizaron tres talleres.",
        "Selon le Fonds, la Division des ressources humaines a progressé. Claire et concise.",
        "جميل جدا، سعيد بالمشاركة مع فريق كريم في لقاء قادم.",
        "4111 1111 1111 1112",
        "[PERSON] wrote to [EMAIL_ADDRESS]; [TITLE] [PERSON] did not.",
        "📎 done. It was fine e.g. at noon",
    ],
)
def test_text_without_people_stays_as_it_is(text: str) -> None:
    assert SCRUBBER.scrub(text) == text


def test_name_that_only_the_hr_system_knows_is_found() -> None:
    text = "Ask Abukar Haile, or Haile. شكرا يا تيراب"
    assert SCRUBBER.scrub(text).count("[PERSON]") < KNOWING.scrub(text).count("[PERSON]")
    assert KNOWING.scrub(text) == "Ask [PERSON], or [PERSON]. شكرا يا [PERSON]"


def test_word_that_is_somebodys_name_stays_where_it_is_a_word() -> None:
    assert KNOWING.scrub("Ask the cutler next door") == "Ask the cutler next door"


TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(
        ["Amina", "Mr.", "a@b.org", "+41227179111", "é", "e\u0301", "\u200b", "12", "rue", "السيد", "أحمد"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(TEXTS)
def test_finds_lie_in_the_text_in_order_and_apart(text: str) -> None:
    ends = 0
    for span in SCRUBBER.find(text):
        assert ends <= span.start < span.end <= len(text)
        ends = span.end


@given(TEXTS)
def test_what_is_not_found_stays_and_what_is_found_goes(text: str) -> None:
    expected, done = "", 0
    for span in SCRUBBER.find(text):
        expected += f"{text[done : span.start]}[{span.kind}]"
        done = span.end
    assert SCRUBBER.scrub(text) == expected + text[done:]


HOSTILE = [
    "a", "a.", "a@", "a@b.", "1", "1 ", "1-", "(1)", "1 Ab ", "1 Ab,\n", "12 rue Ab ", "Rue de la ", "Ab ",
    "Ab\n", "Mr. ", "name is ", "Amina de la ", "account no ", "id #", "zip code is ", "1 a a a a a street ", "http://",
    "www.", "GB82 ", "X9", "+1", ":", "a:", "-", "'", " ", "\n", "\u200b", "e\u0301", "عبد الله ", "السيد ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_text_only(piece: str) -> None:
    """At half of the 10,000 characters that a contract takes, a pattern that backtracks takes minutes."""
    text = piece * (5_000 // len(piece))
    began = time.process_time()
    SCRUBBER.find(text)
    assert time.process_time() - began < 2.0
