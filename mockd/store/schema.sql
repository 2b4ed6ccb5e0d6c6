-- The mutable state of one session. Times are milliseconds since 1970 in session time, money is in
-- 1e-8 EUR. Lookups go by rowid: a provider's message id is derived from the id of the first row of
-- its request, so no table needs an index for it.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- doc holds every attribute of an account but its balance, as the admin API shows them.
CREATE TABLE account (
    id         INTEGER PRIMARY KEY,
    realm      TEXT NOT NULL,
    key        TEXT NOT NULL,
    balance_e8 INTEGER NOT NULL,
    doc        TEXT NOT NULL,
    UNIQUE (realm, key)
) STRICT;

-- One row a recipient. batch is the id of the first row of the same request.
CREATE TABLE message (
    id           INTEGER PRIMARY KEY,
    batch        INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    provider     INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    flags        INTEGER NOT NULL,
    recipient    TEXT NOT NULL,
    sender       TEXT,
    text         TEXT,
    tag          TEXT,
    network      TEXT,
    url_dlr      TEXT,
    url_response TEXT,
    encoding     INTEGER NOT NULL,
    parts        INTEGER NOT NULL,
    cost_e8      INTEGER NOT NULL,
    created_ms   INTEGER NOT NULL,
    send_ms      INTEGER NOT NULL,
    final_ms     INTEGER NOT NULL,
    receipt      INTEGER NOT NULL,
    err_code     INTEGER NOT NULL,
    interim      INTEGER NOT NULL
) STRICT;

-- What waits for its hour.
CREATE INDEX message_waiting ON message (send_ms) WHERE send_ms > created_ms;

CREATE TABLE stop (
    id         INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    number     TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (account, number)
) STRICT;

PRAGMA user_version = 1;
PRAGMA application_id = 0x6D6F636B;
