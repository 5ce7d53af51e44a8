-- One row per area and skill of the wallets that are loaded: how many people hold it, and for how many of
-- them somebody else stands by it. Exact: small counts must be withheld before anybody sees them.
SELECT
    area_code, skill_uri,
    count(*) AS holders,
    count(*) FILTER (standing IN ('verified', 'confirmed')) AS proven
FROM memory.wallet_skill
WHERE area_code IS NOT NULL
GROUP BY area_code, skill_uri
