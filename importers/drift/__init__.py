"""What an archive has that its importer does not know, and what it lacks: names of fields, never a value.

While an importer reads a member, the bytes that pass are overheard (``ear``); from some of them the names of fields are
taken (``shapes``) and held against those that are known of this importer (``known``). What differs is a ``Drift``.
"""
