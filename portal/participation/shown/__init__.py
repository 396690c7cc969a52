"""What the public pages show of a computed ladder: the scale's words, the findings and the facts behind them put together. Plain values."""
