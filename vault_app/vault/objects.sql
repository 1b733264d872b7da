-- Attachments of 32 KiB or more, kept in encrypted pack files (see packs.py, objects.py and docs/vault-format.md).
-- Rows of these tables are committed only after `PackStore.seal()`: packs synced, renamed, folder synced.

-- One pack file `packs/<id in hex>.pack`. Immutable: a row never changes, it is added and removed.
CREATE TABLE pack (
    n      INTEGER PRIMARY KEY,     -- running number inside this vault, used by the tables below
    id     BLOB NOT NULL UNIQUE,    -- 16 random bytes: the file's name, and part of what each piece is bound to
    length INTEGER NOT NULL,        -- bytes of the file
    hash   BLOB NOT NULL            -- keyed BLAKE2b-256 of all bytes of the file, subkey `digest`
);

-- One object: the bytes of one or more equal attachments, stored once.
CREATE TABLE object (
    n      INTEGER PRIMARY KEY,     -- running number inside this vault: what attachments refer to
    id     BLOB NOT NULL UNIQUE,    -- keyed BLAKE2b-256 of the plaintext, subkey `object-id`
    key    BLOB NOT NULL,           -- 32 random bytes, used for this object alone; deleting them forgets the object
    length INTEGER NOT NULL         -- bytes of the plaintext
);

-- Where an object lies: one row a pack that it runs through, in order.
CREATE TABLE extent (
    object INTEGER NOT NULL REFERENCES object(n) ON DELETE CASCADE,
    part   INTEGER NOT NULL,        -- 0, 1, 2, ... in the order of the plaintext
    pack   INTEGER NOT NULL REFERENCES pack(n),
    offset INTEGER NOT NULL,        -- bytes from the start of the pack file to the first piece of this part
    pieces INTEGER NOT NULL,        -- whole pieces of 65,552 bytes in this part; the last piece of an object may be shorter
    PRIMARY KEY (object, part)
) WITHOUT ROWID;
CREATE INDEX extent_pack ON extent(pack);

-- The ledger: what was done to the vault, each line chained to the one before (see ledger.py).
CREATE TABLE ledger (
    n      INTEGER PRIMARY KEY,     -- 1, 2, 3, ... without a gap
    time   INTEGER NOT NULL,        -- microseconds since 1970 UTC by this computer's clock: a label, not an order
    op     TEXT NOT NULL,           -- what was done, see ledger.Op
    detail TEXT NOT NULL,           -- canonical JSON object; what it holds depends on op
    mac    BLOB NOT NULL            -- HMAC-SHA-256(subkey `ledger`, mac of line n-1 + canonical JSON [n, time, op, detail])
);
