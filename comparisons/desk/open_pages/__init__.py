"""Who else has a form of the desk open."""
