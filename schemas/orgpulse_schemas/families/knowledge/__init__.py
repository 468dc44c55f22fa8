"""Knowledge: the policy repository and its use, policy support, trainings, data assets."""
