"""The questions of the decisions room: about activities, decisions and proposals."""
