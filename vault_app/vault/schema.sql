-- The data model of the vault. Times are whole microseconds since 1970, UTC, unless a column says otherwise.
-- `objects.sql` adds the tables of packs, objects and the ledger.

-- A service that archives come from.
CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- One archive brought in. Nothing of a running import is visible in density, item_text or statistics.
CREATE TABLE import (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    state    TEXT NOT NULL,             -- running | complete
    source   TEXT NOT NULL,             -- the service that most members come from
    name     TEXT NOT NULL,             -- file name of the archive, for display
    size     INTEGER NOT NULL,          -- bytes of all its parts
    digest   TEXT NOT NULL,             -- BLAKE2b-256 of its bytes, hex: knows the archive again
    started  INTEGER NOT NULL,
    finished INTEGER,                   -- null while running
    member   INTEGER NOT NULL DEFAULT -1,  -- where a resumed import goes on: member that was being read
    records  INTEGER NOT NULL DEFAULT 0,   -- and how many of its records are stored
    known    INTEGER NOT NULL DEFAULT 0,   -- records that the vault had already
    first    INTEGER,                   -- earliest start and latest end of what it brought; null: nothing dated yet
    last     INTEGER,
    content  BLOB,                      -- keyed digest of everything that it brought (see digests.py); null while running
    account  TEXT NOT NULL DEFAULT ''      -- JSON of the account, once complete
);

-- One file inside an archive, and what became of it.
CREATE TABLE member (
    import  INTEGER NOT NULL REFERENCES import(id),
    n       INTEGER NOT NULL,           -- place in the archive's list
    path    TEXT NOT NULL,              -- name inside the archive; data, never a path to open
    size    INTEGER NOT NULL,           -- bytes, -1 when the archive does not say
    outcome TEXT NOT NULL DEFAULT '',   -- read | skipped | kept | unknown; '' before its turn
    records INTEGER NOT NULL DEFAULT 0,
    why     TEXT NOT NULL DEFAULT '',   -- id of the reason of a skip
    PRIMARY KEY (import, n)
) WITHOUT ROWID;

-- Something that could not be read.
CREATE TABLE notice (
    id       INTEGER PRIMARY KEY,
    import   INTEGER NOT NULL REFERENCES import(id),
    member   INTEGER NOT NULL,          -- -1 for the archive
    position TEXT NOT NULL,
    reason   TEXT NOT NULL,             -- id of a sentence
    what     TEXT NOT NULL
);
CREATE INDEX notice_import ON notice(import);

-- One fact. id = day << 20 | n, where day is the days since 1970 of its start (UTC) and n counts within the day.
-- Undated facts have days from -1000000 downwards, facts of a day that is full from -2000000 downwards.
CREATE TABLE item (
    id        INTEGER PRIMARY KEY,
    kind      INTEGER NOT NULL,         -- place in importers.records.KINDS
    source    INTEGER NOT NULL REFERENCES source(id),
    import    INTEGER NOT NULL,         -- the import that brought it
    member    INTEGER NOT NULL,         -- its file in that archive
    start     INTEGER,                  -- null: undated
    "end"     INTEGER,                  -- null: an instant, or not said
    offset    INTEGER,                  -- minutes east of UTC as the archive writes it; null: not said
    precision INTEGER NOT NULL,         -- place in importers.records.PRECISIONS
    title     TEXT NOT NULL,
    text      TEXT NOT NULL,
    lat       REAL,                     -- degrees, WGS 84; null: no place
    lon       REAL,
    amount    TEXT NOT NULL,            -- decimal with a dot; '' for none
    currency  TEXT NOT NULL,
    details   TEXT NOT NULL,            -- JSON of every other field of the original; '' for none
    parties   TEXT NOT NULL             -- 'role:party,role:party', numbers of the table actor
);

-- How many ids of a day were given out; never given twice.
CREATE TABLE day_count (
    day INTEGER PRIMARY KEY,
    n   INTEGER NOT NULL
);

