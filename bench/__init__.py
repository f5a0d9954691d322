"""What the register costs, each figure beside a floor measured in the same run: ratios travel, seconds do not."""
