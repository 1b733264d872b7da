"""Papers of French services that hand out documents only: bills, statements, notices."""
