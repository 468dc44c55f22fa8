"""The data map: the record of processing, made of contracts, lineage, indicators and exports."""
