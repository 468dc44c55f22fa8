"""Knowledge: the policy hub's repository and its use, policy support, trainings, data assets."""
