"""The gate: rules run over a corpus or over what a change brings, and what is done with what they find."""
