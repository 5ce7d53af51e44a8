-- One row per occupation and area of the OEWS release, all industries and ownerships together:
-- the detailed occupations, and 00-0000 for all of them. What is not published is NULL with its
-- reason; a top-coded wage has the bound as its value ("at least").
-- Parameters: $hourly_bound, $annual_bound in US dollars.
INSERT INTO oews
WITH estimate AS (
    SELECT
        substr(key, 5, 7) AS area_code,
        substr(key, 18, 2) || '-' || substr(key, 20, 4) AS occupation_code,
        occupation_name,
        cell.*
    FROM release.cell
    JOIN release.occupation ON occupation_code = substr(key, 18, 6)
    WHERE substr(key, 12, 6) = '000000' AND (display_level = '3' OR occupation_code = '000000')
),
reasons AS (SELECT map(list(code), list(reason)) AS of_note FROM footnote_reason)
SELECT
    estimate.area_code,
    estimate.occupation_code,
    occupation_name,
    CASE WHEN v01 <> '-' THEN v01::DOUBLE END,
    CASE WHEN v01 = '-' THEN coalesce(of_note[f01], 'not_published') WHEN v01 IS NULL THEN 'not_published' END,
    CASE WHEN v02 <> '-' THEN v02::DOUBLE END,
    CASE WHEN v02 = '-' THEN coalesce(of_note[f02], 'not_published') WHEN v02 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f03] = 'top_coded' THEN $hourly_bound::DOUBLE WHEN v03 <> '-' THEN v03::DOUBLE END,
    CASE WHEN of_note[f03] = 'one_period_only' THEN 'annual_only' WHEN of_note[f03] = 'top_coded' THEN 'top_coded' WHEN v03 = '-' THEN coalesce(of_note[f03], 'not_published') WHEN v03 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f04] = 'top_coded' THEN $annual_bound::DOUBLE WHEN v04 <> '-' THEN v04::DOUBLE END,
    CASE WHEN of_note[f04] = 'one_period_only' THEN 'hourly_only' WHEN of_note[f04] = 'top_coded' THEN 'top_coded' WHEN v04 = '-' THEN coalesce(of_note[f04], 'not_published') WHEN v04 IS NULL THEN 'not_published' END,
    CASE WHEN v05 <> '-' THEN v05::DOUBLE END,
    CASE WHEN v05 = '-' THEN coalesce(of_note[f05], 'not_published') WHEN v05 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f06] = 'top_coded' THEN $hourly_bound::DOUBLE WHEN v06 <> '-' THEN v06::DOUBLE END,
    CASE WHEN of_note[f06] = 'one_period_only' THEN 'annual_only' WHEN of_note[f06] = 'top_coded' THEN 'top_coded' WHEN v06 = '-' THEN coalesce(of_note[f06], 'not_published') WHEN v06 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f07] = 'top_coded' THEN $hourly_bound::DOUBLE WHEN v07 <> '-' THEN v07::DOUBLE END,
    CASE WHEN of_note[f07] = 'one_period_only' THEN 'annual_only' WHEN of_note[f07] = 'top_coded' THEN 'top_coded' WHEN v07 = '-' THEN coalesce(of_note[f07], 'not_published') WHEN v07 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f08] = 'top_coded' THEN $hourly_bound::DOUBLE WHEN v08 <> '-' THEN v08::DOUBLE END,
    CASE WHEN of_note[f08] = 'one_period_only' THEN 'annual_only' WHEN of_note[f08] = 'top_coded' THEN 'top_coded' WHEN v08 = '-' THEN coalesce(of_note[f08], 'not_published') WHEN v08 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f09] = 'top_coded' THEN $hourly_bound::DOUBLE WHEN v09 <> '-' THEN v09::DOUBLE END,
    CASE WHEN of_note[f09] = 'one_period_only' THEN 'annual_only' WHEN of_note[f09] = 'top_coded' THEN 'top_coded' WHEN v09 = '-' THEN coalesce(of_note[f09], 'not_published') WHEN v09 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f10] = 'top_coded' THEN $hourly_bound::DOUBLE WHEN v10 <> '-' THEN v10::DOUBLE END,
    CASE WHEN of_note[f10] = 'one_period_only' THEN 'annual_only' WHEN of_note[f10] = 'top_coded' THEN 'top_coded' WHEN v10 = '-' THEN coalesce(of_note[f10], 'not_published') WHEN v10 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f11] = 'top_coded' THEN $annual_bound::DOUBLE WHEN v11 <> '-' THEN v11::DOUBLE END,
    CASE WHEN of_note[f11] = 'one_period_only' THEN 'hourly_only' WHEN of_note[f11] = 'top_coded' THEN 'top_coded' WHEN v11 = '-' THEN coalesce(of_note[f11], 'not_published') WHEN v11 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f12] = 'top_coded' THEN $annual_bound::DOUBLE WHEN v12 <> '-' THEN v12::DOUBLE END,
    CASE WHEN of_note[f12] = 'one_period_only' THEN 'hourly_only' WHEN of_note[f12] = 'top_coded' THEN 'top_coded' WHEN v12 = '-' THEN coalesce(of_note[f12], 'not_published') WHEN v12 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f13] = 'top_coded' THEN $annual_bound::DOUBLE WHEN v13 <> '-' THEN v13::DOUBLE END,
    CASE WHEN of_note[f13] = 'one_period_only' THEN 'hourly_only' WHEN of_note[f13] = 'top_coded' THEN 'top_coded' WHEN v13 = '-' THEN coalesce(of_note[f13], 'not_published') WHEN v13 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f14] = 'top_coded' THEN $annual_bound::DOUBLE WHEN v14 <> '-' THEN v14::DOUBLE END,
    CASE WHEN of_note[f14] = 'one_period_only' THEN 'hourly_only' WHEN of_note[f14] = 'top_coded' THEN 'top_coded' WHEN v14 = '-' THEN coalesce(of_note[f14], 'not_published') WHEN v14 IS NULL THEN 'not_published' END,
    CASE WHEN of_note[f15] = 'top_coded' THEN $annual_bound::DOUBLE WHEN v15 <> '-' THEN v15::DOUBLE END,
    CASE WHEN of_note[f15] = 'one_period_only' THEN 'hourly_only' WHEN of_note[f15] = 'top_coded' THEN 'top_coded' WHEN v15 = '-' THEN coalesce(of_note[f15], 'not_published') WHEN v15 IS NULL THEN 'not_published' END,
    CASE WHEN v16 <> '-' THEN v16::DOUBLE END,
    CASE WHEN v16 = '-' THEN coalesce(of_note[f16], 'not_published') WHEN v16 IS NULL THEN 'not_published' END,
    CASE WHEN v17 <> '-' THEN v17::DOUBLE END,
    CASE WHEN v17 = '-' THEN coalesce(of_note[f17], 'not_published') WHEN v17 IS NULL THEN 'not_published' END
FROM estimate, reasons
ORDER BY estimate.area_code, estimate.occupation_code
