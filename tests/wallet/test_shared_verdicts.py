"""Real credentials get the verdict they must get, and the published vectors hold step by step."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from config import ROOT
from wallet import keys
from wallet.documents import FolderDocuments, NoDocuments
from wallet.errors import Broken
from wallet.parse import read
from wallet.proofs import data_integrity
from wallet.sign import SigningKey, sign
from wallet.verify import verify

SHARED = ROOT.parent / "shared" / "fixtures"
CREDENTIALS = SHARED / "credentials"
VECTORS = SHARED / "vectors"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared fixtures are not here")

EXPECTED: dict[str, str] = (
    json.loads((CREDENTIALS / "expected.json").read_text()) if CREDENTIALS.is_dir() else {}
)
# Folder of vectors, end of its files' names, kind of key.
SUITES = [
    ("Ed25519Signature2020", "EdSig", "Ed25519"),
    ("eddsa-rdfc-2022", "DataInt", "Ed25519"),
    ("eddsa-jcs-2022", "JCS", "Ed25519"),
    ("ecdsa-rdfc-2019-p256", "ECDSAP256", "P-256"),
    ("ecdsa-rdfc-2019-p384", "ECDSAP384", "P-384"),
    ("ecdsa-jcs-2019-p256", "JCSECDSAP256", "P-256"),
]


@pytest.fixture(scope="module")
def documents() -> FolderDocuments:
    return FolderDocuments(CREDENTIALS / "documents")


def key_in(proof: dict[str, Any]) -> keys.PublicKey:
    return keys.from_multikey(proof["verificationMethod"].partition("#")[2])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_shared_credential_gets_its_verdict(name: str, documents: FolderDocuments) -> None:
    report = verify(read((CREDENTIALS / name).read_bytes()), documents, datetime.now(UTC))
    assert report.verdict == EXPECTED[name], [str(check.explanation) for check in report.checks]


def test_a_status_list_that_cannot_be_had_leaves_a_credential_unverified() -> None:
    content = (CREDENTIALS / "vc2-status-clear.json").read_bytes()
    assert verify(read(content), NoDocuments(), datetime.now(UTC)).verdict == "unverified"


def test_before_its_end_the_expired_one_was_good(documents: FolderDocuments) -> None:
    content = (CREDENTIALS / "vc2-expired.json").read_bytes()
    assert verify(read(content), documents, datetime(2010, 6, 1, tzinfo=UTC)).verdict == "verified"


@pytest.mark.parametrize("folder,end,kind", SUITES)
def test_the_published_steps_of_a_suite_come_out(
    folder: str, end: str, kind: str, documents: FolderDocuments
) -> None:
    def text(name: str) -> str:
        return (VECTORS / folder / f"{name}{end}.txt").read_text()

    signed = json.loads((VECTORS / folder / f"signed{end}.json").read_text())
    (proof,) = data_integrity.proofs_of(signed)
    suite = data_integrity.suite_of(proof)
    document = data_integrity.canonical_document(signed, proof, suite, documents)
    options = data_integrity.canonical_options(signed, proof, suite, documents)
    assert document.decode() == text("canonDoc")
    assert options.decode() == text("proofCanon")
    digest = data_integrity.digest_of(suite, kind)
    assert digest(document).hexdigest() == text("docHash")
    assert digest(options).hexdigest() == text("proofHash")
    data = data_integrity.hash_data(signed, proof, suite, kind, documents)
    assert data.hex() == text("combinedHash")
    assert proof["proofValue"] == text("sigBTC58")
    data_integrity.check(signed, proof, suite, key_in(proof), documents)


@pytest.mark.parametrize("folder,end", [("eddsa-rdfc-2022", "DataInt"), ("eddsa-jcs-2022", "JCS")])
def test_signing_gives_the_published_signature(folder: str, end: str, documents: FolderDocuments) -> None:
    secret = json.loads((VECTORS / "eddsa-keyPair.json").read_text())["privateKeyMultibase"]
    expected = json.loads((VECTORS / folder / f"signed{end}.json").read_text())
    unsigned = json.loads((VECTORS / "unsigned.json").read_text())
    made = sign(
        unsigned,
        SigningKey.from_multikey(secret),
        folder,
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
        documents=documents,
    )
    assert made == expected


CHAINS = ("signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2")


@pytest.mark.parametrize("name", CHAINS)
def test_published_sets_and_chains_of_proofs_are_good(name: str, documents: FolderDocuments) -> None:
    signed = json.loads((VECTORS / "proof-set-chain" / f"{name}.json").read_text())
    for proof in data_integrity.proofs_of(signed):
        suite = data_integrity.suite_of(proof)
        data_integrity.check(signed, proof, suite, key_in(proof), documents)


def test_a_link_of_a_chain_is_broken_by_a_change_in_the_one_before(documents: FolderDocuments) -> None:
    signed = json.loads((VECTORS / "proof-set-chain" / "signedProofChain2.json").read_text())
    last = signed["proof"][3]
    signed["proof"][2]["created"] = "2023-02-26T22:06:39Z"
    with pytest.raises(Broken):
        data_integrity.check(signed, last, data_integrity.suite_of(last), key_in(last), documents)


@pytest.mark.parametrize("folder,end,kind", SUITES)
def test_the_vectors_are_not_signed_by_the_issuer_they_name(
    folder: str, end: str, kind: str, documents: FolderDocuments
) -> None:
    del kind
    content = (VECTORS / folder / f"signed{end}.json").read_bytes()
    report = verify(read(content), documents, datetime.now(UTC))
    results = {check.name.value: check.result.value for check in report.checks}
    assert (report.verdict, results["proof"], results["issuer"]) == ("invalid", "passed", "failed")


def test_the_command_prints_the_verdict_as_json() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "wallet",
            "verify",
            str(CREDENTIALS / "vc2-revoked.json"),
            "--documents",
            str(CREDENTIALS / "documents"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "revoked"
