-- One row per person and skill of the wallets that are loaded, of the skills asked for: home area, number of the
-- person in it from 0, place of the skill in the list, groups of the person.
-- Parameters: $uris, skill URIs.
WITH wanted AS (
    SELECT unnest($uris) AS skill_uri, unnest(range(len($uris))) AS place
)
SELECT area_code, dense_rank() OVER (PARTITION BY area_code ORDER BY owner) - 1 AS person, place, groups
FROM memory.wallet_skill
JOIN wanted USING (skill_uri)
WHERE area_code IS NOT NULL
ORDER BY area_code, person, place
