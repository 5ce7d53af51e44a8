"""Whether a credential has the shape that its issuer promised with ``credentialSchema``.

W3C Verifiable Credentials JSON Schema. It never changes the verdict: what was signed is what
was signed. A schema is a stranger's program, so it is run on a short lead: no references to
other places, no patterns (their time has no bound), a limited number of steps.
"""

from __future__ import annotations

from typing import Any

import jsonschema
import jsonschema.validators
from jsonschema.exceptions import SchemaError, ValidationError
from referencing import Registry
from referencing.exceptions import Unresolvable

from wallet.authenticity import failed, passed, skipped, unknown
from wallet.documents import Documents
from wallet.errors import Broken, Unavailable, Unreadable
from wallet.parse.values import identifier, objects, types
from wallet.report import Check, Step
from wallet.sentence import N_
from wallet.strict_json import parse_object

KINDS = frozenset({"JsonSchema", "1EdTechJsonSchemaValidator2019", "JsonSchemaValidator2018"})
MOST_SCHEMAS = 5
MOST_STEPS = 20_000
_STRANGE = ("pattern", "patternProperties", "propertyNames", "$dynamicRef", "$recursiveRef")


def schema(value: dict[str, Any], documents: Documents) -> tuple[Check, ...]:
    """Return the outcome of comparing a credential with the schemas it names."""
    named = [one for one in objects(value.get("credentialSchema")) if types(one) & KINDS]
    if not named:
        return (skipped(Step.SCHEMA, N_("Its issuer promises no certain shape.")),)
    return tuple(_one(identifier(one), value, documents) for one in named[:MOST_SCHEMAS])


def _one(address: str, value: dict[str, Any], documents: Documents) -> Check:
    try:
        wanted = _tamed(parse_object(documents.fetch(address)))
        _validate(value, wanted, address)
    except Unreadable:
        problem = Unavailable(N_("What is at %(address)s cannot be read."), address=address)
        return unknown(Step.SCHEMA, problem, None)
    except Unavailable as problem:
        return unknown(Step.SCHEMA, problem, None)
    except Broken as problem:
        return failed(Step.SCHEMA, problem, None)
    return passed(Step.SCHEMA, N_("It has the shape that its issuer promised."))


def _validate(value: dict[str, Any], wanted: dict[str, Any], address: str) -> None:
    unusable = Unavailable(N_("What is at %(address)s cannot be read."), address=address)
    left = MOST_STEPS

    def counted(verb: Any) -> Any:
        def step(*arguments: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise unusable
            return verb(*arguments)

        return step

    try:
        plain = jsonschema.validators.validator_for(wanted, default=jsonschema.Draft202012Validator)
        bounded = jsonschema.validators.extend(
            plain, {name: counted(verb) for name, verb in plain.VALIDATORS.items()}
        )
        plain.check_schema(wanted)
        registry: Registry[Any] = Registry()
        bounded(wanted, registry=registry).validate(value)
    except ValidationError as error:
        place = "/".join(str(part) for part in error.absolute_path) or "/"
        raise Broken(
            N_("It does not have the shape that its issuer promised, at %(place)s."), place=place
        ) from None
    except (SchemaError, Unresolvable, RecursionError, TypeError, ValueError, KeyError, AttributeError):
        raise unusable from None


def _tamed(wanted: Any) -> Any:
    """A schema without the keywords that are not run here."""
    if isinstance(wanted, dict):
        return {name: _tamed(part) for name, part in wanted.items() if name not in _STRANGE}
    return [_tamed(part) for part in wanted] if isinstance(wanted, list) else wanted
