import pickle
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepkg.engine.activations import sigmoid
from coursepkg.engine.datasets import gate
from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.initialisers import INITIALISERS, normal
from coursepkg.engine.layers import Mode, Residual
from coursepkg.engine.network import Network, mlp
from coursepkg.engine.tape import tape


def data(seed, n, inputs, outputs, loss):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, inputs))
    if loss == "cross-entropy":
        return X, rng.integers(0, outputs, n)
    return X, rng.integers(0, 2, (n, outputs)) if loss.startswith("b") else rng.standard_normal((n, outputs))


@given(
    widths=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    g=st.sampled_from(["tanh", "sigmoid", "gelu", "softplus"]),
    loss=st.sampled_from(["squared error", "binary cross-entropy", "cross-entropy", "huber"]),
    batchnorm=st.booleans(),
    residual=st.booleans(),
    dropout=st.sampled_from([0.0, 0.4]),
    seed=st.integers(0, 10**6),
)
@settings(max_examples=40, deadline=None)
def test_gradient_against_central_differences(widths, g, loss, batchnorm, residual, dropout, seed):
    net = mlp(widths, g, dropout=dropout, batchnorm=batchnorm, residual=residual)
    X, y = data(seed, 7, widths[0], widths[-1], loss)
    theta = net.init(seed) + 0.1 * np.random.default_rng(seed).standard_normal(net.size)

    def oracle(theta):
        mode = Mode(train=dropout > 0, rng=np.random.default_rng(seed), running=net.running())
        return net.oracle(X, y, loss, mode)(theta)

    assert relative_error(oracle(theta)[1], numerical_gradient(lambda t: oracle(t)[0], theta, h=2e-6)) < 1e-6


@pytest.mark.parametrize("options", [{}, {"batchnorm": True}, {"residual": True, "output": "sigmoid"}])
def test_many_networks_at_once_are_each_of_them(options):
    net = mlp((3, 4, 4, 2), **options)
    X, y = data(0, 6, 3, 2, "squared error")
    theta = net.init(3, networks=(2, 3))
    assert theta.shape == (2, 3, net.size)
    out = net(theta, X)
    assert out.shape == (2, 3, 6, 2)
    L, dL = net.oracle(X, y, "squared error", Mode(running=net.running((2, 3))))(theta)
    for i in np.ndindex(2, 3):
        np.testing.assert_allclose(out[i], net(theta[i], X), rtol=1e-12)
        one = net.oracle(X, y, "squared error", Mode(running=net.running()))(theta[i])
        np.testing.assert_allclose(L[i], one[0], rtol=1e-12)
        np.testing.assert_allclose(dL[i], one[1], rtol=1e-10, atol=1e-14)


def test_views_write_through_and_count_as_the_page_does():
    net = mlp((35, 10, 2))
    assert net.size == 36 * 10 + 11 * 2 == 382
    theta = np.zeros((5, net.size))
    (W1, b1), (W2, b2) = net.views(theta)
    assert (W1.shape, b1.shape, W2.shape, b2.shape) == ((5, 10, 35), (5, 10), (5, 2, 10), (5, 2))
    W1 += 1
    b2 += 2
    assert theta.sum() == 5 * (350 + 2 * 2)
    assert net.is_weight.sum() == 350 + 20
    np.testing.assert_array_equal(theta[:, net.is_weight].sum(), 5 * 350)


def test_views_reach_into_residual_branches():
    net = mlp((3, 3, 3, 1), residual=True, batchnorm=True)
    assert [type(layer).__name__ for layer in net.layers] == ["Residual", "Residual", "Dense", "Activate"]
    theta = np.arange(float(net.size))
    shapes = [(W.shape, b.shape) for W, b in net.views(theta)]
    assert shapes == [((3, 3), (3,)), ((3, 3), (3,)), ((1, 3), (1,))]
    # After the first branch's 12 dense and 6 normalising parameters the second branch's W starts.
    assert net.views(theta)[1][0][0, 0] == 18
    trace = net.trace(theta / 100, np.ones((2, 3)))
    assert len(trace.z) == 3
    assert len(trace.a) == 4
    np.testing.assert_allclose(trace.a[1], trace.a[0] + np.tanh(trace.z[0]))
    np.testing.assert_allclose(trace.a[-1], net(theta / 100, np.ones((2, 3))))


