-- One row per occupation that OEWS has a row for in an area: the occupation's code, then each estimate with its
-- note.
-- Parameters: $area, an OEWS area code.
SELECT * EXCLUDE (area_code, occupation_title) FROM oews WHERE area_code = $area
