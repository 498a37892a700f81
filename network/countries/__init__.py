"""What the law and the practice of a country are, by the word of two organisations, with dates. No screens.

`facts` is what people do, `transitions` which step may follow, `notices` what a coordinator announces for a whole
country; `publication` writes what readers get into the read model, in the same transaction.
"""
