"""Mail from any program: mailboxes (mbox), single messages (eml) and Apple's messages (emlx), and the purchases,
bookings, parcels, subscriptions and sign-ups that mails tell."""
