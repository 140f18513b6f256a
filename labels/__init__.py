"""What people said: comments, labels, the files that hold them, the codebook."""
