-- case: a constraint goes
-- expect: drop-constraint warning 1:1
ALTER TABLE users DROP CONSTRAINT users_facility_fk;
-- case: a foreign key that is checked at once
-- expect: add-fk-validating warning 1:1
ALTER TABLE notes ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id);
-- case: a foreign key that is checked later
-- expect: none
ALTER TABLE notes ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
-- case: a foreign key with a new empty column
-- expect: none
ALTER TABLE notes ADD COLUMN user_id bigint REFERENCES users (id);
-- case: a foreign key with a new column that has a value
-- expect: add-fk-validating warning 1:1
ALTER TABLE notes ADD COLUMN user_id bigint DEFAULT 1 REFERENCES users (id);
-- case: a check that is made at once
-- expect: add-check-validating warning 1:1
ALTER TABLE notes ADD CONSTRAINT long CHECK (length(text) > 1);
-- case: a check that is made later
-- expect: none
ALTER TABLE notes ADD CONSTRAINT long CHECK (length(text) > 1) NOT VALID;
-- case: a check that is not enforced
-- expect: none
ALTER TABLE notes ADD CONSTRAINT long CHECK (length(text) > 1) NOT ENFORCED;
-- case: a check with a new column
-- expect: add-check-validating warning 1:1
ALTER TABLE notes ADD COLUMN size integer CHECK (size > 0);
-- case: validated in the file that adds it
-- expect: validate-in-same-transaction warning 2:1
ALTER TABLE notes ADD CONSTRAINT long CHECK (length(text) > 1) NOT VALID;
ALTER TABLE notes VALIDATE CONSTRAINT long;
-- case: validated in a later file
-- expect: none
-- before: ALTER TABLE notes ADD CONSTRAINT long CHECK (length(text) > 1) NOT VALID;
ALTER TABLE notes VALIDATE CONSTRAINT long;
-- case: a unique constraint that builds its index
-- expect: add-unique warning 1:1
ALTER TABLE users ADD CONSTRAINT email_key UNIQUE (email);
-- case: a unique constraint that takes an index
-- expect: none
ALTER TABLE users ADD CONSTRAINT email_key UNIQUE USING INDEX users_email;
-- case: a primary key that builds its index
-- expect: add-primary-key warning 1:1
ALTER TABLE users ADD PRIMARY KEY (id);
-- case: a primary key that takes an index
-- expect: none
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_id;
-- case: unique with a new column
-- expect: add-unique warning 1:1
ALTER TABLE users ADD COLUMN code text UNIQUE;
-- case: an exclusion
-- expect: exclusion-constraint warning 1:1
ALTER TABLE rooms ADD CONSTRAINT once EXCLUDE USING gist (room WITH =, during WITH &&);
-- case: two at once
-- expect: add-check-validating warning 1:1, add-unique warning 1:1
ALTER TABLE users ADD CHECK (age > 0), ADD UNIQUE (email);
-- case: constraints of a table of the same file
-- expect: none
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), code text UNIQUE, CHECK (id > 0));
ALTER TABLE notes ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE notes ADD UNIQUE (user_id);
-- case: constraints of a table that may be old
-- expect: add-unique warning 2:1
CREATE TABLE IF NOT EXISTS notes (id bigint);
ALTER TABLE notes ADD UNIQUE (id);
-- case: a check of a domain reads every table that uses it
-- expect: add-check-validating warning 1:1
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value ~ '@');
-- case: a check of a domain that reads nothing
-- expect: none
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value ~ '@') NOT VALID;
-- case: a domain loses what depends on its check
-- expect: drop-constraint warning 1:1
ALTER DOMAIN email DROP CONSTRAINT has_at;
-- case: NOT NULL of a domain reads every table that uses it
-- expect: set-not-null warning 1:1
ALTER DOMAIN email SET NOT NULL;
