"""Reading a spreadsheet: what kind it is, its sheets and cells; days and values as people write them. Knows no database and no web."""
