"""The invented plans of samples/shapes: their words (`*.plan`) and how they become Word, PDF and text files."""
