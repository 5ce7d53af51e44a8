-- The labour-market database. Built whole to a new file, then put in place; never changed after.
-- What each column means, its unit and its source: data/sources/*.toml.

-- One row: which form of database this is, and which build.
CREATE TABLE build (schema_version INTEGER NOT NULL, build_id VARCHAR NOT NULL, built_at TIMESTAMP NOT NULL);

-- One row per release that was read.
CREATE TABLE source (
    id VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, publisher VARCHAR NOT NULL, release VARCHAR NOT NULL,
    licence VARCHAR NOT NULL, url VARCHAR NOT NULL, attribution VARCHAR NOT NULL,
    retrieved DATE, sha256 VARCHAR NOT NULL, rows BIGINT NOT NULL
);

-- One row per SOC major group.
CREATE TABLE job_family (code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL);

-- One row per O*NET-SOC occupation.
CREATE TABLE role (
    code VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, description VARCHAR NOT NULL,
    job_family VARCHAR NOT NULL, oews_code VARCHAR, oews_title VARCHAR, task_count INTEGER NOT NULL
);

-- One row per task of a role; two roles with the same task share its id.
CREATE TABLE task (id VARCHAR NOT NULL, role_code VARCHAR NOT NULL, text VARCHAR NOT NULL, position INTEGER NOT NULL);

-- One row per published skill statement.
CREATE TABLE skill (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, published_name VARCHAR NOT NULL, uri VARCHAR NOT NULL UNIQUE,
    vocabulary VARCHAR NOT NULL, kind VARCHAR NOT NULL, description VARCHAR NOT NULL
);

-- One row per label of a skill, the preferred one too; folded is what search compares.
CREATE TABLE skill_label (
    skill_id VARCHAR NOT NULL, label VARCHAR NOT NULL, language VARCHAR NOT NULL,
    preferred BOOLEAN NOT NULL, folded VARCHAR NOT NULL
);

-- One row per role, skill and facet.
CREATE TABLE requirement (
    role_code VARCHAR NOT NULL, skill_id VARCHAR NOT NULL, facet VARCHAR NOT NULL,
    importance DOUBLE NOT NULL, level DOUBLE, stderr DOUBLE, score DOUBLE
);

-- One row per task that calls for a requirement; position 0 is the strongest.
CREATE TABLE requirement_task (
    role_code VARCHAR NOT NULL, skill_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, position INTEGER NOT NULL
);

-- One row per decision of a county on what a role requires; skipped says why this release gave nothing to do.
CREATE TABLE correction (
    role_code VARCHAR NOT NULL, skill_uri VARCHAR NOT NULL, decision VARCHAR NOT NULL, task VARCHAR NOT NULL,
    core BOOLEAN NOT NULL, other_uri VARCHAR NOT NULL, reason VARCHAR NOT NULL, skipped VARCHAR
);

-- One row per ordered pair of kindred skills: other_id is <relation> than skill_id.
CREATE TABLE kin (skill_id VARCHAR NOT NULL, other_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, strength DOUBLE NOT NULL);

-- One row per role and one of the roles most like it; rank 1 is the closest.
CREATE TABLE role_similarity (
    role_code VARCHAR NOT NULL, other_code VARCHAR NOT NULL, score DOUBLE NOT NULL, rank INTEGER NOT NULL
);

-- One row per role and one of those whose requirements mean most nearly the same; rank 1 is the closest.
CREATE TABLE role_similarity_by_squares (
    role_code VARCHAR NOT NULL, other_code VARCHAR NOT NULL, score DOUBLE NOT NULL, rank INTEGER NOT NULL
);

-- One row per occupation that the survey of moves tells apart, and role in it; part is of the occupation's jobs.
CREATE TABLE survey_occupation (code VARCHAR NOT NULL, role_code VARCHAR NOT NULL, part DOUBLE NOT NULL);

-- One row per occupation left and one of those most likely entered, modelled; rank 1 is the likeliest. No share
-- where the survey counts both as one.
CREATE TABLE occupation_move (
    from_code VARCHAR NOT NULL, to_code VARCHAR NOT NULL, share DOUBLE, low DOUBLE, high DOUBLE,
    rank INTEGER NOT NULL
);

-- One row per role of a full O*NET release: its job zone, 1 to 5. Empty without one, as the next three.
CREATE TABLE role_job_zone (role_code VARCHAR NOT NULL, job_zone INTEGER NOT NULL);

-- One row per role and category of required education; share is 0-1 of respondents.
CREATE TABLE role_education (role_code VARCHAR NOT NULL, category INTEGER NOT NULL, name VARCHAR NOT NULL, share DOUBLE NOT NULL);

-- One row per role and interest (realistic, investigative, ...), score 1-7.
CREATE TABLE role_interest (role_code VARCHAR NOT NULL, interest VARCHAR NOT NULL, score DOUBLE NOT NULL);

-- One row per illustrative work activity of an interest.
CREATE TABLE interest_activity (interest VARCHAR NOT NULL, text VARCHAR NOT NULL, position INTEGER NOT NULL);

-- One row per projected occupation and area (the nation or a state). Empty where no projections are loaded.
CREATE TABLE projection (
    area_code VARCHAR NOT NULL, occupation_code VARCHAR NOT NULL, occupation_title VARCHAR NOT NULL,
    base_year INTEGER NOT NULL, target_year INTEGER NOT NULL,
    employment_base DOUBLE, employment_target DOUBLE, change_percent DOUBLE, openings DOUBLE,
    entry_education VARCHAR NOT NULL, experience VARCHAR NOT NULL, training VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL
);

-- One row per area with a regional price parity; 100 is the nation.
CREATE TABLE price_parity (area_code VARCHAR NOT NULL, year INTEGER NOT NULL, price_index DOUBLE NOT NULL);

-- One row per programme of a training-provider list.
CREATE TABLE program (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, provider VARCHAR NOT NULL, place VARCHAR NOT NULL,
    credential VARCHAR NOT NULL, url VARCHAR NOT NULL, cost DOUBLE, weeks DOUBLE, completion DOUBLE,
    employed DOUBLE, earnings DOUBLE
);

-- One row per programme and skill that it teaches.
CREATE TABLE program_skill (program_id VARCHAR NOT NULL, skill_id VARCHAR NOT NULL);

-- One row per programme and role that its list names it for; what it teaches is not said by that.
CREATE TABLE program_role (program_id VARCHAR NOT NULL, role_code VARCHAR NOT NULL);

-- One row per observed move between occupations, from a table that a county loaded.
CREATE TABLE observed_move (
    from_code VARCHAR NOT NULL, to_code VARCHAR NOT NULL, share DOUBLE NOT NULL, year VARCHAR NOT NULL
);

-- One row per everyday title of a role.
CREATE TABLE role_title (role_code VARCHAR NOT NULL, title VARCHAR NOT NULL, language VARCHAR NOT NULL);

-- One row per OEWS area and per county.
CREATE TABLE area (code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, state VARCHAR, oews_code VARCHAR);

-- One row per county: outline for the whole country, geometry for a state filling the picture.
CREATE TABLE county_shape (
    fips VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, state VARCHAR NOT NULL, outline VARCHAR NOT NULL, geometry VARCHAR NOT NULL
);

-- One row per OEWS occupation (detailed ones, and 00-0000 for all) and area, all industries together.
CREATE TABLE oews (
    area_code VARCHAR NOT NULL, occupation_code VARCHAR NOT NULL, occupation_title VARCHAR NOT NULL,
    employment DOUBLE, employment_note VARCHAR,
    employment_rse DOUBLE, employment_rse_note VARCHAR,
    hourly_mean DOUBLE, hourly_mean_note VARCHAR,
    annual_mean DOUBLE, annual_mean_note VARCHAR,
    wage_rse DOUBLE, wage_rse_note VARCHAR,
    hourly_p10 DOUBLE, hourly_p10_note VARCHAR,
    hourly_p25 DOUBLE, hourly_p25_note VARCHAR,
    hourly_p50 DOUBLE, hourly_p50_note VARCHAR,
    hourly_p75 DOUBLE, hourly_p75_note VARCHAR,
    hourly_p90 DOUBLE, hourly_p90_note VARCHAR,
    annual_p10 DOUBLE, annual_p10_note VARCHAR,
    annual_p25 DOUBLE, annual_p25_note VARCHAR,
    annual_p50 DOUBLE, annual_p50_note VARCHAR,
    annual_p75 DOUBLE, annual_p75_note VARCHAR,
    annual_p90 DOUBLE, annual_p90_note VARCHAR,
    jobs_per_1000 DOUBLE, jobs_per_1000_note VARCHAR,
    location_quotient DOUBLE, location_quotient_note VARCHAR
);

-- One row per NAICS sector that the OEWS release has the nation's occupations of. Empty where it has none, as the next.
CREATE TABLE sector (code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL);

-- One row per sector and OEWS occupation in the nation, 00-0000 for all of the sector. No area below the nation has any.
CREATE TABLE oews_sector (
    sector_code VARCHAR NOT NULL, occupation_code VARCHAR NOT NULL,
    employment DOUBLE, employment_note VARCHAR, employment_rse DOUBLE
);

-- One row per earlier OEWS release, area and occupation (00-0000 for all), all industries. Empty unless earlier ones are given.
CREATE TABLE oews_earlier (
    release VARCHAR NOT NULL, year INTEGER NOT NULL, area_code VARCHAR NOT NULL, occupation_code VARCHAR NOT NULL,
    employment DOUBLE, employment_note VARCHAR, employment_rse DOUBLE
);
