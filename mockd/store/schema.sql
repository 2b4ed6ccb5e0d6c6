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

-- Who unsubscribed from an account's mails. Addresses differ by more than their capitals.
CREATE TABLE unsubscribe (
    id         INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    email      TEXT NOT NULL COLLATE NOCASE,
    created_ms INTEGER NOT NULL,
    UNIQUE (account, email)
) STRICT;

-- The names that audio files were given; one that has no row has its first name still.
CREATE TABLE audio_name (
    account INTEGER NOT NULL,
    token   TEXT NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (account, token)
) STRICT, WITHOUT ROWID;

-- An account with a parent. The wire token is made from the id, which is never given out twice.
CREATE TABLE subaccount (
    id         INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL UNIQUE,
    parent     INTEGER NOT NULL,
    type       TEXT NOT NULL,
    title      TEXT,
    is_buyer   INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_group (
    id         INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    name       TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- What a contact was never given is empty.
CREATE TABLE contact (
    id         INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    grp        INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    number     TEXT NOT NULL,
    firstname  TEXT NOT NULL,
    lastname   TEXT NOT NULL,
    date       TEXT NOT NULL,
    short_url  TEXT NOT NULL,
    url        TEXT NOT NULL,
    custom1    TEXT NOT NULL,
    custom2    TEXT NOT NULL,
    custom3    TEXT NOT NULL,
    custom4    TEXT NOT NULL,
    UNIQUE (grp, number)
) STRICT;

-- Where calls to a virtual number go. A number without a row forwards nothing.
CREATE TABLE callforward (
    account INTEGER NOT NULL,
    number  TEXT NOT NULL,
    type    INTEGER NOT NULL,
    param   TEXT NOT NULL,
    PRIMARY KEY (account, number)
) STRICT, WITHOUT ROWID;

-- Rented contacts. What state a rental is in follows from its times. fate: 0 it will be there,
-- 1 it fails and its price is still to be given back, 2 that was done; volumes: a line a locality.
CREATE TABLE rental (
    id           INTEGER PRIMARY KEY,
    account      INTEGER NOT NULL,
    sex          TEXT NOT NULL,
    min_age      INTEGER NOT NULL,
    max_age      INTEGER NOT NULL,
    department   TEXT,
    zipcode      TEXT,
    interest     TEXT,
    sub_interest TEXT,
    category     TEXT,
    volumes      TEXT NOT NULL,
    quantity     INTEGER NOT NULL,
    cost_e8      INTEGER NOT NULL,
    url          TEXT,
    created_ms   INTEGER NOT NULL,
    ready_ms     INTEGER NOT NULL,
    fate         INTEGER NOT NULL,
    downloaded   INTEGER NOT NULL
) STRICT;

CREATE INDEX rental_refund ON rental (ready_ms) WHERE fate = 1;

PRAGMA user_version = 1;
PRAGMA application_id = 0x6D6F636B;
