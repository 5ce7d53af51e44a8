"""Signatures: those inside a document (Data Integrity) and those around it (JOSE)."""
