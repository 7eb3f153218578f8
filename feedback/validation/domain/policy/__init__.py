"""The rules a verdict is given by: versions, their words and faults, what they make of a panel."""
