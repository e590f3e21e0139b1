"""Connections to the database, with deadlines on this side of the network."""
