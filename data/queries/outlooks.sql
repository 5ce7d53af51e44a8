-- One row per role asked for that is projected: in the state of the area asked for, else in the nation. The
-- occupation is the role's own, else the one OEWS counts it in, else its broad occupation.
-- Parameters: $codes, O*NET-SOC codes; $area, an area's code.
WITH place AS (
    SELECT code, name, kind, state, oews_code
    FROM area
    WHERE kind = 'nation' OR (kind = 'state' AND state = (SELECT state FROM area WHERE code = $area))
),
wanted AS (
    SELECT code AS role_code, unnest([left(code, 7), oews_code, left(code, 6) || '0']) AS occupation, unnest([1, 2, 3]) AS distance
    FROM role
    WHERE list_contains($codes, code)
),
found AS (
    SELECT role_code, place.*, projection.* EXCLUDE (area_code)
    FROM wanted
    JOIN projection ON occupation_code = occupation
    JOIN place ON place.code = area_code
    QUALIFY row_number() OVER (PARTITION BY role_code, place.code ORDER BY distance) = 1
)
SELECT
    role_code, code, name, kind, state, oews_code,
    occupation_code, occupation_title, base_year, target_year,
    employment_base, employment_target, change_percent, openings,
    -- At most one state's row and the nation's: the other one's words where one has none.
    coalesce(nullif(entry_education, ''), max(entry_education) OVER of_role),
    coalesce(nullif(experience, ''), max(experience) OVER of_role),
    coalesce(nullif(training, ''), max(training) OVER of_role),
    source_id
FROM found
WINDOW of_role AS (PARTITION BY role_code)
QUALIFY row_number() OVER (PARTITION BY role_code ORDER BY kind = 'nation') = 1
