"""The sheet for a physiotherapist: facts from the records, as Markdown and as one HTML file."""
