"""What a person of the network keeps of the map for their work: selections, and searches that they follow.

Rule: ids and conditions, never words. Nothing here can say anything about whoever is helped.
"""
