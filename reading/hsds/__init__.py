"""The same listings in the words of Open Referral: HSDS 3.1 as JSON and as a tabular package (docs/standards.md)."""
