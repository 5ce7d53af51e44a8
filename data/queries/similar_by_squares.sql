-- One row per role and one of those whose requirements mean most nearly the same, closest first.
SELECT role_code, other_code, score FROM role_similarity_by_squares ORDER BY role_code, rank
