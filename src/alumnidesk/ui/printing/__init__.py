"""From a PDF to paper: a look at it first, then a printer, a file or the system's own viewer."""
