"""The village register as a spreadsheet: guarded, read, checked, planned, written.

guard -> read -> check -> plan; `write` is the other way. The format is the import sheet of OpenSID,
the de-facto exchange format of village population data: 43 columns, one row a resident.
"""
