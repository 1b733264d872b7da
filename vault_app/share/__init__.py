"""How chosen data leaves: targets, files, receipts."""
