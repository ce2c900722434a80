"""The ten lessons, one module each, with a function `show`; what trains networks comes last."""
