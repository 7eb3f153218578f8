"""What reports hold of validation: materials and verdicts, the method, figures, recounting."""
