"""The REST interface: the same verbs as the pages, as JSON."""

from api.blueprint import create_blueprint, shared_json
from api.open_badges import create_blueprint as open_badges
from api.open_badges import status_info
from api.openapi import document

__all__ = ["create_blueprint", "document", "open_badges", "shared_json", "status_info"]
