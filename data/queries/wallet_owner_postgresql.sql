-- One row per consenting person, those without a skill that counts too; as load_wallet_owners reads it from SQLite.
-- Parameters: salt.
COPY (
    SELECT DISTINCT encode(sha256(convert_to(person.id || %(salt)s, 'UTF8')), 'hex') AS owner
    FROM consent
    JOIN person ON person.id = consent.person_id
    WHERE consent.kind = 'regional' AND consent.withdrawn_at IS NULL AND person.active
) TO STDOUT (FORMAT csv)
