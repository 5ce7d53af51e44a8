-- One row per occupation of some OEWS areas in an earlier release, 00-0000 (all of them together) too.
-- Parameters: $release, its name; $areas, OEWS area codes.
SELECT
    area_code, occupation_code, '', employment, employment_note, employment_rse,
    NULL AS median_wage, 'not_published' AS wage_note, NULL AS jobs_per_1000, NULL AS location_quotient
FROM oews_earlier
WHERE release = $release AND list_contains($areas, area_code)
ORDER BY area_code, occupation_code
