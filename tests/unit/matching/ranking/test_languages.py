import pytest

from matching.ranking.languages import UNKNOWN, fitted_table, language_of, shares_of

SENTENCES = {
    "en": "I would like to help older people with their shopping and walk their dogs.",
    "es": "Me gustaría ayudar a las personas mayores con la compra y pasear a sus perros.",
    "de": "Ich möchte älteren Menschen beim Einkaufen helfen und ihre Hunde ausführen.",
    "fr": "Je voudrais aider les personnes âgées à faire leurs courses.",
    "pl": "Chciałbym pomagać starszym ludziom w zakupach i wyprowadzać ich psy.",
    "ro": "Aș dori să ajut persoanele în vârstă la cumpărături și să le plimb câinii.",
    "hi": "मैं बुज़ुर्ग लोगों की खरीदारी में मदद करना चाहता हूँ।",
    "gu": "મને વૃદ્ધ લોકોને ખરીદીમાં મદદ કરવી ગમશે.",
    "ta": "முதியவர்களுக்கு கடைக்குச் செல்ல உதவ விரும்புகிறேன்.",
    "ar": "أود مساعدة كبار السن في التسوق والمشي مع كلابهم.",
    "ur": "میں بزرگوں کی خریداری میں مدد کرنا چاہتا ہوں۔",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_recognised(language):
    assert language_of(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "?!", "12", "radio", "chef", "Tennis"])
def test_what_could_be_in_several_languages_is_unknown(text):
    assert language_of(text) == UNKNOWN


SPANISH = ["enfermera", "profesor de secundaria", "cocinero", "abogada laboralista", "carpintero"]
ENGLISH = ["registered nurse", "schoolteacher", "head cook", "employment lawyer", "carpenter"]


def test_of_many_short_texts_together_the_language_is_clear():
    alone = [language_of(title) for title in SPANISH]
    shares = shares_of(SPANISH)

    assert alone.count(UNKNOWN) >= 4
    assert max(shares, key=shares.__getitem__) == "es"
    assert [language_of(title, shares) for title in SPANISH].count("es") >= 4
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) > 0


def test_what_is_clear_by_itself_stays_so_among_others():
    shares = shares_of(ENGLISH)

    for language, sentence in SENTENCES.items():
        assert language_of(sentence, shares) == language


def test_the_less_shares_are_trusted_the_less_they_count():
    shares = shares_of(ENGLISH)
    found = [
        [language_of(title, shares, trust) for title in ENGLISH].count("en")
        for trust in (0.0, 0.2, 1.0)
    ]

    assert found == sorted(found)
    assert found[0] == [language_of(title) for title in ENGLISH].count("en")
    assert found[0] < found[2]


@pytest.mark.parametrize("texts", [[], ["", "?!"], [SENTENCES["gu"]]])
def test_texts_that_tell_nothing_leave_all_languages_alike(texts):
    shares = shares_of(texts)

    assert len(set(shares.values())) == 1


def test_a_table_tells_apart_what_it_was_fitted_on():
    table = fitted_table({"xx": ["ababab"] * 3, "yy": ["cdcdcd"] * 3}, most=10)

    xx, yy = table["runs"]["ab"]
    assert table["languages"] == ["xx", "yy"]
    assert xx > 0 > yy
