"""Microsoft: the privacy dashboard (Edge, Bing) and tables of Outlook."""
