"""Who may do what: written once as data, applied to Kafka and to the files of the state folder."""
