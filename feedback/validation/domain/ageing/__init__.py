"""What makes a verdict old: sensors notice it, a person opens a mini round or says why not."""
