"""What ends, may be extended and must be decided, quarter by quarter."""
