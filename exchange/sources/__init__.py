"""Other directories that speak HSDS: their pages or their package, shaped, matched, tried, taken over.

Rule: everything that is written goes through `exchange.importing`, so it is unchecked, members' alone and external, and
no person is overruled. What leaves the source is told and never taken off the map by itself.
"""
