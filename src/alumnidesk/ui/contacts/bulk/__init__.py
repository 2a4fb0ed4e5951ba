"""The same change for many contacts."""
