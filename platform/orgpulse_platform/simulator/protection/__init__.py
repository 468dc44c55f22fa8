"""Data protection: the record of processing, guidance, requests of data subjects, breaches."""
