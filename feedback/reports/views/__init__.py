"""The pages of the reports, a module for each noun."""
