"""What is read for publishing: the register's rows as they would be printed, and what was published."""
