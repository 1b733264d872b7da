-- What the vault must remember about its own files (see kept_keys.py, leftovers.py, verify.py and docs/vault-format.md).

-- Keys of an earlier data key that stay in use after a re-key: what was proven with them stays proven.
CREATE TABLE IF NOT EXISTS kept_key (
    use TEXT PRIMARY KEY,           -- object-id | ledger | digest
    key BLOB NOT NULL               -- 32 bytes, taken in place of the subkey of the data key
) WITHOUT ROWID;

-- Files that no row needs any more, or not yet: removed as soon as that is safe, at the latest at the next opening.
CREATE TABLE IF NOT EXISTS leftover (
    name TEXT PRIMARY KEY           -- a database's name, or packs/<32 hex digits>.pack
) WITHOUT ROWID;

-- The highest generation of the header that this database has seen; one row at most.
CREATE TABLE IF NOT EXISTS header_seen (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL
);
