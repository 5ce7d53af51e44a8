-- One row per NAICS sector, then one row per sector and occupation in the nation, all ownerships together: the detailed ones,
-- and 00-0000 for all of the sector. Over the cells that sector_cells.sql reads.
-- BLS writes a sector as its first NAICS code and the first that is not in it any more: 31--34 is 31 to 33.
CREATE TEMPORARY TABLE sector_named AS
SELECT
    industry_code, regexp_replace(any_value(industry_name), '^Sectors? [0-9, and]+ - ', '') AS name,
    left(industry_code, 2) AS first_code,
    CAST(CAST(regexp_extract(industry_code, '-+([0-9]+)$', 1) AS INTEGER) - 1 AS VARCHAR) AS last_code,
    first_code || CASE WHEN last_code > first_code THEN '-' || last_code ELSE '' END AS code
FROM sector_cell
GROUP BY industry_code;

INSERT INTO sector SELECT code, name FROM sector_named ORDER BY code;

INSERT INTO oews_sector
WITH reasons AS (SELECT map(list(code), list(reason)) AS of_note FROM footnote_reason)
SELECT
    sector_named.code,
    occupation,
    CASE WHEN v01 <> '-' THEN v01::DOUBLE END,
    CASE WHEN v01 = '-' THEN coalesce(of_note[f01], 'not_published') WHEN v01 IS NULL THEN 'not_published' END,
    CASE WHEN v02 <> '-' THEN v02::DOUBLE END
FROM sector_cell
JOIN sector_named USING (industry_code), reasons
ORDER BY 1, 2
