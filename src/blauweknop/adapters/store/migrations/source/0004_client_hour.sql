-- SPDX-License-Identifier: EUPL-1.2
-- How many deliveries of own access an app has had in the hour that runs: counted with the log record, so that of many
-- at the same moment no more pass than the source gives one app. ``hour``: hours since 1970, UTC; it names no citizen.
CREATE TABLE client_hour (
  client TEXT NOT NULL,
  hour INTEGER NOT NULL,
  taken INTEGER NOT NULL CHECK (taken > 0),
  PRIMARY KEY (client, hour)
) STRICT, WITHOUT ROWID;
