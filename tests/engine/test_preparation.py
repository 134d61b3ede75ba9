import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from coursepkg.engine.datasets import iris
from coursepkg.engine.preparation import normalise, split, standardise

DATA = iris()


@pytest.mark.parametrize(
    ("validation", "test", "sizes"), [(0.2, 0.2, (60, 20, 20)), (0, 0.333, (67, 0, 33)), (0, 0, (100, 0, 0))]
)
def test_a_split_shares_nothing_and_loses_nothing(validation, test, sizes):
    numbered = DATA._replace(X=np.arange(100.0)[:, None])
    parts = split(numbered, validation, test, seed=3)
    assert tuple(len(part.y) for part in parts) == sizes
    everything = np.concatenate([part.X[:, 0] for part in parts])
    np.testing.assert_array_equal(np.sort(everything), np.arange(100))
    assert not np.array_equal(everything, np.arange(100))
    for part in parts:
        np.testing.assert_array_equal(part.y, DATA.y[part.X[:, 0].astype(int)])
        assert part.names == DATA.names


def test_the_seed_decides():
    assert split(DATA, seed=1).train.X.tobytes() == split(DATA, seed=1).train.X.tobytes()
    assert split(DATA, seed=1).train.X.tobytes() != split(DATA, seed=2).train.X.tobytes()


@pytest.mark.parametrize(("ours", "theirs"), [(standardise, StandardScaler()), (normalise, MinMaxScaler())])
def test_scaling_remembers_its_fit(ours, theirs):
    train, new = DATA.X[:60], DATA.X[60:]
    scaling = ours(train)
    theirs.fit(train)
    np.testing.assert_allclose(scaling(train), theirs.transform(train), atol=1e-12)
    np.testing.assert_allclose(scaling(new), theirs.transform(new), atol=1e-12)
    np.testing.assert_allclose(scaling.undo(scaling(new)), new)


def test_a_constant_feature_keeps_its_scale():
    for scaling in (standardise([[3.0, 1], [3, 2]]), normalise([[3.0, 1], [3, 2]])):
        np.testing.assert_array_equal(scaling([[3.0, 1], [5, 1]])[:, 0], [0, 2])


def test_bad_input():
    with pytest.raises(ValueError, match="leave a sample to train on, but of 100 they take 60 and 40"):
        split(DATA, 0.6, 0.4)
    with pytest.raises(ValueError, match=r"validation must be a number in \[0, 1\)"):
        split(DATA, validation=1)
    with pytest.raises(ValueError, match="test must be"):
        split(DATA, test=-0.1)
    with pytest.raises(ValueError, match=r"X must have shape \(n, 2\)"):
        standardise(DATA.X)(DATA.X[:, :1])
    with pytest.raises(ValueError, match="X must be finite"):
        normalise([[np.nan]])
