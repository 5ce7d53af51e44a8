-- One row per occupation that OEWS counts in a sector of the nation, 00-0000 (all of it) too.
-- Parameters: $sector, its code.
SELECT
    '0000000', occupation_code, '', employment, employment_note, employment_rse,
    NULL AS median_wage, 'not_published' AS wage_note, NULL AS jobs_per_1000, NULL AS location_quotient
FROM oews_sector
WHERE sector_code = $sector
ORDER BY occupation_code
