-- One row per requirement that a role gained, lost, or of which the importance changed: beyond 1.96 standard errors
-- of the difference where both are published, by more than rounding where not. The side that lacks it is NULL.
WITH a AS (
    SELECT r.role_code, r.skill_id, r.facet, r.importance, r.stderr, s.name
    FROM old.requirement AS r JOIN old.skill AS s ON s.id = r.skill_id
),
b AS (
    SELECT r.role_code, r.skill_id, r.facet, r.importance, r.stderr, s.name
    FROM new.requirement AS r JOIN new.skill AS s ON s.id = r.skill_id
)
SELECT coalesce(b.role_code, a.role_code) AS role_code, coalesce(b.facet, a.facet) AS facet,
       coalesce(b.name, a.name) AS skill, a.importance AS old_importance, b.importance AS new_importance
FROM a
FULL JOIN b ON a.role_code = b.role_code AND a.skill_id = b.skill_id AND a.facet = b.facet
WHERE a.skill_id IS NULL OR b.skill_id IS NULL
   OR abs(b.importance - a.importance) > greatest(0.005, 1.96 * coalesce(sqrt(a.stderr ** 2 + b.stderr ** 2), 0))
ORDER BY role_code, facet, skill
