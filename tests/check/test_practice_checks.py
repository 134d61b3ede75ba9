"""The practice tasks: every check takes right answers of any form and has words of its own for each known mistake.

A wrong answer here is the right one with a change that a student makes; the right ones are each exercise's solution.
"""

from math import ceil, cos, exp, log, pi

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.signal import correlate2d

from coursepkg.engine.optimisers import Momentum
from coursepkg.engine.preparation import standardise
from tests.check.judging import UNKNOWN, constant, said


def ball(w, last, g, eta, beta, *, sign=-1, pull=1, share=1.0, of="way", leads=True):
    before = {"way": w - last, "place": last}[of]
    return leads * w + sign * share * eta * g + pull * beta * before


def best(mu, L, eta=lambda s, l: (2 / (s + l)) ** 2, beta=lambda k: ((k - 1) / (k + 1)) ** 2):
    return eta(mu**0.5, L**0.5), beta((L / mu) ** 0.5)


def kappa(H):
    e = np.linalg.eigvalsh(H)
    return e[-1] / e[0]


def halving(f, x, g, p, c, *, t=1.0, way=1, last=0, extra=1.0):
    before = 2 * t
    while f(x + way * t * p) > f(x) + c * t * (g @ p):
        t, before = t / 2, t
    return (before if last else t) * extra


def patient(f, x, g, p):
    """Halve until the ground keeps all that the slope promised, or nothing is left."""
    t = 1.0
    while f(x + t * p) > f(x) + t * (g @ p) and t > 1e-12:
        t /= 2
    return t


def first(norm, tie=False, found=lambda k: k, never=-1):
    def stop(G, tol):
        for k, gradient in enumerate(G):
            if norm(gradient) < tol or (tie and np.isclose(norm(gradient), tol)):
                return found(k)
        return never if isinstance(never, int) else len(G)

    return stop


def late(G, tol):
    return int(np.append(-1, np.flatnonzero(np.linalg.norm(G, axis=1) < tol))[-1])


def scatter(eta, variance, B, t, *, power=2, keep=True, more=0):
    V = 0.0
    for _ in range(t + more):
        V = keep * (1 - eta) ** power * V + eta**2 * variance / B
    return V


def balance(eta, variance, B, t=None):
    return eta * variance / (2 - eta) / B


def rms(gradient, x, eta, rho, eps, steps, **slip):
    v = np.zeros(len(x))
    for t in range(1, steps + 1):
        g = gradient(x)
        v = slip.get("old", rho) * v + slip.get("new", 1 - rho) * g * g
        seen = v / (1 - rho**t) if slip.get("hat") else v
        below = np.sqrt(seen + eps) if slip.get("inside") else seen ** slip.get("power", 0.5) + eps
        x = x - slip.get("sign", 1) * eta * (1 if slip.get("bare") else g) / below
        if slip.get("early"):
            break
    return x


def with_slip(f, **slip):
    return lambda *args: f(*args, **slip)


def stopping(losses, patience, *, wait=0, tie=False, answer=lambda best, last, losses: (best, last)):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best] or (tie and loss == losses[best]):
            best = epoch
        if epoch - best == patience + wait:
            return answer(best, epoch, losses)
    return answer(best, len(losses) - 1, losses)


def rises(losses, patience):
    worse = 0
    for epoch in range(1, len(losses)):
        worse = worse + 1 if losses[epoch] >= losses[epoch - 1] else 0
        if worse == patience:
            return int(np.argmin(losses[: epoch + 1])), epoch
    return int(np.argmin(losses)), len(losses) - 1


def learnt(eta, h, t):
    return 1 - (1 - eta * h) ** t


def normal(Z, gamma, beta, eps, *, axis=0, ddof=0, outside=False, power=0.5, scale=True, shift=True, inner=False):
    mean, variance = Z.mean(axis=axis, keepdims=True), Z.var(axis=axis, ddof=ddof, keepdims=True)
    below = variance**0.5 + eps if outside else (variance + eps) ** power
    out = (Z - mean) / below
    if inner:
        return gamma * (out + beta)
    return (gamma if scale else 1) * out + shift * beta


