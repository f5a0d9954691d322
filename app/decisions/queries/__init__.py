"""What the decisions room reads: proposals, activities, and what is forthcoming of both."""
