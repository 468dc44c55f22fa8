"""What leaders open: a static site, made from a publication and from nothing else."""
