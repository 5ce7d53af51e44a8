-- One row per OEWS area asked for and occupation it counts, 00-0000 (all of them together) too.
-- The year's median is the hour's times 2,080 where only the hour's is published, as BLS reckons it.
-- Parameters: $areas, OEWS area codes.
SELECT
    area_code, occupation_code, occupation_title, employment, employment_note, employment_rse,
    coalesce(annual_p50, hourly_p50 * 2080) AS median_wage,
    CASE WHEN annual_p50 IS NULL AND hourly_p50 IS NOT NULL THEN hourly_p50_note ELSE annual_p50_note END AS wage_note,
    jobs_per_1000, location_quotient
FROM oews
WHERE list_contains($areas, area_code)
ORDER BY area_code, occupation_code
