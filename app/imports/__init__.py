"""Import: a council's own list in, every row accounted for. Nothing here may load Flask: the reading child imports it."""