-- Identities: sorted 8-byte keys, 4-byte checks and ids of the items of one part of a block (see identity.py).
CREATE TABLE key_block (
    id     INTEGER PRIMARY KEY,         -- block << 12 | number of the part
    keys   BLOB NOT NULL,               -- uint64, little endian, ascending
    checks BLOB NOT NULL,               -- uint32 each
    ids    BLOB NOT NULL                -- int64 each
);

-- Ids that a batch of an import brought, and ids that it had too but others had brought: undo needs no index.
CREATE TABLE brought (
    import INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    source INTEGER NOT NULL,            -- of all these items
    ids    BLOB NOT NULL,               -- zlib of int64 differences
    kinds  BLOB NOT NULL,               -- zlib of one byte an id: its kind
    PRIMARY KEY (import, seq)
);
CREATE TABLE seen (
    import  INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    ids     BLOB NOT NULL,              -- zlib of int64 differences
    members BLOB NOT NULL,              -- zlib of uint32: the file of that import in which each stands
    PRIMARY KEY (import, seq)
);

-- Details that an import has for an item where they differ from those of the item: of a later archive that knows more.
CREATE TABLE added (
    item    INTEGER NOT NULL,
    import  INTEGER NOT NULL,
    details TEXT NOT NULL,              -- JSON, all of them; '' for none
    PRIMARY KEY (item, import)
) WITHOUT ROWID;
CREATE INDEX added_import ON added(import);

-- Somebody or something that items are about, as their archives name them.
CREATE TABLE actor (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    type  TEXT NOT NULL,                -- email, phone, user, url, meter, id; '' without a handle
    value TEXT NOT NULL,
    UNIQUE (name, type, value)
);
CREATE TABLE item_actor (
    actor INTEGER NOT NULL,
    item  INTEGER NOT NULL,
    PRIMARY KEY (actor, item)
) WITHOUT ROWID;

-- A party that an archive describes (a contact card), and the imports that have it.
CREATE TABLE party (
    id      INTEGER PRIMARY KEY,
    source  INTEGER NOT NULL,
    key     INTEGER NOT NULL,           -- identity: 8 bytes of the digest, as a signed number
    "check" INTEGER NOT NULL,           -- 4 more bytes
    name    TEXT NOT NULL,
    type    TEXT NOT NULL,              -- person, organisation, group, device
    handles TEXT NOT NULL,              -- JSON list of [type, value]
    details TEXT NOT NULL,
    UNIQUE (source, key, "check")
);
CREATE TABLE party_import (
    party  INTEGER NOT NULL,
    import INTEGER NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (party, import)
) WITHOUT ROWID;

-- How often each actor stands in the facts of a source. Equal keys mean one party, whatever the source: a person with
-- several names and addresses is found by them. Kept by completion and undo, never read from an archive (see acting.py).
CREATE TABLE acting (
    key    TEXT NOT NULL,               -- see party_keys.py: email:…, phone:+…, account:…, <source>:<type>:…
    actor  INTEGER NOT NULL,
    source INTEGER NOT NULL,
    n      INTEGER NOT NULL,            -- facts of complete imports, one or more
    met    INTEGER NOT NULL,            -- of these, those in which people meet: messages, calls, appointments
    PRIMARY KEY (key, actor, source)
) WITHOUT ROWID;
CREATE INDEX acting_actor ON acting(actor);

-- The keys that a party of a complete import names together: they are one party's. Kept like acting.
CREATE TABLE card_key (
    party INTEGER NOT NULL,
    key   TEXT NOT NULL,
    PRIMARY KEY (party, key)
) WITHOUT ROWID;
CREATE INDEX card_key_key ON card_key(key);

-- What the person said of two parties that no address or number ties together. Keys, so that it outlives every import.
CREATE TABLE same_party (
    id    INTEGER PRIMARY KEY,
    one   TEXT NOT NULL,                -- one < other
    other TEXT NOT NULL,
    same  INTEGER NOT NULL,             -- 1: one party; 0: two
    UNIQUE (one, other)
);
CREATE INDEX same_party_other ON same_party(other);

