"""The sample catalogue, from the files in fixtures/."""
