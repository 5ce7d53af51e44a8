-- One row per role asked for that OEWS counts anywhere: its occupation in one area. The estimate's
-- columns are NULL when the area has no row for the occupation at all.
-- Parameters: $codes, O*NET-SOC codes; $area, an OEWS area code.
SELECT role.code, role.oews_code, national.occupation_title, oews.* EXCLUDE (area_code, occupation_code, occupation_title),
       oews.area_code IS NOT NULL AS published
FROM role
JOIN (SELECT occupation_code, occupation_title FROM oews WHERE area_code = '0000000') AS national
  ON national.occupation_code = role.oews_code
LEFT JOIN (SELECT * FROM oews WHERE area_code = $area) AS oews ON oews.occupation_code = role.oews_code
WHERE role.code IN (SELECT unnest($codes))