def running(start, batches, rho, *, ddof=1, old=None, only=slice(None)):
    for batch in batches[only]:
        start = (1 - rho) * start + rho * batch.var(ddof=ddof)
    return start


def foot(p, a, c, *, size=lambda a: a @ a, sign=-1):
    return p + sign * (a @ p - c) / size(a) * a


def shadow(p, a, c, *, least=0.0, size=lambda a: a @ a, sign=1):
    return max(least, sign * (c - a @ p) / size(a))


def slopes(x, knots, weights, *, sign=1, kink=1.0):
    slope, width = sign * np.sum(weights * np.sign(x - knots)), kink * np.sum(weights[knots == x])
    return slope - width, slope + width


def off(w, g, lam, *, sign=1):
    return np.where(w == 0, np.maximum(np.abs(g) - lam, 0), np.abs(g + sign * lam * np.sign(w)))


def kind(H):
    e = np.linalg.eigvalsh(H)
    if e[0] < -1e-9 and e[-1] > 1e-9:
        return "saddle"
    return "open" if np.abs(e).min() < 1e-9 else "minimum" if e[0] > 0 else "maximum"


def by_diagonal(H):
    d = np.diag(H)
    return "minimum" if (d > 0).all() else "maximum" if (d < 0).all() else kind(H)


def by_determinant(H):
    det = np.linalg.det(H)
    if abs(det) < 1e-6:
        return "open" if kind(H) != "saddle" else "saddle"
    if det < 0:
        return "saddle"
    return by_diagonal(H) if kind(H) == "saddle" else kind(H)


def flat_first(H):
    return "open" if np.abs(np.linalg.eigvalsh(H)).min() < 1e-9 else kind(H)


def flat_never(H):
    e = np.linalg.eigvalsh(H)
    return "saddle" if e[0] < -1e-9 and e[-1] > 1e-9 else "minimum" if e[-1] > 1e-9 else "maximum"


def escape(mu, eta, start, far, *, growth=lambda m, e: 1 + e * m):
    return log(far / start) / log(growth(mu, eta))


def root(mu, eta, beta, sign=1):
    s = (1 + eta * mu + beta) / 2
    return s + sign * (s * s - beta) ** 0.5


def slide(x, w, b, *, turn=lambda w: w, bias=1.0, then=lambda z: z):
    return then(correlate2d(x, turn(w), mode="valid") + bias * b)


def places(n, k, padding, stride):
    return (n + 2 * padding - k) // stride + 1


