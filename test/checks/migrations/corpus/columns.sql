-- case: an optional column
-- expect: none
ALTER TABLE users ADD COLUMN note text;
-- case: required without a default
-- expect: add-required-column error 1:1
ALTER TABLE users ADD COLUMN note text NOT NULL;
-- case: required with a constant
-- expect: none
ALTER TABLE users ADD COLUMN tries integer NOT NULL DEFAULT 0;
-- case: a default that is asked once
-- expect: none
ALTER TABLE users ADD COLUMN made timestamptz NOT NULL DEFAULT now();
-- case: CURRENT_TIMESTAMP is asked once too
-- expect: none
ALTER TABLE users ADD COLUMN made timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- case: a default for every row
-- expect: volatile-default warning 1:1
ALTER TABLE users ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid();
-- case: the clock moves
-- expect: volatile-default warning 1:1
ALTER TABLE users ADD COLUMN made timestamptz DEFAULT clock_timestamp();
-- case: a call inside of a call
-- expect: volatile-default warning 1:1
ALTER TABLE users ADD COLUMN code text DEFAULT upper(md5(random()::text));
-- case: a function that nobody knows
-- expect: volatile-default warning 1:1
ALTER TABLE users ADD COLUMN code text DEFAULT make_code();
-- case: a constant that is converted
-- expect: none
ALTER TABLE users ADD COLUMN settings jsonb NOT NULL DEFAULT '{}'::jsonb;
-- case: serial
-- expect: add-serial warning 1:1
ALTER TABLE users ADD COLUMN number bigserial;
-- case: identity
-- expect: add-identity warning 1:1
ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;
-- case: generated and stored
-- expect: add-generated-stored warning 1:1
ALTER TABLE users ADD COLUMN low text GENERATED ALWAYS AS (lower(name)) STORED;
-- case: generated and virtual
-- expect: none
ALTER TABLE users ADD COLUMN low text GENERATED ALWAYS AS (lower(name)) VIRTUAL;
-- case: a default for rows to come
-- expect: none
ALTER TABLE users ALTER COLUMN key SET DEFAULT gen_random_uuid();
-- case: a default goes
-- expect: drop-default warning 1:1
ALTER TABLE users ALTER COLUMN key DROP DEFAULT;
-- case: NULL is let in
-- expect: drop-not-null warning 1:1
ALTER TABLE users ALTER COLUMN name DROP NOT NULL;
-- case: NULL is shut out
-- expect: set-not-null warning 1:1
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: NULL is shut out after a proof of an earlier file
-- expect: none
-- before: ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT named;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: a proof that was never validated is none
-- expect: set-not-null warning 1:1
-- before: ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: a proof of another column is none
-- expect: set-not-null warning 1:1
-- before: ALTER TABLE users ADD CONSTRAINT named CHECK (email IS NOT NULL);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: a proof that was dropped is none
-- expect: set-not-null warning 1:1
-- before: ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL); ALTER TABLE users DROP CONSTRAINT named;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: a proof with more in it
-- expect: none
-- before: ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL AND length(name) > 1);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: a proof with an OR is none
-- expect: set-not-null warning 1:1
-- before: ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL OR draft);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
-- case: NOT NULL as a constraint that is valid later
-- expect: none
ALTER TABLE users ADD CONSTRAINT named NOT NULL name NOT VALID;
-- case: NOT NULL as a constraint that is valid at once
-- expect: set-not-null warning 1:1
ALTER TABLE users ADD CONSTRAINT named NOT NULL name;
-- case: a table of the same file
-- expect: none
CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ADD COLUMN text text NOT NULL;
ALTER TABLE notes ADD COLUMN key uuid DEFAULT gen_random_uuid();
ALTER TABLE notes ALTER COLUMN key SET NOT NULL;
-- case: a proof without a name was dropped by the name that the server gave it
-- expect: set-not-null warning 1:1
-- before: ALTER TABLE users ADD CHECK (email IS NOT NULL); ALTER TABLE users DROP CONSTRAINT users_email_check;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
