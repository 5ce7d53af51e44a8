-- One row per area asked for, or none: the price level nearest to an area or county, with the area that it is of.
-- Parameter: $area, an area's code.
SELECT place.code, place.name, place.kind, place.state, place.oews_code, price_parity.year, price_parity.price_index
FROM area AS asked
JOIN area AS place
    ON place.code IN (asked.code, asked.oews_code) OR (place.kind = 'state' AND place.state = asked.state)
JOIN price_parity ON price_parity.area_code = place.code
WHERE asked.code = $area
ORDER BY place.code = asked.code DESC, coalesce(place.code = asked.oews_code, false) DESC
LIMIT 1
