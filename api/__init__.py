"""The REST interface: the same verbs as the pages, as JSON."""

from api.blueprint import create_blueprint, shared_json

__all__ = ["create_blueprint", "shared_json"]
