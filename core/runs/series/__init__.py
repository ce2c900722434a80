"""Many runs that answer one question: repeats, sweeps and races, here or on a cluster."""
