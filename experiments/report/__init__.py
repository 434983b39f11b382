"""The report of a comparison: one HTML file that opens offline and prints on A4, and its numbers as CSV and XLSX."""
