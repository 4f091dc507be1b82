"""The workbook that brings a cooperative's paper books: its sheets and columns, cells, what is wrong, the legs."""
