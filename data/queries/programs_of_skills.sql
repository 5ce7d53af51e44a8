-- One row per programme that teaches one of the skills, those that teach most of them first.
-- Parameters: $skills, ids; $limit.
SELECT id, name, provider, place, credential, url, cost, weeks, completion, employed, earnings
FROM program
JOIN (
    SELECT program_id, count(*) AS taught
    FROM program_skill
    WHERE list_contains($skills, skill_id)
    GROUP BY program_id
) ON program_id = id
ORDER BY taught DESC, cost NULLS LAST, name, provider, id
LIMIT $limit
