"""What the course computes, in NumPy alone: it knows no figures, no widgets and no chapters.

Every module is one noun. Arrays of samples are (n, d): one sample a row. Letters are the book's: inputs x, weights W,
biases b, z = W a + b, a = g(z), loss L, step size η (`eta`).
"""
