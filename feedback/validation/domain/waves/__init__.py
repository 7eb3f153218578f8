"""Further waves of a round: asked again beside the group's answer, as the frozen rule says."""
