"""Badges baked into an SVG picture: the element that Open Badges keeps them in.

Open Badges 2.0 baking (``openbadges:assertion``) and Open Badges 3.0 section 5.3
(``openbadges:credential``). Only that element's text is taken; scripts and styles of the
picture go nowhere, and a picture that names entities or a document type is refused.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from wallet.errors import Unreadable
from wallet.sentence import N_

NAMESPACES = ("http://openbadges.org", "https://purl.imsglobal.org/ob/v3p0", "https://openbadges.org")
ELEMENTS = frozenset(f"{{{space}}}{name}" for space in NAMESPACES for name in ("assertion", "credential"))
SVG = "{http://www.w3.org/2000/svg}svg"


def extract(content: bytes) -> str:
    """Return the text of the badge in a picture.

    Raises
    ------
    Unreadable
        The file is no SVG, is dangerous, has no badge, or has two.
    """
    try:
        root: Element = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(
            N_("This picture asks for things that pictures need not, and is not read.")
        ) from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise Unreadable(N_("This picture is broken, so the badge in it cannot be read.")) from None
    if root.tag != SVG:
        raise Unreadable(N_("This is none of the files that a wallet can read."))
    found = [element for element in root.iter() if element.tag in ELEMENTS]
    if not found:
        raise Unreadable(N_("There is no badge in this picture."))
    if len(found) > 1:
        raise Unreadable(N_("There is more than one badge in this picture."))
    inside = (found[0].text or "").strip()
    text = inside or found[0].get("verify", "").strip()
    if not text:
        raise Unreadable(N_("There is no badge in this picture."))
    return text
