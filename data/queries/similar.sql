-- One row per role and one of the roles most like it, closest first.
SELECT role_code, other_code, score FROM role_similarity ORDER BY role_code, rank
