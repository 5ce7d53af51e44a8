"""What a person is in the product; one person may be several."""

from __future__ import annotations

from enum import StrEnum


class PersonRole(StrEnum):
    """The parts a person can have. Occupations are ``graph.model.Role``, something else."""

    LEARNER = "learner"
    COUNSELOR = "counselor"
    OFFICIAL = "official"
    EMPLOYER = "employer"
    ISSUER = "issuer"
    ADMIN = "admin"
