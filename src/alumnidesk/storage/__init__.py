"""The data file: one owner, one connection, labelled transactions, history, search, backups."""
