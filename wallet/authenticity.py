"""Whether a credential or presentation is what its issuer (or holder) signed, and in date.

The steps FORM, CONTEXT, PROOF, ISSUER and DATES. A fatal outcome (``Broken``) is one thing, a
step that could not be completed (``Unavailable``) another, and neither ends the other steps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wallet import jsonld
from wallet.controllers import Method, method, methods, same_site, token_methods
from wallet.document import Document, Form
from wallet.documents import Documents
from wallet.errors import Broken, Unavailable, Unsafe, VocabularyUnknown, WalletProblem
from wallet.keys import from_jwk
from wallet.moments import from_seconds, moment
from wallet.parse.values import identifier, objects, plain, several, types
from wallet.proofs import data_integrity, jws
from wallet.report import Check, Result, Step, Verdict
from wallet.sentence import N_, sentence
from wallet.strict_json import parse_object

SKEW = timedelta(minutes=5)
"""How far two clocks may be apart."""
CREDENTIALS = "https://www.w3.org/2018/credentials#"
DECISIVE = ("issuer", "validFrom", "issuanceDate", "validUntil", "expirationDate", "credentialStatus")
CREDENTIAL_PURPOSES = frozenset({"assertionMethod"})
BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
# Also versions that are not published yet.
BADGE_VOCABULARY = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v(\d+)p(\d+)/context(-\1\.\2\.\d+)?\.json"
)
PRESENTATION_PURPOSES = frozenset({"authentication", "assertionMethod"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a presentation has to answer: the words that were sent with the request for it."""

    challenge: str = ""
    domain: str = ""


def authenticate(
    document: Document, documents: Documents, at: datetime, asked: Asked | None = None
) -> tuple[Check, ...]:
    """Return the outcomes of the steps FORM to DATES of a credential or presentation."""
    if document.token:
        secured = _token_steps(document, documents, at)
    else:
        secured = _embedded_steps(document, documents, at, asked)
    return (_form(document), *secured, *dates(document.value, at, _token_times(document)))


def passed(step: Step, message: str, **values: object) -> Check:
    """Return the outcome of a step that found all well."""
    return Check(step, Result.PASSED, sentence(message, **values))


def skipped(step: Step, message: str, **values: object) -> Check:
    """Return the outcome of a step that had nothing to look at."""
    return Check(step, Result.SKIPPED, sentence(message, **values))


def failed(step: Step, problem: WalletProblem, verdict: Verdict | None = Verdict.INVALID) -> Check:
    """Return the outcome of a step that found something wrong."""
    return Check(step, Result.FAILED, problem.sentence, verdict)


def unknown(step: Step, problem: WalletProblem, verdict: Verdict | None = Verdict.UNVERIFIED) -> Check:
    """Return the outcome of a step that could not be completed."""
    return Check(step, Result.UNKNOWN, problem.sentence, verdict)


def owner_of(document: Document) -> str:
    """Return the address of who has to have signed: the issuer, or the holder of a presentation."""
    name = "holder" if document.form is Form.PRESENTATION else "issuer"
    return identifier(document.value.get(name))


def dates(value: dict[str, Any], at: datetime, more: tuple[tuple[str, Any], ...] = ()) -> tuple[Check, ...]:
    """Return the outcome of comparing a moment with the dates of a document.

    Parameters
    ----------
    more : tuple of pairs
        Further times under the names of registered claims.
    """
    written = [
        (name, text)
        for name in ("validFrom", "issuanceDate", "issuedOn", "validUntil", "expirationDate", "expires")
        for text in plain(value.get(name))
    ]
    begins: list[datetime] = []
    ends: list[datetime] = []
    for name, text in (*written, *more):
        found = from_seconds(text) if name in ("nbf", "exp") else moment(text)
        if found is None:
            return (unknown(Step.DATES, Unavailable(N_("“%(text)s” is not a date."), text=text)),)
        (begins if name in ("validFrom", "issuanceDate", "issuedOn", "nbf") else ends).append(found)
    if ends and min(ends) + SKEW < at:
        until = min(ends).date().isoformat()
        return (failed(Step.DATES, Broken(N_("It was valid until %(date)s."), date=until), Verdict.EXPIRED),)
    if begins and max(begins) - SKEW > at:
        since = max(begins).date().isoformat()
        problem = Broken(N_("It is not valid before %(date)s."), date=since)
        return (failed(Step.DATES, problem, Verdict.EXPIRED),)
    if ends:
        return (passed(Step.DATES, N_("It is valid until %(date)s."), date=min(ends).date().isoformat()),)
    if begins:
        return (passed(Step.DATES, N_("It is in date, and has no end.")),)
    return (skipped(Step.DATES, N_("It has no dates.")),)


