"""Published labels as they read on a square.

Vocabularies differ in case (ESCO ``operate forklift``, Open Skills ``Vendor
Identification``). On screen they all stand in sentence case; the published form is kept
beside it and is what other systems see.
"""

from __future__ import annotations

import re

# Names that keep their capital inside a label in Title Case. Acronyms need no list: a word
# with a capital after its first letter (ICT, PowerPoint, JavaScript) is always kept. English
# words that are also names (Access, Excel, Word) count as names after a maker's name only.
_NAMES = """
    Adobe Africa African Ajax Albanian Amazon America American Android Angular Ansible Apache Apple
    Arabic Armenian Asia Asian Atlassian Australian Azerbaijani Azure Basque Bayesian Belarusian
    Bengali Boolean Bosnian Braille Britain British Buddhism Buddhist Bulgarian Canada Canadian
    Cantonese Catalan China Chinese Christian Christianity Cisco Croatian Czech Danish Django Docker
    Drupal Dutch English Erlang Estonian Europe European Facebook Finnish Flemish Fortran France
    French Gantt Gaussian Georgian German Germany Google Greek Hadoop Haskell Hebrew Hindi Hinduism
    Hungarian Icelandic India Indian Instagram Irish Islam Islamic Italian Italy Japan Japanese Java
    Jenkins Jewish Judaism Kanban Korean Kubernetes Latin Latvian Linux Lisp Lithuanian Maltese
    Mandarin Markov Mexican Microsoft Montessori Moodle Muslim Norwegian Oracle Perl Persian Pilates
    Portuguese Prolog Punjabi Python Romanian Ruby Russian Salesforce Scala Scrum Serbian
    Shakespeare Slovak Slovenian Spain Spanish Steiner Swahili Swedish Swiss Tableau Tagalog Tamil
    Thai Turkish Twitter Ukrainian Unix Urdu Vietnamese Welsh Windows Xcode Yiddish
"""
PROPER_NAMES = frozenset(_NAMES.split())
MAKERS = frozenset({"Microsoft", "Adobe", "Visual"})
_WORD = re.compile(r"[^\W\d_][\w'’+#]*")
# ESCO spells the British way, the readers of this product the American. Parts of words, so that
# behaviour and behavioural are one entry; the endings in -ise and -yse have a rule of their own.
AMERICAN = {
    "accurise": "accurize", "aeroplane": "airplane", "aluminium": "aluminum", "anaesthe": "anesthe",
    "armour": "armor", "artefact": "artifact", "behaviour": "behavior", "bevelling": "beveling",
    "centre": "center", "centred": "centered", "colour": "color",
    "counselled": "counseled", "counselling": "counseling",
    "defence": "defense", "draughting": "drafting", "enamelling": "enameling", "enrolment": "enrollment",
    "flavour": "flavor", "fuelling": "fueling", "fulfilment": "fulfillment", "humour": "humor",
    "jewellery": "jewelry", "kerbstone": "curbstone", "labelling": "labeling", "labour": "labor",
    "licence": "license", "manoeuvere": "maneuver", "manoeuvre": "maneuver", "manoeuvring": "maneuvering",
    "marshalling": "marshaling", "modelling": "modeling", "mould": "mold", "neighbour": "neighbor",
    "odour": "odor", "orthopaedic": "orthopedic", "paediatric": "pediatric", "practise": "practice",
    "programmes": "programs", "signalling": "signaling", "travelling": "traveling",
    "tunnelling": "tunneling", "tyre": "tire",
}  # fmt: skip
_BRITISH = re.compile("|".join(sorted(AMERICAN, key=len, reverse=True)), re.IGNORECASE)
# Programme as a whole word: programmer and programmed are spelled alike on both sides.
_PROGRAMME = re.compile(r"\bprogramme\b", re.IGNORECASE)
# Long enough stems before -is- and -ys- take a z; these words have their s everywhere.
_ISE = re.compile(r"\b(\w{3,}[iy])s(e|ed|es|ing|er|ers|ation|ations|ational)\b", re.IGNORECASE)
_ALWAYS_S = re.compile(
    r"\w*(advertis|advis|apprais|compris|compromis|devis|disguis|enterpris|exercis|expertis|franchis|"
    r"improvis|merchandis|nois|precis|premis|promis|prais|rais|revis|supervis|surpris|televis|treatis|"
    r"cris|liais|analyses|wise|rising|riser|otherwis|luxembourgish)\w*",
    re.IGNORECASE,
)


def american(label: str) -> str:
    """The label in American spelling; what is spelled alike everywhere stays.

    >>> american("organise training programmes"), american("analyse behaviour"), american("advise staff")
    ('organize training programs', 'analyze behavior', 'advise staff')
    """

    def z(match: re.Match[str]) -> str:
        return match.group() if _ALWAYS_S.fullmatch(match.group()) else f"{match[1]}z{match[2]}"

    text = _BRITISH.sub(lambda match: _like(match.group(), AMERICAN[match.group().lower()]), label)
    text = _PROGRAMME.sub(lambda match: _like(match.group(), "program"), text)
    return _ISE.sub(z, text)


def _like(word: str, spelled: str) -> str:
    if word.isupper():
        return spelled.upper()
    return spelled[0].upper() + spelled[1:] if word[0].isupper() else spelled


def sentence_case(label: str, *, title_case: bool | None = None) -> str:
    """A label with its first letter large and the rest small; names and acronyms kept.

    Parameters
    ----------
    label : str
        A published label. Spaces of any kind become single ones.
    title_case : bool, optional
        Whether capitals in it say nothing (``Vendor Identification``). In other labels each
        capital is there for a reason (``write Spanish``) and stays. When not given, a label counts as
        Title Case if most of its longer words after the first have a capital.

    Examples
    --------
    >>> sentence_case("operate forklift")
    'Operate forklift'
    >>> sentence_case("use ICT systems")
    'Use ICT systems'
    >>> sentence_case("Vendor Identification")
    'Vendor identification'
    >>> sentence_case("Translate Spanish Documents")
    'Translate Spanish documents'
    """
    text = " ".join(label.split())
    words = _WORD.findall(text)
    if title_case is None:
        telling = [word for word in words[1:] if len(word) > 3 and word not in PROPER_NAMES]
        title_case = bool(telling) and 2 * sum(word[0].isupper() for word in telling) > len(telling)
    if title_case:
        text = _WORD.sub(_lowered(words), text)
    first = _WORD.search(text)
    # eLearning, iOS and the like keep their small first letter.
    if first is None or any(letter.isupper() for letter in first.group()[1:]):
        return text
    return text[: first.start()] + text[first.start()].upper() + text[first.start() + 1 :]


def _lowered(words: list[str]):  # type: ignore[no-untyped-def]
    before = iter(["", *words])

    def lowered(match: re.Match[str]) -> str:
        word, maker = match.group(), next(before) in MAKERS
        inner_capital = any(letter.isupper() for letter in word[1:])
        one_letter = len(word.rstrip("+#")) == 1 and word != "A"
        return word if inner_capital or one_letter or maker or word in PROPER_NAMES else word.lower()

    return lowered
