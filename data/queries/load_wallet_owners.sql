-- One row per consenting person, those without a skill that counts too.
-- Parameters: $salt.
CREATE OR REPLACE TABLE memory.wallet_owner AS
SELECT DISTINCT sha256(person.id || $salt) AS owner
FROM people.consent
JOIN people.person ON person.id = consent.person_id
WHERE consent.kind = 'regional' AND consent.withdrawn_at IS NULL AND person.active = '1'
