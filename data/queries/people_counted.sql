-- One row per area of the wallets that are loaded: how many people have a skill that counts. Exact.
SELECT area_code, count(DISTINCT owner) AS people
FROM memory.wallet_skill
WHERE area_code IS NOT NULL
GROUP BY area_code
