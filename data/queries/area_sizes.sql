-- One row per metropolitan or nonmetropolitan area with a published number of all its jobs.
SELECT code, name, kind, state, oews_code, employment
FROM area
JOIN oews ON oews.area_code = area.code AND occupation_code = '00-0000'
WHERE kind IN ('metro', 'nonmetro') AND employment IS NOT NULL
ORDER BY code
