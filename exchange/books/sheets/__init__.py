"""The workbook as a file: its columns and cells, read and written."""