def _form(document: Document) -> Check:
    try:
        _check_form(document)
    except Broken as problem:
        return failed(Step.FORM, problem)
    return passed(Step.FORM, N_("It has all the parts that it should have."))


def _check_form(document: Document) -> None:
    value = document.value
    contexts = several(value.get("@context"))
    if not document.token and (contexts[:1] not in ([jsonld.CREDENTIALS_V1], [jsonld.CREDENTIALS_V2])):
        raise Broken(N_("It does not begin with the vocabulary of credentials."))
    presentation = document.form is Form.PRESENTATION
    if ("VerifiablePresentation" if presentation else "VerifiableCredential") not in types(value):
        raise Broken(N_("It does not say that it is a credential."))
    if not presentation:
        if not identifier(value.get("issuer")):
            raise Broken(N_("It does not say who issued it."))
        if not any(objects(value.get("credentialSubject"))):
            raise Broken(N_("It does not say what it is about."))
    if document.token:
        _check_claims(document)


def _check_claims(document: Document) -> None:
    """Registered claims must not say otherwise than the credential (VC 1.1, 6.3.1)."""
    payload = jws.take_apart(document.token).payload
    value = document.value
    subjects = objects(value.get("credentialSubject"))
    said = {
        "iss": owner_of(document),
        "jti": identifier(value),
        "sub": identifier(subjects[0]) if len(subjects) == 1 else "",
    }
    for claim, inside in said.items():
        if payload.get(claim) is not None and inside and payload[claim] != inside:
            raise Broken(N_("The token around the credential says otherwise than the credential."))


def _token_times(document: Document) -> tuple[tuple[str, Any], ...]:
    if not document.token:
        return ()
    payload = jws.take_apart(document.token).payload
    return tuple((name, payload[name]) for name in ("nbf", "exp") if payload.get(name) is not None)


# -- Signatures inside the document ------------------------------------------------------------


def _embedded_steps(
    document: Document, documents: Documents, at: datetime, asked: Asked | None
) -> tuple[Check, ...]:
    value = document.value
    try:
        proofs = data_integrity.proofs_of(value)
    except Broken as problem:
        return (failed(Step.PROOF, problem),)
    context, statements = _context(value, proofs, documents)
    if not proofs:
        return (context, *_unsigned(document))
    if context.result is not Result.PASSED and context.result is not Result.SKIPPED:
        # What the signature covers cannot be told.
        why = Unavailable(N_("The signature cannot be checked without knowing what it covers."))
        return (context, unknown(Step.PROOF, why), *_issuer_by_name(document, proofs))
    good: list[Method] = []
    open_questions: list[Unavailable] = []
    late: datetime | None = None
    try:
        for proof in proofs:
            try:
                found = _check_proof(document, proof, documents, at, statements, asked)
            except Unavailable as problem:
                open_questions.append(problem)
                continue
            good.append(found)
            ends = moment(proof.get("expires"))
            if ends is not None and ends + SKEW < at:
                late = ends
    except Broken as problem:
        return (context, failed(Step.PROOF, problem))
    owner = owner_of(document)
    if late is not None:
        ended = Broken(N_("Its signature was valid until %(date)s."), date=late.date().isoformat())
        signed = failed(Step.PROOF, ended, Verdict.EXPIRED)
    elif good:
        signed = passed(Step.PROOF, N_("The signature is good: nothing was changed since it was signed."))
    else:
        return (context, unknown(Step.PROOF, open_questions[0]), *_issuer_by_name(document, proofs))
    if not owner or any(one.controller == owner for one in good):
        return (context, signed, _signer(owner))
    if open_questions:
        return (context, signed, unknown(Step.ISSUER, open_questions[0]))
    return (context, signed, _another_signer(good[0].controller))


