"""The record of processing: what each column is, why it is kept and for how long (docs/processing.md).

Rule: a column that no table here names fails the build. The page is generated from the models and these tables.
"""
