"""The pages of an organization that issues, and what it publishes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.roles import PersonRole
from tests.careers import skill
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from tests.wallet.test_pictures import png, svg

LIFT = skill("lift patients").uri
FIELDS = {
    "name": "Patient care",
    "description": "Two days.",
    "criteria": "Lift somebody safely.",
    "kind": "Certificate",
    "skill": LIFT,
    "step": "keep",
}


class Issuing(SmallProduct):
    """The product, with an institute that is signed in when asked."""

    def as_issuer(self, role: PersonRole = PersonRole.ISSUER, name: str = "Institute") -> Any:
        actor = self.record.person(name)
        self.record.people.grant_roles(actor.person_id, {role})
        self.leave()
        sent = {"email": f"{name.lower()}@example.org", "password": PASSWORD}
        assert self.browser.post("/api/v1/session", json=sent).status_code == 204
        return self.record.people.actor(actor.person_id)

    def leave(self) -> None:
        self.browser = self.shell.server.test_client()

    def post(self, path: str, **fields: Any) -> Any:
        page = self.browser.get("/account").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        return self.browser.post(path, data={**fields, "csrf_token": token[1]})

    def offer(self, **more: Any) -> str:
        answer = self.post("/issuer/new", **{**FIELDS, **more})
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    def issue(self, email: str = "pete@example.org") -> str:
        """Issue to one person by the forms; gives the address of what was issued."""
        draft = self.post(self.offer(), step="one", name="Pete", email=email).location
        assert self.post(draft).status_code == 303
        found = re.search(r'href="(/issuer/credentials/[0-9a-f]{32})"', self.browser.get("/issuer").text)
        assert found
        return found[1]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Issuing]:
    product = Issuing(tmp_path)
    yield product
    product.close()


def test_the_page_is_for_issuers_and_employers_only(product: Issuing):
    paths = ("/issuer", "/issuer/new", "/issuer/achievements/" + "0" * 32, "/issuer/credentials/" + "0" * 32)
    for path in paths:
        assert product.browser.get(path).status_code == 303
    product.sign_in("Pete")
    for path in paths:
        assert product.browser.get(path).status_code == 403, path
    for path in ("/issuer/new", "/issuer/keys", "/issuer/drafts/" + "0" * 32):
        assert product.post(path, **FIELDS).status_code == 403, path
    assert 'href="/issuer"' not in product.browser.get("/account").text
    for role, name in ((PersonRole.ISSUER, "Institute"), (PersonRole.EMPLOYER, "Employer")):
        product.as_issuer(role, name)
        page = product.browser.get("/issuer")
        assert page.status_code == 200 and "<h1>Issue credentials</h1>" in page.text
        assert 'href="/issuer"' in product.browser.get("/account").text


def test_from_an_achievement_to_a_revoked_credential(product: Issuing):
    pete = product.sign_in("Pete")
    product.as_issuer()
    offer = product.offer()
    assert "lift patients" in product.browser.get(offer).text
    draft = product.post(offer, step="one", name="Pete", email="Pete@example.org", expires="2099-01-31")
    assert (
        draft.status_code == 400 and "earlier last day" in draft.text and 'value="2099-01-31"' in draft.text
    )
    draft = product.post(offer, step="one", name="Pete", email="Pete@example.org").location
    preview = product.browser.get(draft).text
    assert "Nothing is issued yet" in preview and "pete@example.org" in preview
    assert product.services.wallet_for(pete).records() == ()
    assert product.post(draft).status_code == 303
    assert "Issued: “Patient care” to 1 person." in product.browser.get("/issuer").text
    assert product.post(draft).status_code == 303
    page = product.browser.get("/issuer").text
    assert "nothing was issued twice" in page and "Issued (1)" in page
    (record,) = product.services.wallet_for(pete).records()
    assert record.standing == "verified"
    address = re.search(r'href="(/issuer/credentials/[0-9a-f]{32})"', page)
    assert address
    copy = product.browser.get(address[1] + "/file")
    assert copy.headers["Content-Disposition"].startswith("attachment") and copy.get_json()["proof"]
    assert product.post(address[1] + "/revoke", reason="").status_code == 400
    assert product.post(address[1] + "/revoke", reason="<b>Mistake</b>").status_code == 303
    page = product.browser.get(address[1]).text
    assert "revoked" in page and "&lt;b&gt;Mistake" in page and "Revoke this credential" not in page
    assert product.post(address[1] + "/revoke", reason="Again").status_code == 409
    (record,) = product.services.wallet_for(pete).records()
    assert record.standing == "revoked"


def test_a_class_list_is_told_line_by_line_and_previewed(product: Issuing):
    product.as_issuer()
    offer = product.offer()

    def upload(content: bytes) -> Any:
        return product.post(offer, step="class", list=(io.BytesIO(content), "class.csv"))

    refused = upload(b"name,email\nPete,pete@example.org\n<i>x</i>,nothing\n=1+1,a@example.org\n")
    assert refused.status_code == 422
    assert "Line 3:" in refused.text and "Line 4:" in refused.text and "<i>" not in refused.text
    for content in (b"x" * 1_000_000, b"a,b\n1,2\n", b""):
        assert upload(content).status_code == 422
    assert product.post(offer, step="class").status_code == 400
    assert "Issued (0)" in product.browser.get("/issuer").text
    rows = "".join(f"Person {n},p{n}@example.org\n" for n in range(120))
    draft = upload(f"name,email\n{rows}".encode()).location
    preview = product.browser.get(draft).text
    assert "For 120 people" in preview and "90 more people" in preview
    assert "Sign and issue 120 credentials" in preview
    product.post(draft)
    page = product.browser.get("/issuer").text
    assert "Issued (120)" in page and "Page 1 of 2" in page
    found = product.browser.get("/issuer?q=p119").text
    assert "Issued (1)" in found and "p119@example.org" in found
    for query in ("?page=0", "?page=-1", "?page=99", "?page=x", "?q=%00", "?q=%25"):
        assert product.browser.get("/issuer" + query).status_code == 200


def test_the_answer_is_the_same_for_an_address_without_an_account(product: Issuing):
    product.sign_in("Pete")
    product.as_issuer()
    pages = []
    for email in ("pete@example.org", "nobody@example.org"):
        address = product.issue(email)
        page = product.browser.get(address).text
        page = page.replace(email, "").replace(address, "")
        pages.append(re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL))
    assert re.sub(r'value="[^"]+"', "", pages[0]) == re.sub(r'value="[^"]+"', "", pages[1])


def test_skills_are_looked_for_in_the_form_which_keeps_what_stands_in_it(product: Issuing):
    product.as_issuer()
    page = product.post("/issuer/new", **{**FIELDS, "step": "find", "find": "give medicines"}).text
    assert 'value="Patient care"' in page and "Lift somebody safely." in page
    assert f'value="{LIFT}" checked' in page and skill("give medicines").uri in page


@pytest.mark.parametrize(("content", "kind"), [(png(), "image/png"), (svg("<rect/>"), "image/svg+xml")])
def test_a_picture_is_shown_from_an_address_where_it_can_do_nothing(
    product: Issuing, content: bytes, kind: str
):
    product.as_issuer()
    offer = product.offer(image=(io.BytesIO(content), "picture"))
    address = re.search(r'src="(/issuers/[^"]+/pictures/[^"]+)"', product.browser.get(offer).text)
    assert address
    product.leave()
    answer = product.browser.get(address[1])
    assert answer.status_code == 200 and answer.content_type == kind
    assert (
        answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert product.browser.get(address[1].replace("pictures/", "pictures/0")).status_code == 404


def test_a_picture_that_acts_is_refused_and_the_form_keeps_its_words(product: Issuing):
    product.as_issuer()
    image = (io.BytesIO(svg("<script>alert(1)</script>")), "picture.png")
    answer = product.post("/issuer/new", **{**FIELDS, "image": image})
    assert answer.status_code == 400 and "more than show something" in answer.text
    assert 'value="Patient care"' in answer.text


def test_a_picture_can_be_left_out_again(product: Issuing):
    product.as_issuer()
    offer = product.offer(image=(io.BytesIO(png()), "picture"))
    found = re.search(r'name="picture" value="([^"]+)"', product.browser.get(offer + "/edit").text)
    assert found
    product.post(offer + "/edit", **{**FIELDS, "picture": found[1], "no-picture": "yes"})
    assert "/pictures/" not in product.browser.get(offer).text


# What is published


@pytest.fixture
def published(product: Issuing) -> Callable[[str], Any]:
    """Ask, without signing in, for what an institute publishes that issued to Pete."""
    product.as_issuer()
    address = product.issue()
    credential = product.browser.get(address + "/file").get_json()
    product.leave()
    issuer = credential["issuer"]["id"].rpartition(":")[2]
    return lambda path: product.browser.get(f"/issuers/{issuer}/{path}")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("did.json", "application/did+json"),
        ("jwks.json", "application/jwk-set+json"),
        ("profile.json", "application/ld+json"),
        ("status/1", "application/vc"),
    ],
)
def test_what_verifiers_need_is_open_short_lived_and_about_nobody(
    published: Callable[[str], Any], path: str, kind: str
):
    answer = published(path)
    assert answer.status_code == 200 and answer.content_type == kind
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert json.loads(answer.data)
    for word in ("pete", "institute@", "@example.org", "secret", '"d"'):
        assert word not in answer.text.lower()


@pytest.mark.parametrize(
    "path", ["status/2", "status/0", "status/x", "status/1111111", "status/-1", "nothing.json", "pictures/x"]
)
def test_what_is_not_published_is_not_found(published: Callable[[str], Any], path: str):
    assert published(path).status_code == 404


def test_an_issuer_that_is_none_is_not_found(product: Issuing):
    for issuer in ("0" * 32, "x", "' OR 1=1", "\x00"):
        for path in ("did.json", "jwks.json", "profile.json", "status/1"):
            assert product.browser.get(f"/issuers/{issuer}/{path}").status_code == 404


def test_a_new_key_is_made_by_a_button_and_nothing_secret_is_logged_or_answered(
    product: Issuing, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    from wallet.key_case import KeyCase

    made: list[str] = []
    seal = KeyCase.seal

    def watched(self: KeyCase, key: Any, owner: str) -> str:
        made.extend((key.to_multikey(), key.raw.private_bytes_raw().hex()))
        return seal(self, key, owner)

    monkeypatch.setattr(KeyCase, "seal", watched)
    product.as_issuer()
    address = product.issue()
    answers = [product.post("/issuer/keys").text, product.browser.get("/issuer").text]
    assert "Key 2 signs since" in answers[1] and "1 older key stays published" in answers[1]
    issuer = product.browser.get(address + "/file").get_json()["issuer"]["id"].rpartition(":")[2]
    answers += [product.browser.get(f"/issuers/{issuer}/{name}.json").text for name in ("did", "jwks")]
    said = "".join(capsys.readouterr()) + "".join(answers)
    assert len(made) == 4 and not [secret for secret in made if secret in said]


def test_the_page_is_in_spanish_for_who_reads_it(product: Issuing):
    product.as_issuer()
    product.offer()
    product.browser.set_cookie("language", "es")
    page = product.browser.get("/issuer").text
    assert "<h1>Emitir credenciales</h1>" in page and "Su clave de firma" in page
