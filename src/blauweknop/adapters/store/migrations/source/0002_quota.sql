-- SPDX-License-Identifier: EUPL-1.2
-- Which calendar periods of which granted lines were used up: inserted with the log record, so that of two deliveries
-- at the same moment one is refused (system.md 3.3). ``grant_rule`` = SHA-256 over grant and line: it names nobody.
CREATE TABLE quota (
  grant_rule BLOB NOT NULL CHECK (length(grant_rule) = 32),
  period TEXT NOT NULL,
  record INTEGER NOT NULL REFERENCES log_record (seq),
  PRIMARY KEY (grant_rule, period)
) STRICT, WITHOUT ROWID;
