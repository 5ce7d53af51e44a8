-- One row per county whose OEWS area is not known: it has a shape, and no listing.
INSERT INTO area (code, name, kind, state, oews_code)
SELECT fips, name, 'county', state, NULL
FROM county_shape
WHERE fips NOT IN (SELECT code FROM area)
ORDER BY fips
