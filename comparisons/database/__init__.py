"""How the site talks to its database: with deadlines on this side of the network."""
