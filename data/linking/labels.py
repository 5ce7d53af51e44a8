"""What a statement's label says: its words, its verb, and whether they suit a role.

Sentence embeddings put a nurse's "prepare rooms and sterile instruments" beside "prepare
dental instruments": the verb is right and the domain is another one. The words of the
label tell them apart, because the role's own texts never mention teeth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from data.linking.inputs import Statement, Vectors, unit
from data.linking.words import DistilledWords

WORDS = re.compile(r"[a-z][a-z0-9+#-]+")
FUNCTION_WORDS = frozenset(
    "a an and as at by for from in into of on or out over the their to up with within under other "
    "others its it via per own on-site off about between through during against towards toward "
    "s be that such not are is after before which your".split()
)
# Words that say no domain: a label is no worse for having them where the role's texts do not.
PLAIN_WORDS = frozenset(
    "activity activities adequate advanced analysis appropriate area areas aspect basic best capability "
    "client clients company complex concept condition conditions content control customer customers "
    "customer's data detail details document documentation documents efficient employee employees "
    "equipment event events evaluation everyday existing field fields general goal goals good goods group groups "
    "guideline guidelines healthcare identification industrial information instruction instructions issue issues item items job level levels "
    "material materials measure measures member members method methods multiple need needs new "
    "objective objectives operation operational operations order orders organisation organisational people "
    "performance person personal personnel policies policy practice practices principle principles "
    "problem problems procedure procedures process processes product products professional professionals programme programmes "
    "progress project projects proper provision quality relevant report reports request requests requirement requirements resource "
    "resources result results risk risks safe safely safety service services situation situations skill skills solution "
    "solutions specific specification specifications staff stakeholder stakeholders standard standards strategy strategies "
    "supplies support system systems task tasks team teams technical technique techniques technology "
    "time tool tools use user user's users various work worker workers working workplace".split()
)
# Domains with twins elsewhere: patients and animals, aircraft and ships, teeth and the rest of the body.
DOMAIN_WORDS = frozenset(
    "adoption aeronautical aerodrome aircraft airport airports alarm amusement animal animals anodising antique antiques aquaculture aquatic "
    "artistic arts athletes audiologist audiology audio audiovisual aviation baked bakery ballet bar barrel beauty bee beverage beverages "
    "bicycle biogas biomedical bid boat boats book books bookmaking bridge broadcasting cargo car cars casino cattle chemotherapy child children "
    "chiropractic choreographic cigar cinema clock clothing cocoa coffee concrete confectionery congenital cosmetic costume court credit crew "
    "cruise dairy dam dance dancers delicatessen dental dentist dentistry designer diamond dietetic disabled dietary dogs "
    "donor drilling egg eggs elderly electroplating elevator embryo engraving equine estate exhibition exhibitions explosives eye "
    "eyewear facial fashion faith ferry film fish fisheries fishing fitness florist flight flower foodstuffs footwear forest forestry "
    "fruit funeral fur furniture gallery gambling game games garment garments gas geothermal gems glass golf groundwater guests gymnastics hair "
    "hatchery healthcare helicopter historical homeopathic horse horses horticultural hospitality hotel hunting hydroelectric "
    "hydrogen ice imaging immigrants insurance interior intermodal irrigation jewellery kitchen knitting laundry lace leather "
    "lift lighting linen liquor livestock lottery lumber lung malt marine maritime marriage massage mattress meat midwifery military "
    "milk mine mining missile motion mortuary motor movie museum music musical naval nuclear nursing nuts oenological oil "
    "optical optometry orchard organ ornamental orthopaedic orthotic paediatric painting paper park parking passenger passengers "
    "performers performing perfume pet pets petroleum pharmaceutical photographic physiotherapy pig pigs piano pilot pipeline pipelines "
    "plants playground podiatry political port postal poultry prison prosthetic prisoners puppet radio rail railway rental restaurant "
    "rescue rigging robot roof sailing satellite scuba sea seafood second-hand semen service-users sewage sexual ship ships shoe shoes "
    "show ski slaughter sleep smoking snow social soil solar spa space sport sports stage steam stocks stone stunt surgical "
    "surveillance swimming tannery tattoo taxi tea telecommunication telescope television tenant textile textiles theatre theatrical "
    "timber tire tires tobacco tourism tourist toy toys track traffic trains travel tram trolley trolleybus truck tunnel tyre tyres urology "
    "vehicle vending vessel vessels veterinary video vineyard volunteers warehouse waste wedding weapons well wellbore wind wine wood wooden "
    "wool yarn yoga youth zoo".split()
)
SUPERVISING = frozenset(
    "supervise manage oversee direct lead coordinate head recruit hire delegate discharge "
    "evaluate-staff appraise promote".split()
)
SUPERVISORY_OBJECTS = frozenset(
    "staff crew team teams personnel employees workers operations department unit business budget budgets "
    "volunteers assistants students interns subordinates contractors nursing laboratory labourers".split()
)


def words_of(text: str) -> list[str]:
    """The lower-case words of a text that carry meaning, hyphens kept apart, endings cut."""
    found = (word.strip("-'") for word in re.findall(r"[a-z0-9+#]+", text.lower().replace("'s", "")))
    return [stem(word) for word in found if len(word) > 1 and word not in FUNCTION_WORDS]


def stem(word: str) -> str:
    """The word without the endings that only inflect it.

    >>> [stem(word) for word in ("patients", "supplies", "welding", "processes", "stocked", "gas")]
    ['patient', 'supply', 'weld', 'process', 'stock', 'gas']
    """
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and any(letter in "aeiouy" for letter in base):
            return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


PLAIN_STEMS = frozenset(map(stem, PLAIN_WORDS))
DOMAIN_STEMS = frozenset(map(stem, DOMAIN_WORDS)) - PLAIN_STEMS


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The distinct words of all labels, in order, with their weights and vectors.

    ``of`` gives for each statement the rows of its words (its leading verb left out);
    ``strangeness`` is what a word costs where the role never says anything like it.
    """

    of: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]
    strangeness: np.ndarray
    vectors: Vectors


