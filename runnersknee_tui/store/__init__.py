"""Everything that reads or writes the disk of the person who trains."""
