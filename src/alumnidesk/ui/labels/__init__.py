"""Labels and name badges: which sheet, from which label on, and the PDF."""
