"""Long work in pages with a checkpoint: bulk runs, nightly work, delivery."""
