"""What the register's pages read: one module a subject. Always ordered, never more than the reader may see."""
