-- SPDX-License-Identifier: EUPL-1.2
-- What the authorization server must remember. Every secret (request_uri, code, refresh token) stands here as SHA-256.

-- Requests pushed and not yet opened by a browser: at most 90 seconds old.
CREATE TABLE pushed_request (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  content BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pushed_request_expires ON pushed_request (expires_at);

-- Codes: a used one stays until it can do no harm, so that its second use is seen.
CREATE TABLE authorization_code (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  grant_id TEXT NOT NULL,
  content BLOB NOT NULL,
  used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
  expires_at INTEGER NOT NULL,
  kept_until INTEGER NOT NULL CHECK (kept_until >= expires_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_code_kept ON authorization_code (kept_until);

-- Refresh tokens; idle_seconds 0 means that only expires_at ends it.
CREATE TABLE refresh_token (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  grant_id TEXT NOT NULL,
  code BLOB NOT NULL CHECK (length(code) = 32),
  content BLOB NOT NULL,
  used_at INTEGER NOT NULL,
  idle_seconds INTEGER NOT NULL CHECK (idle_seconds >= 0),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_grant ON refresh_token (grant_id);
CREATE INDEX refresh_token_code ON refresh_token (code);
CREATE INDEX refresh_token_expires ON refresh_token (expires_at);

-- jti values of client assertions and DPoP proofs: SHA-256 over kind, owner and jti; small and short-lived.
CREATE TABLE seen_once (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_once_until ON seen_once (until);
