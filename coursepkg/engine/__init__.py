"""What the course computes, in NumPy alone: it knows no figures, no widgets and no chapters.

Start with `network.mlp`, `training.Trainer` and `optimisers`, or with `perceptron` and `logistic`; `activations`,
`losses`, `layers`, `initialisers` and `regularisers` are what networks are made of; `tape` and `derivatives` show and
check gradients; `landscapes`, `descent`, `newton` and `slices` are for seeing where descent goes; `linear` has the
closed forms, `datasets`, `preparation` and `metrics` the data's side.

Every module is one noun. Arrays of samples are (n, d): one sample a row. Letters are the book's: inputs x, weights W,
biases b, z = W a + b, a = g(z), loss L, step size η (`eta`).
"""
