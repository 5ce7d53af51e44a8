"""Checking credentials for others: the verifier's part of W3C's VC API."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.answers import CheckAnswer
from api.asked import Nothing, Refused
from api.route import Route


class Options(BaseModel):
    """What a presentation was asked for with; where given, its proof has to name the same."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    challenge: Annotated[str | None, Field(max_length=500)] = None
    domain: Annotated[str | None, Field(max_length=500)] = None


class CredentialBody(BaseModel):
    """A credential: as JSON, or as the signed token that secures it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    verifiableCredential: dict[str, Any] | str  # noqa: N815 - named by the VC API
    options: Options = Options()


class PresentationBody(BaseModel):
    """A presentation: as JSON, or as a signed token."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    verifiablePresentation: dict[str, Any] | str  # noqa: N815 - named by the VC API
    options: Options = Options()


@dataclass(frozen=True, slots=True)
class ProblemDetail:
    """What stands in the way, as RFC 9457 tells it."""

    type: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class VerifiedAnswer:
    """Whether it is good, and every check in words.

    ``verdict`` is ``verified``, ``revoked``, ``expired``, ``invalid``, ``unverified`` (something needed could
    not be had) or ``unsigned``. Whether the issuer is known here is told, and changes nothing.
    """

    verified: bool
    verdict: str
    checks: list[CheckAnswer]
    problemDetails: list[ProblemDetail]  # noqa: N815 - named by the VC API

    @classmethod
    def of(cls, report: Any) -> VerifiedAnswer:
        found = [
            ProblemDetail(f"urn:waymark:check:{one.name.value}", one.name.value, str(one.explanation))
            for one in report.checks
            if one.verdict is not None and one.verdict.value != "verified"
        ]
        return cls(
            verified=report.verdict.value == "verified",
            verdict=report.verdict.value,
            checks=[
                CheckAnswer(one.name.value, one.result.value, str(one.explanation), one.part)
                for one in report.checks
            ],
            problemDetails=found,
        )


class VerifyVerbs:
    """See ``api.routes.Answers``."""

    _services: Any
    _actor: Callable[[], Any]

    def verify_credential(self, _asked: Nothing, body: CredentialBody) -> VerifiedAnswer:
        content = _content(body.verifiableCredential)
        return VerifiedAnswer.of(self._services.verifying.credential(self._actor(), content))

    def verify_presentation(self, _asked: Nothing, body: PresentationBody) -> VerifiedAnswer:
        said = body.verifiablePresentation
        asked = body.options
        report = self._services.verifying.presentation(
            self._actor(), _content(said), asked.challenge or "", asked.domain or ""
        )
        return VerifiedAnswer.of(report)


def _content(value: dict[str, Any] | str) -> bytes:
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
        return text.encode()
    except (ValueError, UnicodeEncodeError):
        raise Refused(400, "The body holds what JSON in UTF-8 cannot.") from None


def _route(path: str, handler: str, summary: str, body: Any) -> Route:
    return Route(
        "POST",
        path,
        handler,
        summary,
        VerifiedAnswer,
        body=body,
        problems=(401, 403, 415, 422, 503),
        own=True,
        needs=("credentials.check",),
    )


VERIFY_ROUTES = (
    _route(
        "/credentials/verify",
        "verify_credential",
        "Check a credential (W3C VC API); nothing of it is kept",
        CredentialBody,
    ),
    _route(
        "/presentations/verify",
        "verify_presentation",
        "Check a presentation and every credential in it (W3C VC API); nothing of it is kept",
        PresentationBody,
    ),
)
