"""Import: a list comes in, every row accounted for. Nothing here may load Flask: the reading child imports it."""
