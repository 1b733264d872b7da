"""Mail from any program: mailboxes (mbox), single messages (eml) and Apple's messages (emlx)."""
