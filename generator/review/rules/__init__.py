"""Rules between fields: in one form for each meaning, and in words."""
