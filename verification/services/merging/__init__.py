"""Two listings become one, and two again: the steps, the fields that are taken over, and what goes along."""
