"""What validation gives to spreadsheets."""