def test_trace_is_the_recursion():
    net = mlp((3, 4, 2, 1), "sigmoid", output="tanh")
    X = data(1, 5, 3, 1, "squared error")[0]
    theta = net.init(2)
    trace = net.trace(theta, X)
    np.testing.assert_array_equal(trace.a[0], X)
    for l, (W, b) in enumerate(net.views(theta)):
        g = np.tanh if l == 2 else sigmoid
        np.testing.assert_allclose(trace.z[l], trace.a[l] @ W.T + b, rtol=1e-12)
        np.testing.assert_allclose(trace.a[l + 1], g(trace.z[l]), rtol=1e-12)
    np.testing.assert_array_equal(trace.a[-1], net(theta, X))


def test_a_linear_tower_is_one_affine_map():
    net = mlp((4, 7, 2, 5, 3), "identity")
    theta = net.init(1) + 0.1
    W_eff, b_eff = np.eye(4), np.zeros(4)
    for W, b in net.views(theta):
        W_eff, b_eff = W @ W_eff, W @ b_eff + b
    X = data(2, 20, 4, 3, "squared error")[0]
    np.testing.assert_allclose(net(theta, X), X @ W_eff.T + b_eff, atol=1e-12)
    assert np.linalg.matrix_rank(W_eff) == 2


def test_folding_the_plane_solves_xor():
    # y = relu(s) + v relu(s − θ), s = x₁ + x₂, v = −2, θ = 1.
    net = mlp((2, 2, 1), "relu")
    theta = np.array([1, 1, 1, 1, 0, -1, 1, -2, 0.0])
    X, y = gate("XOR")[:2]
    np.testing.assert_array_equal(net(theta, X)[:, 0], y)
    hidden = net.trace(theta, X).a[1]
    np.testing.assert_array_equal(hidden[1], hidden[2])
    design = np.column_stack([X, np.ones(4)])
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    assert np.mean(residual**2) == pytest.approx(0.25)


def test_constant_initialisation_keeps_hidden_units_equal():
    net = mlp((3, 4, 1))
    X, y = data(0, 6, 3, 1, "squared error")
    theta, oracle = np.full(net.size, 0.3), net.oracle(X, y, "squared error")
    for _ in range(20):
        theta = theta - 0.1 * oracle(theta)[1]
    W, _ = net.views(theta)[0]
    np.testing.assert_allclose(W, np.tile(W[0], (4, 1)), rtol=1e-12)
    assert np.ptp(W[0]) > 0.01


@pytest.mark.parametrize(("how", "variance"), [("glorot", 2 / 500), ("he", 2 / 300), (normal(0.2), 0.04), ("zero", 0)])
def test_initial_variances(how, variance):
    net = mlp((300, 200, 1))
    (W, b), _ = net.views(net.init(5, how))
    # 60,000 draws: the variance's relative standard error is about .6 %.
    assert W.var() == pytest.approx(variance, rel=0.03)
    assert not b.any()


def test_glorot_and_he_keep_the_signal_through_depth():
    X = np.random.default_rng(0).standard_normal((200, 100))
    for g, how in (("tanh", "glorot"), ("relu", "he")):
        net = mlp((100,) * 21, g)
        a = net.trace(net.init(1, how), X).a
        small = net.trace(net.init(1, normal(0.01)), X).a
        assert 0.1 < a[20].std() / a[1].std() < 2
        assert small[20].std() < 1e-10


def test_same_seed_same_bytes_and_networks_differ():
    net = mlp((2, 3, 1), batchnorm=True)
    assert net.init(4).tobytes() == net.init(4).tobytes() != net.init(5).tobytes()
    two = net.init(4, networks=(2,))
    np.testing.assert_array_equal(two[0], net.init(4))
    assert not np.array_equal(two[0], two[1])
    assert net.init(dtype=np.float32).dtype == np.float32
    assert list(INITIALISERS) == ["zero", "glorot", "he"]