def _context(
    value: dict[str, Any], proofs: tuple[dict[str, Any], ...], documents: Documents
) -> tuple[Check, str | None]:
    """The CONTEXT step, and the document as statements; skipped where the signature is over its text."""
    try:
        suites = [data_integrity.suite_of(proof) for proof in proofs]
    except WalletProblem:
        suites = []
    if suites and not any(suite.rdf for suite in suites):
        return skipped(Step.CONTEXT, N_("The signature covers the text itself, every letter of it.")), None
    try:
        bare = {name: part for name, part in value.items() if name != "proof"}
        statements = jsonld.canonical(bare, documents)
        _check_place(bare, statements)
    except Unsafe as problem:
        return failed(Step.CONTEXT, problem), None
    except VocabularyUnknown as problem:
        if _lacks_vocabulary_of_badges(value):
            broken = Broken(N_("It calls itself an Open Badge, but does not name their vocabulary."))
            return failed(Step.CONTEXT, broken), None
        return unknown(Step.CONTEXT, problem), None
    return passed(Step.CONTEXT, N_("Every word in it has a published meaning.")), statements


def _lacks_vocabulary_of_badges(value: dict[str, Any]) -> bool:
    """Whether it calls itself a badge and none of its vocabularies has the address of theirs.

    Open Badges 3.0, AchievementCredential, on version 2.0 of the data model: ``@context`` names both.
    Badges on version 1.1 come from before that was settled.
    """
    contexts = several(value.get("@context"))
    named = any(isinstance(one, str) and BADGE_VOCABULARY.fullmatch(one) for one in contexts)
    return contexts[:1] == [jsonld.CREDENTIALS_V2] and not named and not BADGE_TYPES.isdisjoint(types(value))


def _check_place(value: dict[str, Any], statements: str) -> None:
    """What decides about a credential has to stand where it is looked for.

    JSON-LD lets a part of a node be written wherever the node's address stands, with the same
    statements coming of it.
    """
    address = identifier(value)
    if not address:
        return
    for name in DECISIVE:
        begin = f"<{address}> <{CREDENTIALS}{name}> "
        if sum(line.startswith(begin) for line in statements.splitlines()) > len(several(value.get(name))):
            raise Unsafe(N_("A word with a fixed meaning is used in another word's place."))


def _check_proof(
    document: Document,
    proof: dict[str, Any],
    documents: Documents,
    at: datetime,
    statements: str | None,
    asked: Asked | None,
) -> Method:
    suite = data_integrity.suite_of(proof)
    presentation = document.form is Form.PRESENTATION
    purpose = proof.get("proofPurpose")
    allowed = PRESENTATION_PURPOSES if presentation else CREDENTIAL_PURPOSES
    if not isinstance(purpose, str) or purpose not in allowed:
        raise Broken(N_("The signature was made for another purpose (%(purpose)s)."), purpose=purpose)
    if asked is not None:
        for name, sent in (("challenge", asked.challenge), ("domain", asked.domain)):
            if sent and sent not in several(proof.get(name)):
                raise Broken(N_("This is not the answer to what was asked for."))
    for name in ("created", "expires"):
        if proof.get(name) is not None and moment(proof[name]) is None:
            raise Broken(N_("The proof is malformed."))
    address = proof.get("verificationMethod")
    if isinstance(address, dict):
        address = identifier(address)
    if not isinstance(address, str):
        raise Broken(N_("The proof is malformed."))
    found = method(address, documents, owner_of(document))
    if purpose not in found.purposes:
        raise Broken(N_("Its owner does not let the key %(key)s sign for this purpose."), key=address)
    _check_key_dates(found, moment(proof.get("created")), at)
    data_integrity.check(document.value, proof, suite, found.key, documents, statements)
    return found


def _check_key_dates(found: Method, created: datetime | None, at: datetime) -> None:
    if found.revoked is not None and found.revoked <= at:
        # Whoever has a stolen key can date a signature back: when it was made proves nothing.
        raise Broken(N_("The key %(key)s was taken back by its owner."), key=found.id)
    if found.expires is not None and found.expires < (created or at):
        raise Broken(N_("The key %(key)s was used after its last day."), key=found.id)


def _unsigned(document: Document) -> tuple[Check, ...]:
    said = sentence(N_("It is not signed, so nobody but its holder stands behind it."))
    # A presentation need not be signed: the credentials in it speak for themselves.
    verdict = None if document.form is Form.PRESENTATION and document.parts else Verdict.UNSIGNED
    return (Check(Step.PROOF, Result.SKIPPED, said, verdict),)


