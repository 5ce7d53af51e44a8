"""What in the words of a posting may be unlawful to ask for: pointed out to the employer, in words.

Patterns, not judgment: they find wording that asks for, or puts off, people of an age, a sex, a religion
and so on, in English and Spanish. They miss what is said in other ways, and say so on the page. What an
employer may ask is said by the Equal Employment Opportunity Commission (29 CFR 1604-1625) and by the states.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MOST = 30
LONGEST_QUOTE = 120


class Ground(StrEnum):
    """What nobody may be chosen or passed over for."""

    AGE = "age"
    SEX = "sex"
    RELIGION = "religion"
    RACE = "race"
    MARITAL = "marital"
    PREGNANCY = "pregnancy"
    DISABILITY = "disability"
    NATIONALITY = "nationality"


@dataclass(frozen=True, slots=True)
class Concern:
    """Words that may be unlawful; ``words`` as they stand in the text, ``sentence`` around them."""

    ground: Ground
    words: str
    sentence: str


_ONLY = r"(?:only|preferred|wanted|required|desired|candidates?|applicants?|employees?|workers?)"
_SOLO = r"(?:solamente|solo|unicamente|preferentemente|de preferencia|exclusivamente)"
_FAITHS = (
    r"(?:christians?|catholics?|protestants?|muslims?|jewish|jews?|hindus?|buddhists?|mormons?|evangelicals?)"
)
_CREDOS = r"(?:cristian[oa]s?|catolic[oa]s?|evangelic[oa]s?|musulman(?:es|as?)?|judi[oa]s?|protestantes?)"
_RACES = (
    r"(?:whites?|blacks?|asians?|hispanics?|latin[oa]s?|caucasians?|african[- ]americans?|native americans?)"
)
_PEOPLE = r"(?:males?|females?|men|women|man|woman|lad(?:y|ies)|gentlem[ae]n|girls?|boys?|guys?)"
_GENTE = r"(?:hombres?|mujer(?:es)?|varon(?:es)?|senoritas?|caballeros?|damas?|chic[oa]s?|muchach[oa]s?)"
_UNITS = (
    r"hours?|hrs?|minutes?|days?|lbs?|pounds?|kg|tons?|percent|%|miles?|people|employees|degrees?|feet|units?"
)
_YEARS = r"\d{2} ?(?:years?|yrs?|anos)"

# Looked for everywhere.
_ASKED: dict[Ground, tuple[str, ...]] = {
    Ground.AGE: (
        r"(?:under|below|younger than|(?:no|not) older than)(?: the age of)? (?!16|18|21)\d{2}(?![\d,])"
        rf"(?! ?(?:{_UNITS}))(?: ?(?:years?|yrs?)(?: old| of age)?)?",
        r"(?:maximum|max\.?|upper) age(?: limit)?",
        rf"between (?:the ages of )?\d{{2}} (?:and|to) {_YEARS}(?: old| of age)?",
        r"between the ages of \d{2} and \d{2}",
        r"aged? (?:between )?\d{2} ?(?:-|to|and) ?\d{2}",
        r"over the age of (?!16|18|21)\d{2}",
        r"young (?:and (?:\w+) )?(?:person|man|woman|team members?|candidates?|applicants?"
        r"|professionals?|talent)",
        r"(?:young|youthful|younger)(?: \w+)? (?:only|preferred|wanted)",
        r"(?:must be|we want|looking for|seeking|seeks?) (?:\w+ ){0,3}(?:young|youthful)(?: \w+)?",
        r"youthful",
        r"^(?:\W*)young (?!people|adults|children|kids|students|learners|readers|families|minds)\w+",
        r"^(?:\W*)joven(?:es)?(?: \w+)?",
        r"digital natives?",
        r"recent (?:college |high school |university )?grad(?:uate)?s?",
        r"edad (?:maxima|limite|entre|de \d{2})(?: \d{2})?(?: (?:y|a) \d{2})?(?: anos)?",
        r"(?:entre|de) \d{2} (?:y|a) \d{2} anos(?: de edad)?",
        r"(?:menor(?:es)? de|no mayor(?:es)? de|hasta) (?!18\b|21\b|16\b)\d{2} anos(?: de edad)?",
        r"(?:persona|gente|chic[oa]s?|hombres?|mujer(?:es)?|trabajador(?:es|as?)?|personal) joven(?:es)?",
        r"(?:buscamos|se busca|se buscan|solicitamos|se solicita) (?:\w+ ){0,2}joven(?:es)?",
        r"joven(?:es)? (?:dinamic[oa]s?|entusiastas?|con ganas|solamente|de preferencia)",
        r"recien (?:egresad|graduad|titulad)[oa]s?",
    ),
    Ground.SEX: (
        rf"{_PEOPLE} {_ONLY}",
        rf"(?:only|preferably|prefer|ideally|strictly) (?:a )?{_PEOPLE}",
        rf"(?:must be|seeking|looking for|we want|wanted:?|hiring) (?:an? )?(?:\w+ )?{_PEOPLE}\b(?!['’]s)",
        r"no (?:wom[ae]n|m[ae]n|females?|males?|gays?|lesbians?|transgender(?: people)?)",
        r"(?:he|she) (?:must|should|will|has to|needs to)",
        r"(?:sales|waiter|fore|repair|delivery|ware?house|maintenance)m[ae]n",
        r"waitress(?:es)?|barmaids?|stewardess(?:es)?|(?:handy|crafts|work)m[ae]n",
        rf"{_SOLO} (?:para )?(?:el sexo )?(?:{_GENTE}|masculino|femenino)",
        rf"{_GENTE} {_SOLO}",
        rf"(?:buscamos|se busca|se buscan|solicitamos|se solicita|se requiere|abstenerse) (?:\w+ )?{_GENTE}",
        r"sexo:? (?:masculino|femenino|indistinto)",
        r"genero:? (?:masculino|femenino)",
    ),
    Ground.RELIGION: (
        rf"{_FAITHS} {_ONLY}",
        r"(?:must be|only|preferably|practi[cs]ing|devout|committed|active) (?:an? )?"
        rf"(?:[\w-]+,? ){{0,2}}{_FAITHS}\b",
        rf"{_FAITHS} (?:faith|values|beliefs|home|background)",
        rf"no {_FAITHS}",
        r"(?:attend|member of|belong to) (?:an? |our |the )?(?:church|mosque|synagogue|temple|parish)",
        r"church ?(?:goer|going)s?",
        rf"(?:de )?(?:fe|religion|valores) (?:{_CREDOS}|{_FAITHS})",
        rf"(?:ser|sea|sean|{_SOLO}|practicante) {_CREDOS}",
        rf"{_CREDOS} {_SOLO}",
    ),
    Ground.RACE: (
        rf"{_RACES} {_ONLY}",
        rf"(?:must be|only|preferably|no) (?:an? )?{_RACES}\b",
        r"(?:fair|light|white|dark)[- ]skin(?:ned)?",
        r"(?:tez|piel) (?:blanca|clara|morena|oscura)",
        r"(?:de )?raza (?:blanca|negra|asiatica|hispana|latina|indigena)",
        r"no (?:negros|indigenas|indios|morenos)",
    ),
    Ground.MARITAL: (
        r"(?:single|unmarried|married|divorced)(?: (?:men|women|people|persons?))? (?:only|preferred"
        r"|required)",
        r"(?:must be|only|preferably) (?:single|unmarried|married)",
        r"(?:no|without) (?:children|kids|family (?:obligations|commitments|responsibilities|ties))",
        r"childless|child-free|family man|unmarried|solter[oa]s?",
        r"estado civil",
        rf"(?:ser|sea|sean|{_SOLO}|preferiblemente) (?:solter|casad|divorciad)[oa]s?",
        rf"(?:solter|casad)[oa]s? (?:{_SOLO}|sin hijos)",
        r"sin (?:hijos|cargas familiares|compromisos familiares|obligaciones familiares)",
    ),
    Ground.PREGNANCY: (
        r"(?:no|not|non)[- ](?:be )?pregnan(?:t|cy)(?: women)?",
        r"(?:must not|cannot|can't|should not|not planning to|no plans to) (?:be(?:come)?|get) pregnant",
        r"(?:no plans|not planning|planning) (?:to (?:start|have)|on (?:starting|having)) (?:a family"
        r"|children|a baby)",
        r"pregnancy test",
        r"(?:no (?:estar |este )?|sin )embaraz(?:ada|adas|o)",
        r"(?:prueba|certificado) de (?:no )?(?:embarazo|gravidez|ingravidez)",
        r"(?:no |sin )(?:planear |planes de )(?:tener hijos|embarazarse|embarazo)",
    ),
    Ground.DISABILITY: (
        r"able[- ]bodied",
        r"(?:no|without|free (?:of|from)) (?:any )?(?:physical |mental |health )?"
        r"(?:disabilit(?:y|ies)|handicaps?|impairments?|illness(?:es)?|health (?:problems?|issues?"
        r"|conditions?))",
        r"(?:not|non)[- ](?:be )?(?:disabled|handicapped)",
        r"(?:perfect|excellent|good|full) (?:physical |mental )?health(?! (?:insurance|benefits?|care"
        r"|coverage|plans?))",
        r"(?:normal|perfect) (?:hearing|eyesight|vision|speech)",
        r"no (?:wheelchairs?|deaf|blind)",
        r"sin (?:ninguna )?(?:discapacidad(?:es)?|impedimentos? (?:fisicos?|mentales?)|enfermedades"
        r"|limitaciones fisicas)",
        r"(?:buena|excelente|perfecta|optima) salud(?: fisica)?",
        r"(?:no|abstenerse) (?:personas )?(?:discapacitad[oa]s?|minusvalid[oa]s?)",
        r"(?:persona|personas) sanas?",
    ),
    Ground.NATIONALITY: (
        r"(?:u\.? ?s\.? |american |us |united states )?citizens? only",
        r"only (?:u\.? ?s\.? |american |us |united states )?citizens?",
        r"(?:must be|be) an? (?:u\.? ?s\.? |american |us |united states )?(?:citizen|national|native)\b",
        r"(?:u\.? ?s\.?|american|us|united states) citizenship (?:is )?(?:required|only|a must)",
        r"native(?:[- ]level)? (?:english|spanish|american|level)?[- ]?(?:speakers?|tongue|born)",
        r"(?:english|spanish) (?:as (?:a|your) )?(?:first|native|mother) (?:language|tongue)",
        r"(?:american|u\.?s\.?)[- ]born|born in (?:the )?(?:u\.?s\.?a?\.?|united states|america)\b",
        r"no (?:immigrants?|foreigners?|foreign nationals?|visa holders?|(?:foreign )?accents?)",
        r"(?:without|free of) (?:an? )?(?:foreign |any )?accents?|accent[- ]free",
        r"(?:permanent residents?|green card holders?) only",
        rf"{_SOLO} (?:para )?(?:ciudadan[oa]s|residentes|estadounidenses|american[oa]s|mexican[oa]s)",
        r"(?:de )?nacionalidad:? (?:estadounidense|americana|mexicana|espanola|indistinta|\w+a)\b",
        r"(?:ser|sea) ciudadan[oa]",
        r"nacid[oa]s? en (?:los )?(?:estados unidos|ee\.? ?uu|eeuu|mexico)",
        r"(?:hablante|lengua|idioma) (?:nativ[oa]|matern[oa])",
        r"(?:sin|no) (?:acento|inmigrantes|extranjer[oa]s)",
    ),
}
# What is meant against choosing by such grounds, or is a benefit, is no asking for them.
_FAIR = re.compile(
    r"equal (?:employment )?opportunit|regardless of|without regard|discriminat|all (?:qualified )?applicants"
    r"|reasonable accommodation|protected (?:veteran|status|class|characteristic)"
    r"|encourage[sd]? .{0,40}to apply"
    r"|igualdad de oportunidades|sin distincion|sin importar|independientemente de|discrimina"
)
_SENTENCE = re.compile(r"(?:[^.!?;\n\r•]|(?<=\b[A-Za-z])\.|\.(?=\w))+[.!?;]?")
_PATTERNS = tuple(
    (ground, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")) for ground, patterns in _ASKED.items()
)


def concerns(text: str) -> tuple[Concern, ...]:
    """Find words that may be unlawful to ask for.

    Parameters
    ----------
    text : str
        A title or a description, in English or Spanish.

    Returns
    -------
    tuple of Concern
        In the order of the text, each pair of ground and words once.

    Examples
    --------
    >>> [(str(c.ground), c.words) for c in concerns("Young team members wanted. Men only!")]
    [('age', 'Young team members'), ('sex', 'Men only')]
    >>> concerns("All applicants are considered without regard to age, sex or religion.")
    ()
    """
    found: dict[tuple[Ground, str], Concern] = {}
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        folded = _folded(match[0])
        if _FAIR.search(folded):
            continue
        for ground, pattern in _PATTERNS:
            for hit in pattern.finditer(folded):
                words = match[0][hit.start() : hit.end()].strip()
                found.setdefault(
                    (ground, words.casefold()),
                    Concern(ground, words[:LONGEST_QUOTE], sentence[:LONGEST_QUOTE]),
                )
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def _folded(text: str) -> str:
    """Small letters without accents, as many characters as before, so that places stay."""
    return "".join(_letter(one) for one in text)


def _letter(one: str) -> str:
    bare = unicodedata.normalize("NFKD", one)[0].lower()
    return bare if len(bare) == 1 and not bare.isspace() else " " if one.isspace() else one
