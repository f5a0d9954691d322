"""What people do with the register: one module a subject. Commands add and change, and never commit."""
