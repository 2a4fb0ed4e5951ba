"""Values and rules: what a contact, a name, an address or an event is, without any file, table or window."""