def _issuer_by_name(document: Document, proofs: tuple[dict[str, Any], ...]) -> tuple[Check, ...]:
    """What can be told of the signer when no key was at hand: a DID names its owner itself."""
    owner = owner_of(document)
    for proof in proofs:
        signer, _, _ = str(proof.get("verificationMethod", "")).partition("#")
        if not owner or signer == owner or not signer.startswith("did:"):
            return ()
    return (_another_signer(signer),)


def _signer(owner: str) -> Check:
    if not owner:
        return skipped(Step.ISSUER, N_("It does not name who holds it."))
    return passed(Step.ISSUER, N_("It was signed by %(owner)s, who is named in it."), owner=owner)


def _another_signer(signer: str) -> Check:
    return failed(
        Step.ISSUER,
        Broken(N_("It was signed by %(signer)s, who is not the issuer named in it."), signer=signer),
    )


# -- Signatures around the document -------------------------------------------------------------


def _token_steps(document: Document, documents: Documents, at: datetime) -> tuple[Check, ...]:
    context = skipped(Step.CONTEXT, N_("The signature covers the text itself, every letter of it."))
    owner = owner_of(document)
    try:
        token = jws.take_apart(document.token)
        jws.check_header(token)
        candidates = _keys_for(token, owner, documents)
        presentation = document.form is Form.PRESENTATION
        purposes = PRESENTATION_PURPOSES if presentation else CREDENTIAL_PURPOSES
        found = check_with_any(token, candidates, purposes, at)
    except Unavailable as problem:
        return (context, unknown(Step.PROOF, problem))
    except Broken as problem:
        return (context, failed(Step.PROOF, problem))
    signed = passed(Step.PROOF, N_("The signature is good: nothing was changed since it was signed."))
    if owner and found.controller != owner:
        return (context, signed, _another_signer(found.controller))
    return (context, signed, _signer(owner))


def check_with_any(
    token: jws.Token, candidates: tuple[Method, ...], purposes: frozenset[str], at: datetime
) -> Method:
    """Return the one of some keys that a token is signed with, or raise ``Broken``."""
    problem = Broken(N_("The key %(key)s is not among those of its owner."), key=token.key_id or "-")
    for one in candidates:
        if not one.purposes & purposes:
            problem = Broken(N_("Its owner does not let the key %(key)s sign for this purpose."), key=one.id)
            continue
        try:
            jws.check(token, one.key)
            _check_key_dates(one, from_seconds(token.payload.get("iat")), at)
            return one
        except Broken as found:
            problem = found
    raise problem


def _keys_for(token: jws.Token, owner: str, documents: Documents) -> tuple[Method, ...]:
    """The keys that a token may be signed with: those of its issuer, and the one it names first.

    A key that the header itself carries is none of them.
    """
    named = token.key_id
    if named.startswith("did:"):
        signer = named.partition("#")[0]
        if owner and signer != owner:
            raise Broken(N_("It was signed by %(signer)s, who is not the issuer named in it."), signer=signer)
        return (method(named, documents),) if "#" in named else methods(named, documents)
    if named.startswith("https://"):
        if "#" in named:
            return (method(named, documents, owner),)
        if not same_site(named, owner):
            raise Broken(N_("The key %(key)s is not among those of its owner."), key=named)
        return _keys_at(named, owner, documents)
    if not owner:
        raise Broken(N_("It does not say who issued it."))
    fragment = named.removeprefix("#")
    own = token_methods(owner, fragment, documents)
    return tuple(one for one in own if named and one.id == f"{owner}#{fragment}") or own


def _keys_at(address: str, owner: str, documents: Documents) -> tuple[Method, ...]:
    """The key at an address on the issuer's site: a JWK, a JWK set, or a verification method."""
    try:
        found = parse_object(documents.fetch(address))
    except WalletProblem as problem:
        if isinstance(problem, Unavailable):
            raise
        raise Unavailable(N_("What is at %(address)s cannot be read."), address=address) from None
    if "kty" in found:
        return (Method(address, owner, from_jwk(found), CREDENTIAL_PURPOSES),)
    if "keys" in found:
        return tuple(Method(one.id, owner, one.key, one.purposes) for one in methods(address, documents))
    return (method(address, documents),)
