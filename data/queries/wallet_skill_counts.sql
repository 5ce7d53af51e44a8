-- One row per area and skill: how many consenting people have it. Not yet suppressed.
SELECT area_code, skill_uri, count(*) AS people
FROM memory.wallet_skill
GROUP BY area_code, skill_uri
ORDER BY area_code, skill_uri
