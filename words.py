"""What counts as the same word: the one place where texts are cut into words.

The index of skills is built in one room and asked in another; both must cut, fold and stem alike.
The forms are keys for comparing, not English: ``stem("categories")`` need not read well.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

JOINING = "\u200c\u200d"
"""Characters that do not show and are needed: in Persian and Hindi, and in some emoji."""
WORD = re.compile(r"[a-z0-9]+[+#]*")
LONGEST_WORD = 24
"""Letters of a word that are compared; what follows is cut off."""
GRAM_SIZES = (2, 3, 4)
GRAM_SLOTS = 1 << 15

_STOP_WORDS = """
    a all an and any are as at be been by for from has have he her his i in into is it its me my of on
    onto or other our out s she such that the their them there these they this those to up use used
    using was we were which with you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# Base form first.
_IRREGULAR_FORMS = """
    begin began begun|bend bent|bind bound|bring brought|build built|buy bought|catch caught|child children
    choose chose chosen|dig dug|do did done does|draw drew drawn|drive drove driven|eat ate eaten
    fall fell fallen|feed fed|foot feet|fight fought|find found|fly flew flown|freeze froze frozen
    get got gotten|give gave given|go went gone|grow grew grown|hang hung|have had has|hear heard
    hold held|keep kept|know knew known|lay laid|lead led|learn learnt|leave left|lend lent|make made
    man men|mean meant|meet met|mouse mice|mow mown|oversee oversaw overseen|pay paid|person people
    ride rode ridden|run ran|saw sawn|say said|see seen|sell sold|send sent|sew sewn|shoot shot
    show shown|sing sang sung|sit sat|sleep slept|speak spoke spoken|spend spent|spin spun|stand stood
    steal stole stolen|sweep swept|swim swam swum|take took taken|teach taught|tell told|think thought
    throw threw thrown|tooth teeth|understand understood|wear wore worn|weave wove woven|win won
    woman women|write wrote written|analysis analyses
"""
IRREGULAR = {
    form: line.split()[0]
    for line in _IRREGULAR_FORMS.replace("\n", "|").split("|")
    for form in line.split()[1:]
}
_AMERICAN = {
    "aeroplane": "airplane", "aluminium": "aluminum", "cheque": "check", "defence": "defense",
    "draught": "draft", "enrolment": "enrollment", "fulfilment": "fulfillment", "grey": "gray",
    "jewellery": "jewelry", "kerb": "curb", "licence": "license", "licences": "licenses", "mould": "mold",
    "moulding": "molding", "moulds": "molds", "practise": "practice", "programme": "program",
    "programmes": "programs", "tyre": "tire", "tyres": "tires",
}  # fmt: skip
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2}[iy])s(?=(?:e|ed|es|ing|er|ers|ation|ations|ational)$)"), "z"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|al|able|er|less|ful)"), "or"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"aesth"), "esth"),
    (re.compile(r"^(orthop|p|gyn)ae(?=[dc])"), r"\1e"),
    (re.compile(r"^haem"), "hem"),
)
_VOWEL = re.compile(r"[aeiouy]")
# Longest first; what stays must have three letters, or four before a bare "ate".
_ENDINGS = (
    ("ization", "ize"), ("ational", ""), ("fulness", "ful"), ("iveness", "ive"), ("ements", "e"),
    ("ement", "e"), ("ations", ""), ("ation", ""), ("ators", ""), ("ator", ""), ("ates", ""), ("ate", ""),
    ("ments", ""), ("ment", ""), ("ness", ""), ("ions", ""), ("tion", "t"), ("sion", "s"), ("ance", ""),
    ("ence", ""), ("ical", "ic"), ("ally", "al"), ("ly", ""), ("ities", ""), ("ity", ""), ("ers", ""),
    ("er", ""), ("ors", "or"), ("al", ""), ("ive", ""), ("able", ""), ("ible", ""),
)  # fmt: skip
_FOUR_LEFT = frozenset({"ate", "ates", "ation"})


def folded(text: str) -> str:
    """Lower case without accents."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain.replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def raw_words(text: str) -> list[str]:
    """Words of a text as they are written, folded.

    >>> raw_words("Résumé-writing, C++ and the team's goals")
    ['resume', 'writing', 'c++', 'and', 'the', 'team', 'goals']
    """
    return [word[:LONGEST_WORD] for word in WORD.findall(folded(text).replace("'s ", " "))]


def words(text: str) -> list[str]:
    """Words of a text in one spelling, British or American alike.

    >>> words("Organise colour programmes") == words("organize color programs")
    True
    """
    return [spelled(word) for word in raw_words(text)]


def spelled(word: str) -> str:
    """A folded word in the one spelling."""
    known = _AMERICAN.get(word)
    if known is not None:
        return known
    if len(word) > 4:
        for pattern, replacement in _SPELLINGS:
            word = pattern.sub(replacement, word)
    return word


def stem(word: str) -> str:
    """What a word shares with its inflections.

    >>> stem("reservations") == stem("reserve"), stem("built") == stem("building")
    (True, True)
    """
    word = IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word
    word = _without_inflection(word)
    for ending, kept in _ENDINGS:
        least = 4 if ending in _FOUR_LEFT else 3
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)] + kept
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word


def _without_inflection(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) >= 3 and _VOWEL.search(left):
            if len(left) > 3 and left[-1] == left[-2] and left[-1] not in "sz":
                return left[:-1]
            return left + "e" if left[-2:] in ("at", "bl", "iz") else left
    return word


def grams(word: str) -> list[int]:
    """Slots of a word's runs of two to four letters, a space before and after it."""
    padded = f" {word} "
    return [
        zlib.crc32(padded[start : start + size].encode()) % GRAM_SLOTS
        for size in GRAM_SIZES
        for start in range(len(padded) - size + 1)
    ]


def seen(text: str) -> str:
    """A text without characters that do not show or that turn a line around: what is read is what is there.

    >>> seen("Kim\u202e gnidlew\u200b"), seen("\u200b\u200d")
    ('Kim gnidlew', '')
    """
    kept = "".join(one for one in text if one in JOINING or unicodedata.category(one) != "Cf")
    return kept.strip(JOINING)
