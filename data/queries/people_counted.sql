-- One row per area and group of the wallets that are loaded: how many people have a skill that counts. Group 0 is
-- everybody, the others by their mark. Exact.
SELECT area_code, 0 AS mark, count(DISTINCT owner) AS people
FROM memory.wallet_skill
WHERE area_code IS NOT NULL
GROUP BY area_code
UNION ALL
SELECT area_code, one.mark, count(DISTINCT owner)
FROM memory.wallet_skill
JOIN (VALUES (1), (2), (4)) AS one (mark) ON (wallet_skill.groups & one.mark) > 0
WHERE area_code IS NOT NULL AND wallet_skill.groups > 0
GROUP BY area_code, one.mark