def label_words(statements: Sequence[Statement], distilled: DistilledWords) -> LabelWords:
    """Read the labels of the statements."""
    kept: list[list[str]] = []
    for statement in statements:
        words = words_of(statement.label)
        # ESCO skills start with their verb, Open Skills names rarely do.
        kept.append(words[1:] if statement.vocabulary == "esco" and len(words) > 1 else words)
    counts = Counter(word for words in kept for word in set(words))
    order = sorted(counts)
    index = {word: row for row, word in enumerate(order)}
    most = log(len(statements))
    strangeness = np.array([_strangeness(word, log(len(statements) / counts[word]) / most) for word in order])
    return LabelWords(
        of=tuple(tuple(sorted({index[word] for word in words})) for words in kept),
        words=tuple(order),
        strangeness=strangeness,
        vectors=stem_vectors(order, distilled),
    )


def stem_vectors(stems: Sequence[str], distilled: DistilledWords) -> Vectors:
    """The mean distilled vector of the words that share each stem; shape (stems, 384)."""
    index = {each: row for row, each in enumerate(stems)}
    total = np.zeros((len(stems), distilled.vectors.shape[1]), dtype=np.float32)
    for word, column in distilled.tfidf.vocabulary_.items():
        row = index.get(stem(word))
        if row is not None:
            total[row] += distilled.vectors[column]
    return unit(total)


def supervises(label: str) -> bool:
    """Whether a statement is about being in charge of people or of a unit.

    >>> supervises("supervise nursing staff"), supervises("manage time"), supervises("lead a team")
    (True, False, True)
    """
    words = WORDS.findall(label.lower())
    if not words or words[0] not in SUPERVISING:
        return False
    return words[0] in ("supervise", "oversee", "recruit", "hire", "discharge", "delegate") or bool(
        SUPERVISORY_OBJECTS.intersection(words[1:])
    )


def role_supervises(title: str, tasks: Iterable[str]) -> bool:
    """Whether the title or several tasks put people under this role."""
    if re.search(
        r"\b(supervisor|manager|executive|director|chief|administrator|superintendent|commander|principal)s?\b",
        title.lower(),
    ):
        return True
    return sum(bool(re.match(r"(supervise|direct|manage|oversee)\b", task.lower())) for task in tasks) >= 3


def _strangeness(word: str, rarity: float) -> float:
    if word in PLAIN_STEMS:
        return 0.0
    if word in DOMAIN_STEMS:
        return 1.0
    return max(0.0, rarity)
