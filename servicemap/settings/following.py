"""What rooms above or beside do when something happens in another one: names, so that none imports the other."""

__all__ = ["PUBLISHES_BESIDE", "STANDING_FOLLOWERS"]

#: When an organisation's standing changes: one handler for each room that has to do with it, in the same transaction.
STANDING_FOLLOWERS = ["verification.upkeep.standings.follow", "referrals.rounds.follow_standing"]
#: What rooms above verification publish, made anew with the directory.
PUBLISHES_BESIDE = ["network.countries.publication.publish_all"]
