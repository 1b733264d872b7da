"""Reading untrusted archives: one view over zip, tgz, folder, single file and sets of parts."""