RIGHT = {
    "ball_step": ball,
    "ball_constants": best,
    "standardised": lambda X, new: standardise(X)(new),
    "scaled_condition": lambda H, s: kappa(H / np.outer(s, s)),
    "backtrack": halving,
    "first_flat": first(np.linalg.norm),
    "steps_to": lambda rate, share: ceil(log(share) / log(rate)),
    "ball_variance": balance,
    "ball_after": scatter,
    "stairs": lambda eta, factor, every, t: eta * factor ** ((t - 1) // every),
    "half_cosine": lambda eta, steps, t: eta * (1 + cos(pi * (t - 1) / steps)) / 2,
    "rmsprop_length": lambda eta, rho, t: eta / (1 - rho**t) ** 0.5,
    "rmsprop": rms,
    "patience": stopping,
    "reached_share": learnt,
    "matching_ridge": lambda eta, h, t: h * (1 - learnt(eta, h, t)) / learnt(eta, h, t),
    "batch_norm": normal,
    "running_variance": running,
    "nearest_on_line": foot,
    "price": shadow,
    "subgradient_range": slopes,
    "lasso_off": off,
    "kind_of": kind,
    "escape_steps": lambda *case: ceil(escape(*case)),
    "ball_escape": root,
    "minimum_sharpness": lambda a: a**2 + a**-2,
    "widest_balance": lambda eta: (1 / eta + (1 / eta**2 - 1) ** 0.5) ** 0.5,
    "convolved": slide,
    "map_size": places,
    "kernel_parameters": lambda maps, kernels, k: kernels * (maps * k * k + 1),
}


def norm(g):
    return np.linalg.norm(g)


WRONG = {
    "ball_step": {
        "forgets": (with_slip(ball, pull=0), "the ball forgets"),
        "pulled back": (with_slip(ball, pull=-1), "Your ball is pulled back"),
        "uphill": (with_slip(ball, sign=1), "That goes uphill"),
        "displacement": (with_slip(ball, leads=False), "asked is where it leads"),
        "place": (with_slip(ball, of="place"), "not the last place"),
        "average": (
            lambda w, last, g, eta, beta: ball(w, last, g, eta, beta, share=1 - beta),
            "takes the whole gradient",
        ),
        "other": (lambda w, last, g, eta, beta: w + 7, UNKNOWN),
        "number": (constant(1.0), "an array of shape (2,)"),
    },
    "ball_constants": {
        "descent's": (lambda mu, L: (2 / (mu + L), best(mu, L)[1]), "the best without memory"),
        "rate": (lambda mu, L: best(mu, L, beta=lambda k: (k - 1) / (k + 1)), "That β is the rate itself"),
        "κ": (
            lambda mu, L: best(mu, L, beta=lambda k: ((k * k - 1) / (k * k + 1)) ** 2),
            "has κ where its root belongs",
        ),
        "root": (lambda mu, L: best(mu, L, eta=lambda s, l: 2 / (s + l)), "Your η is the root"),
        "swapped": (lambda mu, L: best(mu, L)[::-1], "the wrong way round"),
        "other": (constant((7.0, 7.0)), UNKNOWN),
        "one": (constant(7.0), "2 finite numbers"),
    },
    "standardised": {
        "own": (lambda X, new: standardise(new)(new) if len(new) > 1 else new, "by their own mean and spread"),
        "no mean": (lambda X, new: new / X.std(axis=0), "The mean is not taken off"),
        "no spread": (lambda X, new: new - X.mean(axis=0), "The spread is not divided out"),
        "variance": (lambda X, new: (new - X.mean(axis=0)) / X.var(axis=0), "You divide by the variance"),
        "all at once": (lambda X, new: (new - X.mean()) / X.std(), "One mean and one spread for all"),
        "order": (lambda X, new: new / X.std(axis=0) - X.mean(axis=0), "subtracted after the division"),
        "other": (lambda X, new: new * 0 + 7, UNKNOWN),
    },
    "scaled_condition": {
        "before": (lambda H, s: kappa(H), "That is κ before the scaling"),
        "multiplied": (lambda H, s: kappa(H * np.outer(s, s)), "You multiplied by the spreads"),
        "once": (lambda H, s: np.linalg.cond(H / s), "is divided twice"),
        "upside down": (lambda H, s: 1 / kappa(H / np.outer(s, s)), "You have it upside down"),
        "square": (lambda H, s: kappa(H / np.outer(s, s)) ** 2, "That is κ²"),
        "diagonal": (lambda H, s: max(np.diag(H) / s**2) / min(np.diag(H) / s**2), "The diagonal is not enough"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "backtrack": {
        "whole": (lambda *_: 1.0, "which is too long here"),
        "any decrease": (lambda f, x, g, p, c: halving(f, x, g, p, 0.0), "Any decrease contents you"),
        "all of it": (lambda f, x, g, p, c: patient(f, x, g, p), "You ask for all"),
        "too often": (with_slip(halving, extra=0.5), "You halve once too often"),
        "from a half": (with_slip(halving, t=0.5), "is to be tried first"),
        "last that failed": (with_slip(halving, last=1), "the last t which failed"),
        "other": (constant(0.3), UNKNOWN),
    },
    "first_flat": {
        "largest": (first(lambda g: np.abs(g).max()), "You look at the largest component"),
        "smallest": (first(lambda g: np.abs(g).min()), "One small component"),
        "square": (first(lambda g: g @ g), "That is the square of the norm"),
        "sum": (first(np.sum), "cancel in a sum"),
        "from 1": (first(norm, found=lambda k: k + 1), "Steps are counted from 0"),
        "tie": (first(norm, tie=True), "is not below it"),
        "last": (late, "That is the last such step"),
        "never": (first(norm, never="end"), "the run never stops"),
        "float": (lambda G, tol: float(first(norm)(G, tol)), "an integer"),
        "other": (constant(77), UNKNOWN),
    },
    "steps_to": {
        "down": (lambda rate, share: int(log(share) / log(rate)), "still above the share"),
        "one more": (lambda rate, share: ceil(log(share) / log(rate)) + 1, "One step fewer"),
        "1/e": (lambda rate, share: ceil(1 / (1 - rate)), "a share of about 1/e"),
        "line": (lambda rate, share: ceil((1 - share) / (1 - rate)), "not diminished by a fixed amount"),
        "float": (lambda rate, share: float(ceil(log(share) / log(rate))), "an integer, 691, not 691.0"),
        "other": (constant(7), UNKNOWN),
    },
    "ball_variance": {
        "small": (lambda eta, variance, B: eta * variance / 2 / B, "for small η alone"),
        "no batch": (lambda eta, variance, B: balance(eta, variance, 1), "The batch is missing"),
        "deviation": (lambda eta, variance, B: balance(eta, variance, B) ** 0.5, "That is the standard deviation"),
        "one step": (lambda eta, variance, B: eta**2 * variance / B, "that one step adds"),
        "not squared": (lambda eta, variance, B: eta * variance / B, "not 1 − η"),
        "squared": (lambda eta, variance, B: balance(eta, variance**2, B), "given the variance σ² already"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "ball_after": {
        "end": (balance, "That is where it ends up"),
        "adds up": (with_slip(scatter, power=0), "also shrinks what is there"),
        "not squared": (
            lambda eta, variance, B, t: balance(eta, variance, B) * (1 - (1 - eta) ** t),
            "variances by its square",
        ),
        "too few": (with_slip(scatter, more=-1), "one step too few"),
        "too many": (with_slip(scatter, more=1), "one step too many"),
        "no batch": (lambda eta, variance, B, t: scatter(eta, variance, 1, t), "The batch is missing"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "stairs": {
        "short": (lambda eta, factor, every, t: eta * factor ** (t // every), "one step short"),
        "slide": (lambda eta, factor, every, t: eta * factor ** ((t - 1) / every), "slides down a little"),
        "times": (
            lambda eta, factor, every, t: eta * factor * ((t - 1) // every),
            "by the factor once more",
        ),
        "upwards": (lambda eta, factor, every, t: eta / factor ** ((t - 1) // every), "lead upwards"),
        "once": (lambda eta, factor, every, t: eta * factor if t > every else eta, "Yours drops once"),
        "never": (lambda eta, factor, every, t: eta, "Yours never drops"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "half_cosine": {
        "ahead": (lambda eta, steps, t: eta * (1 + cos(pi * t / steps)) / 2, "one step ahead"),
        "twice": (lambda eta, steps, t: eta * (1 + cos(pi * (t - 1) / steps)), "begins at 2η"),
        "below": (lambda eta, steps, t: eta * cos(pi * (t - 1) / steps), "falls below 0"),
        "whole": (lambda eta, steps, t: eta * (1 + cos(2 * pi * (t - 1) / steps)) / 2, "a whole wave"),
        "quarter": (lambda eta, steps, t: eta * cos(pi / 2 * (t - 1) / steps), "A quarter of a wave"),
        "degrees": (lambda eta, steps, t: eta * (1 + cos(180 * (t - 1) / steps)) / 2, "takes radians"),
        "line": (lambda eta, steps, t: eta * (1 - (t - 1) / steps), "falls along a line"),
        "sine": (lambda eta, steps, t: eta * (1 + np.sin(pi * (t - 1) / steps)) / 2, "The sine begins in the middle"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "rmsprop_length": {
        "limit": (lambda eta, rho, t: eta, "what it tends to"),
        "no root": (lambda eta, rho, t: eta / (1 - rho**t), "The root is missing"),
        "times": (lambda eta, rho, t: eta * (1 - rho**t) ** 0.5, "makes a long step"),
        "first": (lambda eta, rho, t: eta / (1 - rho) ** 0.5, "the first step, whatever t is"),
        "late": (lambda eta, rho, t: eta / (1 - rho ** (t + 1)) ** 0.5, "one step too late"),
        "early": (lambda eta, rho, t: eta / (1 - rho ** max(t - 1, 0.1)) ** 0.5, UNKNOWN),
        "AdaGrad": (lambda eta, rho, t: eta / (t if t > 1 else 1 - rho) ** 0.5, "never forgets"),
    },
    "rmsprop": {
        "sum": (with_slip(rms, old=1, new=1), "v averages, and forgets"),
        "all": (with_slip(rms, new=1), "takes the share 1 − ρ"),
        "hat": (with_slip(rms, hat=True), "RMSProp has no hat"),
        "no root": (with_slip(rms, power=1), "divides by the root of v"),
        "inside": (with_slip(rms, inside=True), "yours is under it"),
        "uphill": (with_slip(rms, sign=-1), "goes against the gradient"),
        "early": (with_slip(rms, early=True), "after the first step"),
        "bare": (with_slip(rms, bare=True), "numerator is g"),
        "other": (lambda gradient, x, *rest: x, UNKNOWN),
    },
    "patience": {
        "lowest": (
            with_slip(stopping, answer=lambda best, last, losses: (int(np.argmin(losses)), last)),
            "nobody has seen it",
        ),
        "never": (lambda losses, patience: (int(np.argmin(losses)), len(losses) - 1), "never stops before the end"),
        "last": (with_slip(stopping, answer=lambda best, last, losses: (last, last)), "not of the last"),
        "waits": (with_slip(stopping, wait=1), "one epoch too long"),
        "hurries": (with_slip(stopping, wait=-1), "one epoch too early"),
        "rises": (rises, "You count rises in a row"),
        "tie": (with_slip(stopping, tie=True), "An equal loss is no improvement"),
        "swapped": (with_slip(stopping, answer=lambda best, last, losses: (last, best)), "the wrong way round"),
        "other": (constant((70, 80)), UNKNOWN),
    },
    "reached_share": {
        "missing": (lambda eta, h, t: 1 - learnt(eta, h, t), "still missing"),
        "line": (lambda eta, h, t: eta * h * t, "a share of what is left"),
        "ridge": (lambda eta, h, t: h / (h + 1 / eta / t), "close, but not equal"),
        "few": (lambda eta, h, t: learnt(eta, h, t - 1), "one step too few"),
        "many": (lambda eta, h, t: learnt(eta, h, t + 1), "one step too many"),
        "flow": (lambda eta, h, t: 1 - exp(-eta * h * t), "very short steps"),
        "no h": (lambda eta, h, t: learnt(eta, 1, t), "The curvature is missing"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "matching_ridge": {
        "small h": (lambda eta, h, t: 1 / eta / t, "for small h"),
        "share": (learnt, "That is the share itself"),
        "exchanged": (lambda eta, h, t: h * learnt(eta, h, t) / (1 - learnt(eta, h, t)), "exchanged"),
        "no h": (lambda eta, h, t: RIGHT["matching_ridge"](eta, h, t) / h, "A factor h is missing"),
        "upside down": (lambda eta, h, t: 1 / RIGHT["matching_ridge"](eta, h, t), "upside down"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "batch_norm": {
        "layer": (with_slip(normal, axis=1), "that is layer normalisation"),
        "ddof": (with_slip(normal, ddof=1), "not by B − 1"),
        "outside": (with_slip(normal, outside=True), "under the root"),
        "no root": (with_slip(normal, power=1), "the root of the variance"),
        "plain": (with_slip(normal, scale=False, shift=False), "γ and β are missing"),
        "no shift": (with_slip(normal, shift=False), "β is missing."),
        "no scale": (with_slip(normal, scale=False), "γ is missing."),
        "inner": (with_slip(normal, inner=True), "γ does not touch it"),
        "other": (lambda Z, gamma, beta, eps: Z * 0 + 7, UNKNOWN),
    },
    "running_variance": {
        "biased": (with_slip(running, ddof=0), "the running one takes B − 1"),
        "exchanged": (lambda start, batches, rho: running(start, batches, 1 - rho), "Your shares are exchanged"),
        "mean": (lambda start, batches, rho: batches.var(axis=1, ddof=1).mean(), "the plain mean"),
        "all": (lambda start, batches, rho: batches.var(ddof=1), "of all samples at once"),
        "first": (with_slip(running, only=slice(1)), "Only the first batch"),
        "last": (with_slip(running, only=slice(-1, None)), "Only the last batch"),
        "from 0": (lambda start, batches, rho: running(0.0, batches, rho), "Yours starts at 0"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "nearest_on_line": {
        "not divided": (with_slip(foot, size=lambda a: 1), "counts twice"),
        "once": (with_slip(foot, size=lambda a: np.linalg.norm(a)), "counts twice"),
        "away": (with_slip(foot, sign=1), "You went away from the line"),
        "origin's line": (lambda p, a, c: foot(p, a, 0), "the parallel through the origin"),
        "from the origin": (lambda p, a, c: foot(0 * p, a, c), "nearest to the origin"),
        "way": (lambda p, a, c: p - foot(p, a, c), "the way from the line to p"),
        "other": (lambda p, a, c: p * 0 + 70, UNKNOWN),
    },
    "price": {
        "negative": (with_slip(shadow, least=-1e9), "never a negative one"),
        "nothing": (constant(0.0), "the constraint binds and has a price"),
        "not divided": (with_slip(shadow, size=lambda a: 1), "by how much p falls short"),
        "distance": (with_slip(shadow, size=lambda a: np.linalg.norm(a)), "the distance to the line"),
        "sign": (with_slip(shadow, sign=-1), "The sign is turned round"),
        "other": (constant(70.0), UNKNOWN),
        "twice": (lambda p, a, c: 2 * shadow(p, a, c), "its gradient is x − p"),
    },
    "subgradient_range": {
        "sign": (with_slip(slopes, kink=0), "np.sign gives 0"),
        "whole": (lambda x, knots, weights: (-sum(weights), sum(weights)), "has one slope only"),
        "no weights": (lambda x, knots, weights: slopes(x, knots, np.ones(len(knots))), "The weights are missing"),
        "swapped": (lambda *case: slopes(*case)[::-1], "The smaller slope goes first"),
        "turned": (with_slip(slopes, sign=-1), "the wrong sign"),
        "other": (constant((70.0, 80.0)), UNKNOWN),
        "one": (constant(1.0), "2 finite numbers"),
    },
    "lasso_off": {
        "smooth": (lambda w, g, lam: np.abs(g + lam * np.sign(w)), "not 0 alone"),
        "all kinks": (lambda w, g, lam: np.maximum(np.abs(g) - lam, 0), "for weights of 0 only"),
        "sign": (with_slip(off, sign=-1), "yours has the other sign"),
        "no cut": (
            lambda w, g, lam: np.where(w == 0, np.abs(np.abs(g) - lam), np.abs(g + lam * np.sign(w))),
            "nothing is left",
        ),
        "no penalty": (lambda w, g, lam: np.abs(g), "The penalty is missing"),
        "signed": (
            lambda w, g, lam: np.where(w == 0, np.maximum(np.abs(g) - lam, 0), g + lam * np.sign(w)),
            "A distance from 0 has no sign",
        ),
        "other": (lambda w, g, lam: w * 0 + 70, UNKNOWN),
    },
    "kind_of": {
        "diagonal": (by_diagonal, "The diagonal holds the curvatures along the axes"),
        "determinant": (by_determinant, "the product of all eigenvalues"),
        "flat first": (flat_first, "One eigenvalue is 0, but"),
        "never open": (flat_never, "the second order is silent"),
        "another word": (constant("bowl"), "one of minimum, maximum, saddle, open"),
        "turned": (lambda H: kind(-H), UNKNOWN),
    },
    "escape_steps": {
        "down": (lambda *case: int(escape(*case)), "still short of it"),
        "one more": (lambda *case: ceil(escape(*case)) + 1, "One step fewer"),
        "flow": (with_slip(lambda *c, **s: ceil(escape(*c, **s)), growth=lambda m, e: exp(e * m)), "takes e^(ημ)"),
        "line": (lambda mu, eta, start, far: ceil((far - start) / (eta * mu * start)), "each multiplies it"),
        "no μ": (
            with_slip(lambda *c, **s: ceil(escape(*c, **s)), growth=lambda m, e: 1 + e),
            "The curvature is missing",
        ),
        "2μ": (with_slip(lambda *c, **s: ceil(escape(*c, **s)), growth=lambda m, e: 1 + 2 * e * m), "no 2 in front"),
        "float": (lambda *case: float(ceil(escape(*case))), "an integer"),
        "other": (constant(7), UNKNOWN),
    },
    "ball_escape": {
        "descent's": (lambda mu, eta, beta: 1 + eta * mu, "plain descent's factor"),
        "gain": (lambda mu, eta, beta: (1 + eta * mu) / (1 - beta), "not simply divided"),
        "sum": (lambda mu, eta, beta: 1 + eta * mu + beta, "the sum of the two roots"),
        "smaller": (with_slip(root, sign=-1), "which dies out"),
        "final speed": (lambda mu, eta, beta: 1 + eta * mu / (1 - beta), "it still gathers speed"),
        "flow": (lambda mu, eta, beta: exp(eta * mu), "without end and without length"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "minimum_sharpness": {
        "at 1": (constant(2.0), "That is so at a = 1 alone"),
        "entry": (lambda a: a**2, "one entry of the Hessian's diagonal"),
        "other entry": (lambda a: a**-2, "one entry of the Hessian's diagonal"),
        "larger": (lambda a: max(a**2, a**-2), "the larger entry of the diagonal"),
        "not squared": (lambda a: a + 1 / a, "The entries of the Hessian are squares"),
        "half": (lambda a: (a**2 + a**-2) / 2, "is not halved"),
        "along": (constant(0.0), "along the curve"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "widest_balance": {
        "rough": (lambda eta: (2 / eta) ** 0.5, "is left out"),
        "smallest": (lambda eta: 1 / RIGHT["widest_balance"](eta), "the smallest a that holds"),
        "square": (lambda eta: RIGHT["widest_balance"](eta) ** 2, "That is a²."),
        "sharpness": (lambda eta: 2 / eta, "the largest sharpness"),
        "1/η": (lambda eta: (0.5 / eta + (0.25 / eta**2 - 1) ** 0.5) ** 0.5, "a sharpness of 1/η"),
        "other": (constant(-7.0), UNKNOWN),
    },
    "convolved": {
        "turned over": (with_slip(slide, turn=lambda w: w[::-1, ::-1]), "as mathematicians do"),
        "no bias": (with_slip(slide, bias=0), "The bias is missing"),
        "many biases": (lambda x, w, b: slide(x, w, b * w.size), "for every weight"),
        "rows": (with_slip(slide, turn=lambda w: w[::-1]), "rows are turned over"),
        "columns": (with_slip(slide, turn=lambda w: w[:, ::-1]), "columns are turned over"),
        "mean": (lambda x, w, b: slide(x, w, b) / w.size, "not averaged"),
        "ReLU": (with_slip(slide, then=lambda z: np.maximum(z, 0)), "before any activation"),
        "other": (lambda x, w, b: slide(x, w, b) + 70, UNKNOWN),
        "padded": (lambda x, w, b: correlate2d(x, w, mode="same") + b, "a map of shape (2, 5)"),
    },
    "map_size": {
        "no 1": (lambda n, k, padding, stride: (n + 2 * padding - k) // stride, "One place is missing"),
        "one side": (lambda n, k, padding, stride: places(n, k, padding / 2, stride), "integer"),
        "once": (lambda n, k, padding, stride: (n + padding - k) // stride + 1, "The rim is on both sides"),
        "no leap": (lambda n, k, padding, stride: places(n, k, padding, 1), "does not leap"),
        "over the edge": (lambda n, k, padding, stride: -(-(n + 2 * padding - k) // stride) + 1, "hang over the edge"),
        "no padding": (lambda n, k, padding, stride: places(n, k, 0, stride), "The padding is missing"),
        "1 inside": (lambda n, k, padding, stride: (n + 2 * padding - k + 1) // stride, "comes after the division"),
        "as wide": (lambda n, k, padding, stride: n, "only for the right padding"),
        "other": (constant(700), UNKNOWN),
    },
    "kernel_parameters": {
        "no bias": (lambda maps, kernels, k: kernels * maps * k * k, "The biases are missing"),
        "one map": (lambda maps, kernels, k: kernels * (k * k + 1), "reads all maps"),
        "many biases": (lambda maps, kernels, k: kernels * maps * (k * k + 1), "not one for each map"),
        "one kernel": (lambda maps, kernels, k: maps * k * k + 1, "That is one kernel"),
        "one bias": (lambda maps, kernels, k: kernels * maps * k * k + 1, "a bias of its own"),
        "not square": (lambda maps, kernels, k: kernels * (maps * k + 1), "k high and k wide"),
        "float": (lambda maps, kernels, k: float(kernels * (maps * k * k + 1)), "an integer, 10, not 10.0"),
        "other": (constant(7), UNKNOWN),
    },
}
AX = {}


@pytest.mark.parametrize("seed", [0, 11, 12])
@pytest.mark.parametrize("name", RIGHT)
def test_another_way_to_the_right_answer_is_right(name, seed):
    assert said(name, RIGHT[name], seed=seed)[0] == "right"


def test_the_best_constants_beat_their_neighbours():
    """On the bowl itself: the heavy ball's iteration matrix has its least spectral radius there, which is √β."""
    mu, L = 0.3, 12.0

    def rate(constants):
        eta, beta = constants
        steps = [np.array([[1 + beta - eta * h, -beta], [1.0, 0.0]]) for h in (mu, L)]
        return max(abs(np.linalg.eigvals(step)).max() for step in steps)

    found = best(mu, L)
    assert rate(found) == pytest.approx(found[1] ** 0.5, abs=1e-3)
    least = min(rate((found[0] * e, found[1] * b)) for e in (0.9, 1, 1.1) for b in (0.9, 1, 1.1))
    assert least == pytest.approx(rate(found), abs=1e-6)


def test_the_scatter_is_that_of_simulated_runs():
    rng = np.random.default_rng(0)
    w = np.zeros(200_000)
    for _ in range(5):
        w = w - 0.4 * (w - rng.normal(0, 1.5, (4, len(w))).mean(axis=0))
    assert w.var() == pytest.approx(scatter(0.4, 2.25, 4, 5), rel=0.02)


def test_the_price_is_what_the_constraint_costs():
    """By SciPy: the derivative of the least value by c."""
    p, a = np.array([1.0, -2.0, 0.5]), np.array([2.0, 1.0, -1.0])

    def least(c):
        bound = {"type": "ineq", "fun": lambda x: a @ x - c}
        return minimize(lambda x: np.sum((x - p) ** 2) / 2, np.ones(3), constraints=[bound], tol=1e-12).fun

    for c in (3.0, -4.0):
        assert shadow(p, a, c) == pytest.approx((least(c + 1e-3) - least(c - 1e-3)) / 2e-3, abs=1e-4)


def test_the_ball_leaves_a_saddle_by_the_factor():
    path = Momentum(0.1, 0.9).iterates(lambda y: (0.0, -2.0 * y), np.array([1e-6]))
    y = [next(path)[0][0] for _ in range(60)]
    assert y[-1] / y[-2] == pytest.approx(root(2.0, 0.1, 0.9), rel=1e-6)


def test_the_numbers_in_the_words_on_right_answers():
    answers = {
        "ball_constants": [f"{best(1, 100)[1] ** 0.5:.3f}", f"{99 / 101:.3f}"],
        "steps_to": [f"{RIGHT['steps_to'](99 / 101, 1e-6)} steps", f"ball {RIGHT['steps_to'](9 / 11, 1e-6)}"],
        "ball_escape": [f"by {root(1.0, 0.2, 0.9):.3g} a step", "by 1.2:"],
        "rmsprop_length": [f"{RIGHT['rmsprop_length'](1, 0.9, 1):.2f} η"],
        "widest_balance": [f"a = {RIGHT['widest_balance'](0.2):.2f}", f"beyond {RIGHT['widest_balance'](0.9):.2f}"],
        "kernel_parameters": [f"{35 * 36:,}"],
    }
    assert RIGHT["kernel_parameters"](1, 1, 3) == 10
    for name, numbers in answers.items():
        text = said(name, RIGHT[name])[1]
        for number in numbers:
            assert number in text, name