-- A series of one source: heart rate of one account, power of one meter.
CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    source    INTEGER NOT NULL,
    name      TEXT NOT NULL,
    unit      TEXT NOT NULL,
    subject   TEXT NOT NULL,            -- meter, device or account; '' when there is one only
    exclusive INTEGER NOT NULL,         -- 1: one value for each start, a later import corrects
    digest    BLOB NOT NULL DEFAULT (zeroblob(32)),  -- sum of the marks of its chunks, modulo 2**256, big-endian
    UNIQUE (source, name, unit, subject)
);

-- At most 4,096 samples of a series, sorted by start, packed by column (see chunks.py).
CREATE TABLE chunk (
    id      INTEGER PRIMARY KEY,
    series  INTEGER NOT NULL REFERENCES series(id),
    t0      INTEGER NOT NULL,           -- first and last start
    t1      INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    least   REAL,                       -- of the values; null without numbers
    most    REAL,
    total   REAL,
    content BLOB NOT NULL,              -- 16 bytes, equal for equal samples: a chunk that comes again is known by it
    imports BLOB NOT NULL,              -- the imports that have each sample
    mark    BLOB NOT NULL,              -- keyed BLAKE2b-256 of the row (see chunk_store.py)
    data    BLOB NOT NULL
);
CREATE INDEX chunk_time ON chunk(series, t0, t1);

-- How many samples an import brought to a series.
CREATE TABLE sampled (
    import INTEGER NOT NULL,
    series INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (import, series)
) WITHOUT ROWID;

-- Bytes kept whole. Small ones stand in `data`, others are objects in packs.
CREATE TABLE attachment (
    id         INTEGER PRIMARY KEY,
    import     INTEGER NOT NULL,
    member     INTEGER NOT NULL,
    item       INTEGER,                 -- null: kept without an item, or of a party
    party      INTEGER,
    name       TEXT NOT NULL,           -- for display only
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    object     INTEGER,                 -- number of the object; null for small ones
    data       BLOB
);
CREATE INDEX attachment_item ON attachment(item);
CREATE INDEX attachment_import ON attachment(import);
CREATE INDEX attachment_object ON attachment(object);

-- Facts by day, kind and source: what the timeline, facets and counters read. Kept by completion and undo.
CREATE TABLE density (
    day    INTEGER NOT NULL,
    kind   INTEGER NOT NULL,
    source INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (day, kind, source)
) WITHOUT ROWID;

-- Marks of the files in the watched folder that need not be told again (see told.py), oldest first.
CREATE TABLE told (
    n    INTEGER PRIMARY KEY,
    mark TEXT NOT NULL                  -- digest of name, size and time of change; says which archives a person had
);

-- Recipes that a person keeps for tables of no known service (see kept_recipes.py and docs/recipes.md).
CREATE TABLE recipe (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                 -- as the person calls it
    kept INTEGER NOT NULL,              -- when it was kept
    text TEXT NOT NULL                  -- TOML; names of columns, no row
);

-- What proves the full text: a mark of each segment of its index, and of what is not of one (see text_marks.py).
CREATE TABLE text_mark (
    segment INTEGER PRIMARY KEY,        -- number of the segment; 0: structure and settings
    "first" INTEGER NOT NULL,           -- its first and last page: ids of item_text_data
    "last"  INTEGER NOT NULL,
    ends    BLOB NOT NULL,              -- 16 bytes of a hash of these two rows: whether it is the same segment still
    mark    BLOB NOT NULL               -- keyed BLAKE2b-256 of all its rows
);

-- Full text of titles, texts and names, folded (see folding.py); newest first by rowid.
CREATE VIRTUAL TABLE item_text USING fts5(
    title, text, parties,
    content='', tokenize='unicode61 remove_diacritics 2', columnsize=0, prefix='3'
);
-- Filled in one pass at the end of an import: one large segment a pass, in pages that fit into one of the database.
INSERT INTO item_text (item_text, rank) VALUES ('hashsize', 67108864);
INSERT INTO item_text (item_text, rank) VALUES ('pgsz', 8000);
