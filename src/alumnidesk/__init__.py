"""AlumniDesk: contacts, events and letters of an association in one file on one computer."""

__version__ = "0.1.0"
