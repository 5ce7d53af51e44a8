"""Published labels as they read on a square.

Vocabularies differ in case (ESCO ``operate forklift``, Open Skills ``Vendor
Identification``). On screen they all stand in sentence case; the published form is kept
beside it and is what other systems see.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# Names that are written with a capital wherever they stand. Acronyms need no list: a
# word with a capital after its first letter (ICT, PowerPoint, iOS, eLearning) is kept.
PROPER_NAMES = frozenset(
    """
    Access Adobe Africa African Agile Ajax Albanian Alexander Amazon America American Anglo-Saxon Android
    Angular Ansible Apache Apple Arabic Arduino Armenian Asia Asian Atlassian Australian Austrian Autodesk Azerbaijani
    Azure Basque Bayesian Belarusian Bengali Bible Bloom Bobath Boolean Bosnian Braille Breton Britain British
    Buddhist Buddhism Bulgarian Canada Canadian Cantonese Catalan Chinese Christian Christianity Cisco
    Cobol Confucian Confucianism Corsican Croatian Czech Danish Delphi Django Docker Drupal Dutch Eclipse Elixir
    English Erlang Esperanto Estonian Europe European Excel Facebook Faroese Finnish Flemish Fortran
    Fourier France French Frisian Galician Galileo Gantt Gaussian Georgian German Germany Google Gothic
    Gregorian Greek Greenlandic Groovy Hadoop Haskell Hebrew Hindi Hinduism Hindu Hungarian Icelandic Instagram India
    Indian Indonesian Internet Irish Islam Islamic Italian Italy Japan Japanese Java Jenkins Jewish Judaism Kanban
    Kazakh Kazakhstan Kolb Korean Kubernetes Kurdish Latin Latvian Lean Linux Lisp Lithuanian Luxembourgish
    Macedonian Malay Maltese Mandarin Maori Marathi Markov Maxwell Maya Mediterranean Microsoft Moldovan Monte Carlo
    Montessori Moodle Muslim Natura Nepali Newton Norwegian Novell Objective-C Ohm Oracle Outlook Pascal Perl
    Persian Pilates Polish Portuguese Prolog Puppet Punjabi Python Quebec Romanian Roman Romansh Ruby Russian Salesforce
    Sami Sanskrit Saxon Scala Scottish Scotland Scratch Scrum Serbian Shakespeare Sharepoint Shiatsu Sikh Sikhism
    Slovak Slovenian Slovene Socratic Spain Spanish Steiner Swahili Swedish Swift Swiss Tableau Taoism Talmud Tamil
    Taylor Telugu Thai Tibetan Torah Tableau Turkish Twitter UK Ukrainian Unix Urdu Uzbek Vagrant Vietnamese Visual Waldorf Welsh
    Windows Word Xcode Yiddish Zigbee
    """.split()
)
# Capitals inside names that would read as ordinary words: only these phrases keep them.
PHRASES = (
    "Active Directory",
    "Adobe Illustrator",
    "Adobe Photoshop",
    "Alexander technique",
    "Common Lisp",
    "Google Ads",
    "Microsoft Access",
    "Microsoft Excel",
    "Microsoft Office",
    "Microsoft Outlook",
    "Microsoft Visio",
    "Microsoft Visual C++",
    "Microsoft Word",
    "Monte Carlo",
    "Open Source",
    "Six Sigma",
    "Smalltalk",
    "Visual Basic",
    "Visual Studio",
)
# English words among the names above: a capital there means something only in a name.
AMBIGUOUS = frozenset(
    "Access Agile Apple Bloom Carlo Eclipse Excel Internet Lean Latin Maya Natura Outlook Polish Puppet Roman Ruby "
    "Scratch Swift Visual Windows Word Monte Oracle Newton Taylor".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’+#]*", re.UNICODE)


def sentence_case(label: str) -> str:
    """A label with its first letter large and the rest small, names and acronyms kept.

    ``operate forklift`` becomes ``Operate forklift``; ``use ICT systems`` keeps ``ICT``;
    ``Vendor Identification`` becomes ``Vendor identification``; ``speak Spanish`` keeps
    ``Spanish``. Spaces of any kind become single ones.

    Examples
    --------
    >>> sentence_case("Vendor Identification")
    'Vendor identification'
    """
    text = " ".join(label.split())
    if not text:
        return text
    # A label in Title Case says nothing by its capitals; one in lower case means each of them.
    words = _WORD.findall(text)
    titled = len(words) > 1 and all(word[0].isupper() or len(word) <= 3 for word in words)
    first = next((match.start() for match in _WORD.finditer(text)), 0)

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        if any(letter.isupper() for letter in word[1:]):
            return word
        if word[0].islower():
            return word
        if word in PROPER_NAMES and not (titled and word in AMBIGUOUS):
            return word
        if len(word) == 1 and word != "A":
            return word
        return word if not titled else word.lower()

    kept = {phrase.lower(): phrase for phrase in PHRASES if phrase.lower() in text.lower()}
    text = _WORD.sub(cased, text)
    for low, phrase in kept.items():
        text = re.sub(re.escape(low), phrase, text, flags=re.IGNORECASE)
    lead = _WORD.search(text)
    # eLearning, iOS and the like keep their small first letter.
    if lead and lead.start() == first and not any(letter.isupper() for letter in lead.group()[1:]):
        text = text[:first] + text[first].upper() + text[first + 1 :]
    return text


def knowledge_uri(label: str) -> str:
    """Address at which ESCO's service answers with the knowledge concept of this label.

    The packaged vocabulary carries ESCO's skills with their URIs, its knowledge concepts with
    their labels only.
    """
    return f"https://ec.europa.eu/esco/api/search?language=en&type=skill&text={quote(label, safe='')}"
