"""From an uploaded file to documents: one module a form, all of it read as hostile."""

from wallet.parse.read import LARGEST_BUNDLE, read

__all__ = ["LARGEST_BUNDLE", "read"]
