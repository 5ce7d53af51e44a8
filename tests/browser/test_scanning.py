"""Reading a QR code at the screen: from a picture of it, and with the camera."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import violations
from tests.browser.steps import Screen, tab_to
from tests.people import PASSWORD

Screens = Callable[..., Screen]
LINK = "https://badges.example/assertions/1"
TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.AAAA"

MATRIX = "text => import('/assets/qr/index.js').then(qr => qr.encodeQR(text, 'raw'))"
# A camera that sees one picture, and says whether it was let go.
CAMERA = """text => {
  navigator.mediaDevices.getUserMedia = async () => {
    const qr = await import('/assets/qr/index.js');
    const code = qr.encodeQR(text, 'raw'), step = 8, edge = 4 * step;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = code.length * step + 2 * edge;
    const pen = canvas.getContext('2d');
    const draw = () => {
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = '#000';
      code.forEach((row, y) => row.forEach((dark, x) => {
        if (dark) pen.fillRect(edge + x * step, edge + y * step, step, step);
      }));
    };
    draw();
    window.setInterval(draw, 50);
    window.seen = canvas.captureStream(20);
    return window.seen;
  };
}"""


def picture(code: list[list[bool]], step: int = 6, edge: int = 4) -> bytes:
    """A PNG of a code, in grey on light grey as a photograph of paper has it."""
    size = (len(code) + 2 * edge) * step
    rows = []
    for y in range(size):
        cells = [
            0 <= y // step - edge < len(code)
            and 0 <= x // step - edge < len(code)
            and code[y // step - edge][x // step - edge]
            for x in range(size)
        ]
        rows.append(b"\0" + bytes(60 if dark else 215 for dark in cells))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
    )


def choose(page: Page, content: bytes) -> None:
    page.get_by_label("Or a picture of the code").set_input_files(
        {"name": "code.png", "mimeType": "image/png", "buffer": content}
    )


@pytest.fixture
def page(screen: Screens, newcomer: Callable[..., str]) -> Page:
    return screen().sign_in(newcomer(), PASSWORD).go("/wallet/add")


def test_a_picture_of_a_code_fills_the_link_and_is_sent_nowhere(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method))
    choose(page, picture(page.evaluate(MATRIX, LINK)))
    expect(page.get_by_label("Address of the credential")).to_have_value(LINK)
    expect(page.get_by_label("Address of the credential")).to_be_focused()
    expect(page.locator("[data-scan-words]")).to_contain_text("holds a link")
    assert set(sent) <= {"GET"}
    assert not violations(page)


def test_a_code_that_holds_a_credential_fills_the_text(page: Page) -> None:
    choose(page, picture(page.evaluate(MATRIX, TOKEN)))
    expect(page.get_by_label("Text of the credential")).to_have_value(TOKEN)
    expect(page.locator("[data-scan-words]")).to_contain_text("holds a credential")


@pytest.mark.parametrize("said", ["http://127.0.0.1/secret", "javascript:alert(1)", "Pete can weld."])
def test_a_code_that_says_something_else_fills_nothing(page: Page, said: str) -> None:
    choose(page, picture(page.evaluate(MATRIX, said)))
    expect(page.locator("[data-scan-words]")).to_contain_text("something else")
    expect(page.get_by_label("Address of the credential")).to_have_value("")
    expect(page.get_by_label("Text of the credential")).to_have_value("")


@pytest.mark.parametrize("content", [picture([[False] * 21] * 21), b"no picture"], ids=["blank", "broken"])
def test_a_picture_without_a_code_is_said_to_have_none(page: Page, content: bytes) -> None:
    choose(page, content)
    expect(page.locator("[data-scan-words]")).to_contain_text("No code was found")


def test_the_camera_reads_a_code_and_is_let_go(page: Page) -> None:
    page.evaluate(CAMERA, LINK)
    tab_to(page, "[data-scan-begin]")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Address of the credential")).to_have_value(LINK)
    expect(page.locator("[data-scan-view]")).to_be_hidden()
    assert page.evaluate("window.seen.getTracks().every(track => track.readyState === 'ended')")


def test_the_camera_can_be_stopped_before_it_sees_anything(page: Page) -> None:
    page.evaluate(CAMERA.replace("if (dark)", "if (false)"), LINK)
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_role("button", name="Stop the camera")).to_be_focused()
    assert not violations(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_focused()
    assert page.evaluate("window.seen.getTracks().every(track => track.readyState === 'ended')")


def test_a_camera_that_is_refused_leaves_the_picture(page: Page) -> None:
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator("[data-scan-words]")).to_contain_text("Choose a picture")
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_visible()
