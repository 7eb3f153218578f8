"""Pictures of figures: plain values in, shapes out, each with the table it was drawn from."""
