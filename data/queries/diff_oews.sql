-- One row per occupation, area and figure (employment, annual_mean) that both builds publish and that changed by more
-- than 1.96 standard errors of the difference; standard errors are in the figure's own unit.
-- Parameter: $area, an OEWS area code, or NULL for every area.
WITH figure AS (
    SELECT 'old' AS build, area_code, occupation_code, occupation_title, 'employment' AS figure,
           employment AS value, employment_rse AS rse
    FROM old.oews WHERE employment_note IS NULL
    UNION ALL
    SELECT 'old', area_code, occupation_code, occupation_title, 'annual_mean', annual_mean, wage_rse
    FROM old.oews WHERE annual_mean_note IS NULL
    UNION ALL
    SELECT 'new', area_code, occupation_code, occupation_title, 'employment', employment, employment_rse
    FROM new.oews WHERE employment_note IS NULL
    UNION ALL
    SELECT 'new', area_code, occupation_code, occupation_title, 'annual_mean', annual_mean, wage_rse
    FROM new.oews WHERE annual_mean_note IS NULL
)
SELECT a.area_code, a.occupation_code, b.occupation_title, a.figure, a.value AS old_value, b.value AS new_value,
       sqrt((a.value * a.rse) ** 2 + (b.value * b.rse) ** 2) / 100 AS stderr
FROM figure AS a
JOIN figure AS b
    ON b.area_code = a.area_code AND b.occupation_code = a.occupation_code AND b.figure = a.figure
WHERE a.build = 'old' AND b.build = 'new' AND ($area IS NULL OR a.area_code = $area)
  AND abs(b.value - a.value) > 1.96 * sqrt((a.value * a.rse) ** 2 + (b.value * b.rse) ** 2) / 100
ORDER BY a.area_code, a.occupation_code, a.figure
