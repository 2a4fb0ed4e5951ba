"""A printed directory: what stands in it, in which order, and who is left out and why."""
