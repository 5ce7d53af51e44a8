-- One row per sector and occupation in the nation, as the release has it; run by SQLite, which reads ranges of the key alone.
SELECT
    industry.industry_code, industry.industry_name,
    substr(key, 18, 2) || '-' || substr(key, 20, 4) AS occupation, v01, f01, v02
FROM industry
JOIN cell ON key >= 'OEUN0000000' || industry.industry_code AND key < 'OEUN0000000' || industry.industry_code || '~'
JOIN occupation ON occupation_code = substr(key, 18, 6)
WHERE industry.industry_code GLOB '[0-9][0-9]-*' AND (occupation.display_level = 3 OR occupation_code = '000000')
ORDER BY key
