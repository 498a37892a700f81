"""What rooms with pages share: requests, addresses, links, who asks."""