def test_tape_is_the_gradient_and_the_formulas():
    net = mlp((2, 2, 1), "tanh", "sigmoid")
    theta, X, y = net.init(3), np.array([[0.5, -1.0], [1.0, 0.2]]), np.array([1.0, 0.0])
    steps = tape(net, theta, X, y, "squared error")
    value = {f"{s.symbol}{s.layer}": s.value for s in steps}
    assert len(steps) == 14
    assert [s.phase for s in steps] == ["forward"] * 6 + ["backward"] * 8
    L, dL = net.oracle(X, y, "squared error")(theta)
    assert value["L2"] == pytest.approx(L)
    np.testing.assert_array_equal(np.concatenate([value[k].ravel() for k in ("∂W1", "∂b1", "∂W2", "∂b2")]), dL)
    # δ² = (ŷ − y) ⊙ g′(z²), ∂W² = δ² a¹ᵀ, δ¹ = W²ᵀ δ² ⊙ g′(z¹), ∂W¹ = δ¹ xᵀ; the mean over samples divides by
    # n.
    (_, _), (W2, _) = net.views(theta)
    d2 = (value["a2"] - y) * value["a2"] * (1 - value["a2"]) / 2
    d1 = W2.T @ d2 * (1 - value["a1"] ** 2)
    np.testing.assert_allclose(value["∂z2"], d2)
    np.testing.assert_allclose(value["∂z1"], d1)
    np.testing.assert_allclose(value["∂W2"], d2 @ value["a1"].T)
    np.testing.assert_allclose(value["∂W1"], d1 @ X)
    np.testing.assert_allclose(value["∂b1"], d1.sum(axis=1))


def test_blame_for_the_input_zero_spares_the_first_weights():
    net = mlp((2, 2, 1), "tanh", "sigmoid")
    steps = tape(net, net.init(1), [[0.0, 0.0]], [1.0], "squared error")
    zero = {f"{s.symbol}{s.layer}" for s in steps if s.phase == "backward" and not s.value.any()}
    assert zero == {"∂W1", "∂W2"}  # with zero biases a⁽¹⁾ = tanh 0 = 0 too
    theta = net.init(1)
    net.views(theta)[0][1][:] = 0.5
    steps = tape(net, theta, [[0.0, 0.0]], [1.0], "squared error")
    zero = {f"{s.symbol}{s.layer}" for s in steps if s.phase == "backward" and not s.value.any()}
    assert zero == {"∂W1"}


def test_a_chain_of_two_sigmoids():
    # σ(σ(1)), weights 1, biases 0, target 0, loss ½ŷ².
    net = mlp((1, 1, 1), "sigmoid", "sigmoid")
    theta = np.array([1.0, 0, 1, 0])
    steps = {f"{s.symbol}{s.layer}": s.value for s in tape(net, theta, [[1.0]], [0.0], "squared error")}
    assert steps["∂W2"].item() == pytest.approx(0.108253, abs=5e-7)
    assert steps["∂W1"].item() == pytest.approx(0.029114, abs=5e-7)


def mazur():
    """The 2-2-2 example of Mazur (2015), "A step by step backpropagation example"; one bias a layer, kept
    fixed.
    """
    net = mlp((2, 2, 2), "sigmoid", "sigmoid")
    theta = np.array([0.15, 0.20, 0.25, 0.30, 0.35, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.60])
    return net, theta, net.oracle([[0.05, 0.10]], [[0.01, 0.99]], "squared error")


