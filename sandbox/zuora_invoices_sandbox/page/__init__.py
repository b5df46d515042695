"""The page to look at a sandbox with: its files, and the routes that tell it what there is."""
