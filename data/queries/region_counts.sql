-- One row per area, group and skill of the wallets that are loaded: how many people hold it, and for how many of
-- them somebody else stands by it. Group 0 is everybody, the others by their mark. Exact: small counts must be
-- withheld before anybody sees them.
SELECT
    area_code, 0 AS mark, skill_uri,
    count(*) AS holders,
    count(*) FILTER (standing IN ('verified', 'confirmed')) AS proven
FROM memory.wallet_skill
WHERE area_code IS NOT NULL
GROUP BY area_code, skill_uri
UNION ALL
SELECT
    area_code, one.mark, skill_uri,
    count(*),
    count(*) FILTER (standing IN ('verified', 'confirmed'))
FROM memory.wallet_skill
JOIN (VALUES (1), (2), (4)) AS one (mark) ON (wallet_skill.groups & one.mark) > 0
WHERE area_code IS NOT NULL AND wallet_skill.groups > 0
GROUP BY area_code, one.mark, skill_uri
