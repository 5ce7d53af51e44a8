-- One row per ordered pair of kindred skills of which at least one is required by some role.
SELECT kin.skill_id, kin.other_id, kin.relation, kin.strength
FROM kin
WHERE kin.skill_id IN (SELECT skill_id FROM requirement) OR kin.other_id IN (SELECT skill_id FROM requirement)
ORDER BY kin.skill_id, kin.other_id
