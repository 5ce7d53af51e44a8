-- One row per role asked for that OEWS counts anywhere: its occupation in one area. Estimates are
-- NULL, and published is false, when the area has no row for the occupation at all.
-- Parameters: $codes, O*NET-SOC codes; $area, an OEWS area code.
SELECT
    role.code,
    role.oews_code,
    role.oews_title,
    estimate.* EXCLUDE (area_code, occupation_code, occupation_title),
    estimate.area_code IS NOT NULL AS published
FROM role
LEFT JOIN oews AS estimate ON estimate.occupation_code = role.oews_code AND estimate.area_code = $area
WHERE role.oews_code IS NOT NULL AND list_contains($codes, role.code)
