"""What there is to see in a dataset: samples, averages, the typical and the unusual, a batch."""
