# The driver is a build of the standard library's module with another SQLite inside: its types are the same.
from sqlite3.dbapi2 import *
