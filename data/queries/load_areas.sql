-- One row per area of the OEWS release: nation, states and territories, metropolitan and nonmetropolitan areas.
INSERT INTO area (code, name, kind, state, oews_code)
SELECT
    area_code,
    CASE areatype_code WHEN 'N' THEN 'United States' ELSE area_name END,
    CASE
        WHEN areatype_code = 'N' THEN 'nation'
        WHEN areatype_code = 'S' THEN 'state'
        WHEN area_name LIKE '%nonmetropolitan area%' THEN 'nonmetro'
        ELSE 'metro'
    END,
    state_postal.postal,
    area_code
FROM release.area
LEFT JOIN state_postal ON state_postal.fips = state_code
ORDER BY area_code
