"""Time limits: which, of what, how far off or apart, and how they were put off."""
