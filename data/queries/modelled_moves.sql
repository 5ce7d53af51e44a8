-- One row per occupation that those who leave a role's occupation most likely enter, the likeliest first; the
-- roles in it, the largest first. A role that stands in several occupations is taken to be in the first.
SELECT to_code, list(inside.role_code ORDER BY inside.part DESC, inside.role_code), share, low, high
FROM occupation_move
JOIN survey_occupation AS inside ON inside.code = to_code
WHERE from_code = (SELECT min(code) FROM survey_occupation WHERE role_code = $role) AND share IS NOT NULL
GROUP BY to_code, share, low, high, rank
ORDER BY rank
