"""The panel: who may be asked, who fits, what is missing, and a proposal for all of it at once."""
