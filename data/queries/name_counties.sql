-- One row per county of which the listing gives the townships only: its name from the county shapes, or its FIPS code.
UPDATE area
SET name = coalesce((SELECT name FROM county_shape WHERE fips = code), 'County ' || code || ', ' || state)
WHERE name = '' AND kind = 'county'
