"""The pages of contracts: list, record, forms."""
