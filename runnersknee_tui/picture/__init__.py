"""Pictures out of plain cells (character, foreground, background): raster, lettering, figures, charts."""
