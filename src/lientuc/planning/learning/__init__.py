"""What follow-ups teach about the use of training: priors from a study, units seen months later, the estimate of both."""
