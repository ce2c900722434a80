"""What the app needs of the machine it runs on: folders, files written whole, heavy libraries."""
