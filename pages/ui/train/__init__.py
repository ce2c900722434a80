"""What only Train shows: settings, buttons, progress, and the closer looks at a run."""