def test_mazurs_example():
    net, theta, oracle = mazur()
    assert oracle(theta)[0] == pytest.approx(0.298371109, abs=5e-10)
    for step in range(1, 10_001):
        theta = theta - 0.5 * oracle(theta)[1] * net.is_weight
        if step == 1:
            assert oracle(theta)[0] == pytest.approx(0.291027774, abs=5e-10)
            weights = [0.149780716, 0.19956143, 0.24975114, 0.29950229]
            np.testing.assert_allclose(theta[:4], weights, atol=5e-9)
            weights = [0.35891648, 0.408666186, 0.511301270, 0.561370121]
            np.testing.assert_allclose(theta[6:10], weights, atol=5e-9)
    assert oracle(theta)[0] == pytest.approx(3.5102e-05, abs=5e-10)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: mlp((3,)), r"at least the inputs and the outputs, but they are \(3,\)"),
        (lambda: mlp(()), "at least the inputs"),
        (lambda: mlp((3, 0, 1)), r"widths\[1\] must be a whole number >= 1, but it is 0"),
        (lambda: mlp((3, 2), output="sigmoyd"), "did you mean 'sigmoid'"),
        (lambda: mlp((3, 2, 1), dropout=1.0), r"dropout must be a number in \[0, 1\)"),
        (lambda: mlp((3, 2)).init(how="glorrot"), "did you mean 'glorot'"),
        (lambda: normal(-1), "s must be a finite number > 0"),
        (lambda: mlp((3, 2))(np.zeros(7), np.ones((1, 3))), r"theta must have shape \(…, 8\), but its shape is \(7,\)"),
        (lambda: mlp((3, 2))(np.zeros(8), np.ones((1, 2))), r"X must have shape \(n, 3\)"),
        (lambda: mlp((3, 2))(np.zeros(8), [[0, np.inf, 0]]), r"X\[0, 1\] is inf"),
        (lambda: mlp((1, 2)).oracle([[1.0]], [2], "cross-entropy"), r"labels from 0 to 1, but y\[0\] is 2"),
        (lambda: mlp((1, 1)).oracle([[1.0]], [1, 2], "squared error"), "y must have shape"),
        (lambda: tape(mlp((1, 1, 1), residual=True), np.zeros(4), [[1.0]], [1.0], "huber"), "dense and activation"),
    ],
)
def test_bad_input(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_network_is_data():
    assert mlp((2, 3, 1)) == mlp([2, 3, 1])
    assert hash(mlp((2, 3, 1))) == hash(mlp((2, 3, 1)))
    assert mlp((2, 3, 1)) != mlp((2, 3, 1), "relu")
    assert isinstance(mlp((2, 2, 2), residual=True).layers[0], Residual)
    assert isinstance(mlp((2, 1)), Network)
    net = mlp((2, 3, 1), "relu", batchnorm=True, residual=True)
    assert pickle.loads(pickle.dumps(net)) == net
    assert repr(mlp((2, 1), output="sigmoid")) == (
        "Network(layers=(Dense(inputs=2, outputs=1), Activate(g=activation('sigmoid'))))"
    )


@pytest.mark.parametrize("N", [1, 4, 32])
def test_relu_kinks_interpolate_any_function(N):
    # One hidden ReLU for each kink, its outgoing weight the change of slope there.
    f, bound = lambda x: np.sin(3 * x), 9 / (8 * N**2)  # |f″| ≤ 9 on [0, 1]
    knots = np.linspace(0, 1, N + 1)
    slopes = np.diff(f(knots)) * N
    net = mlp((1, N, 1), "relu")
    theta = np.zeros(net.size)
    (W1, b1), (W2, b2) = net.views(theta)
    W1[:], b1[:], W2[0], b2[0] = 1, -knots[:-1], np.diff(slopes, prepend=0), f(0.0)
    x = np.linspace(0, 1, 801)
    values = net(theta, x[:, None])[:, 0]
    np.testing.assert_allclose(values, np.interp(x, knots, f(knots)), atol=1e-12)
    assert np.abs(values - f(x)).max() <= bound


@pytest.mark.parametrize("depth", range(1, 7))
def test_tents_upon_tents_double_their_pieces(depth):
    # tent(x) = 2 relu(x) − 4 relu(x − ½); each layer folds once more with two units.
    net = mlp((1, *[2] * depth, 1), "relu")
    theta = np.zeros(net.size)
    for l, (W, b) in enumerate(net.views(theta)):
        tent = np.array([[1.0]]) if l == 0 else np.array([[2.0, -4.0]])
        W[...] = tent if l == depth else np.repeat(tent, 2, axis=0)
        b[...] = 0 if l == depth else [0, -0.5]
    x = np.arange(0, 2**10 + 1) / 2**10
    slopes = np.diff(net(theta, x[:, None])[:, 0])
    assert 1 + np.count_nonzero(np.diff(slopes)) == 2**depth


def test_a_tanh_net_has_many_equivalents():
    # Swapping hidden units or turning their signs changes no output: h! · 2ʰ parameter vectors, generically.
    net, X = mlp((2, 3, 1)), np.random.default_rng(0).standard_normal((9, 2))
    theta, same = net.init(1) + 0.1, set()
    for order in permutations(range(3)):
        for signs in product((1, -1), repeat=3):
            other = theta.copy()
            (W1, b1), (W2, _) = net.views(other)
            s = np.array(signs)
            W1[:], b1[:], W2[:] = (W1[list(order)].T * s).T, b1[list(order)] * s, W2[:, list(order)] * s
            np.testing.assert_allclose(net(other, X), net(theta, X), atol=1e-14)
            same.add(other.tobytes())
    assert len(same) == 6 * 8
