//! Smooth minimisation under inequalities, in f64: where the best split lies.
//!
//! Owns: a logarithmic barrier with Newton's method in few variables; derivatives by differences. Must not know: what is
//! minimised. Nothing rests on the result but which rationals are tried.
//! Reference: Boyd & Vandenberghe, *Convex Optimization*, chapters 10 and 11.

/// A function of few variables: the objective, then the constraints, each to be positive; `None` outside its domain.
pub type Functions<'f> = dyn Fn(&[f64]) -> Option<Vec<f64>> + 'f;

/// Step of first differences; of second differences.
const FIRST: f64 = 1e-5;
const SECOND: f64 = 1e-4;
/// The barrier's weight goes from the first of these to the last.
const WEIGHTS: (f64, f64) = (1.0, 1e-13);
/// By which factor, each time.
const SHRINK: f64 = 0.2;
/// How far from the start a point is looked for at which all constraints are positive, in sizes of the start.
const REACH: f64 = 100.0;
/// Newton steps at one weight.
const STEPS: usize = 40;

/// Where the minimum is.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// A point next to the minimum at which all constraints are positive.
    pub nearest: Vec<f64>,
    /// One further inside, so that its coordinates can be rounded: the objective is worse by about `room`, relatively.
    pub inner: Vec<f64>,
}

/// The minimum, as far as it is found; `None` if no point was found at which all constraints are positive.
#[must_use]
pub fn minimise(functions: &Functions<'_>, start: &[f64], room: f64) -> Option<Minimum> {
    let mut point = interior(functions, start)?;
    let mut inner = None;
    let mut weight = WEIGHTS.0;
    while weight > WEIGHTS.1 {
        let scale = functions(&point)?.first()?.abs().max(1e-3);
        point = descend(functions, point, weight * scale)?;
        if inner.is_none() && weight <= room {
            inner = Some(point.clone());
        }
        weight *= SHRINK;
    }
    let inner = inner.unwrap_or_else(|| point.clone());
    Some(Minimum { nearest: point, inner })
}

/// A point at which all constraints are positive: a slack that is added to all of them is made small.
fn interior(functions: &Functions<'_>, start: &[f64]) -> Option<Vec<f64>> {
    let worst = |values: &[f64]| values.iter().skip(1).copied().fold(f64::INFINITY, f64::min);
    let first = worst(&functions(start)?);
    if first > 1e-9 {
        return Some(start.to_vec());
    }
    let size = start.iter().fold(1.0, |size: f64, x| size.max(x.abs()));
    let relaxed = |point: &[f64]| -> Option<Vec<f64>> {
        let (slack, rest) = point.split_last()?;
        let mut values = functions(rest)?;
        values.iter_mut().skip(1).for_each(|value| *value += slack);
        // a constraint without an upper bound would draw the point to infinity
        let away: f64 = rest.iter().zip(start).map(|(x, from)| (x - from).powi(2)).sum();
        values.push(1.0 - away / (REACH * size).powi(2));
        if let Some(objective) = values.first_mut() {
            *objective = *slack;
        }
        Some(values)
    };
    let mut point: Vec<f64> = start.to_vec();
    point.push(1.0 - first.min(0.0));
    let mut weight = WEIGHTS.0;
    while weight > 1e-9 {
        point = descend(&relaxed, point, weight)?;
        let rest = &point[..start.len()];
        if worst(&functions(rest)?) > 1e-9 {
            return Some(rest.to_vec());
        }
        weight *= SHRINK;
    }
    None
}

/// The least value of objective less `weight` times the logarithms of the constraints, from there.
fn descend(functions: &Functions<'_>, mut point: Vec<f64>, weight: f64) -> Option<Vec<f64>> {
    let merit = |point: &[f64]| -> Option<f64> {
        let values = functions(point)?;
        let (objective, constraints) = values.split_first()?;
        let barrier: f64 = constraints.iter().map(|c| if *c > 0.0 { c.ln() } else { f64::NAN }).sum();
        let merit = objective - weight * barrier;
        merit.is_finite().then_some(merit)
    };
    let mut here = merit(&point)?;
    for _ in 0..STEPS {
        let (gradient, hessian) = derivatives(functions, &point, weight)?;
        let Some(direction) = newton(&gradient, &hessian) else { break };
        let decrement: f64 = -gradient.iter().zip(&direction).map(|(g, d)| g * d).sum::<f64>();
        if decrement <= 1e-16 * here.abs().max(weight) {
            break;
        }
        let mut length = 1.0;
        let mut moved = None;
        while length > 1e-12 {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            if let Some(value) = merit(&next).filter(|value| *value <= here - 1e-4 * length * decrement) {
                moved = Some((next, value));
                break;
            }
            length /= 2.0;
        }
        let Some((next, value)) = moved else { break };
        (point, here) = (next, value);
    }
    Some(point)
}

/// Gradient and Hessian of the barrier function, those of the single functions by central differences.
fn derivatives(functions: &Functions<'_>, point: &[f64], weight: f64) -> Option<(Vec<f64>, Vec<Vec<f64>>)> {
    let n = point.len();
    let at = |moves: &[(usize, f64)]| {
        let mut moved = point.to_vec();
        for (axis, by) in moves {
            moved[*axis] += by;
        }
        functions(&moved)
    };
    let centre = functions(point)?;
    // how much each function counts in the gradient: the objective once, a constraint c by -weight/c
    let factor = |k: usize| if k == 0 { 1.0 } else { -weight / centre[k] };
    let mut slopes = Vec::with_capacity(n);
    for axis in 0..n {
        let (up, down) = (at(&[(axis, FIRST)])?, at(&[(axis, -FIRST)])?);
        slopes.push(up.iter().zip(&down).map(|(u, d)| (u - d) / (2.0 * FIRST)).collect::<Vec<f64>>());
    }
    let count = centre.len();
    let gradient: Vec<f64> = slopes.iter().map(|slope| (0..count).map(|k| factor(k) * slope[k]).sum()).collect();
    let mut hessian = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let second: Vec<f64> = if i == j {
                let (up, down) = (at(&[(i, SECOND)])?, at(&[(i, -SECOND)])?);
                (0..count).map(|k| (up[k] - 2.0 * centre[k] + down[k]) / (SECOND * SECOND)).collect()
            } else {
                let corner = |a: f64, b: f64| at(&[(i, a * SECOND), (j, b * SECOND)]);
                let (pp, pm, mp, mm) = (corner(1.0, 1.0)?, corner(1.0, -1.0)?, corner(-1.0, 1.0)?, corner(-1.0, -1.0)?);
                (0..count).map(|k| (pp[k] - pm[k] - mp[k] + mm[k]) / (4.0 * SECOND * SECOND)).collect()
            };
            let curved: f64 = (0..count).map(|k| factor(k) * second[k]).sum();
            let crossed: f64 = (1..count).map(|k| weight / (centre[k] * centre[k]) * slopes[i][k] * slopes[j][k]).sum();
            hessian[i][j] = curved + crossed;
            hessian[j][i] = hessian[i][j];
        }
    }
    Some((gradient, hessian))
}

/// The Newton direction, with as much of the identity added as makes the Hessian positive definite.
fn newton(gradient: &[f64], hessian: &[Vec<f64>]) -> Option<Vec<f64>> {
    let size = (0..gradient.len()).map(|i| hessian[i][i].abs()).fold(1e-12, f64::max);
    let mut added = 0.0;
    for _ in 0..30 {
        if let Some(direction) = solve(hessian, added, gradient) {
            return Some(direction);
        }
        added = if added == 0.0 { 1e-10 * size } else { added * 10.0 };
    }
    None
}

/// `-(hessian + added identity)^-1 gradient` by Cholesky's method; `None` if the matrix is not positive definite.
fn solve(hessian: &[Vec<f64>], added: f64, gradient: &[f64]) -> Option<Vec<f64>> {
    let n = gradient.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let left = hessian[i][j] + if i == j { added } else { 0.0 } - known;
            if i == j {
                if left.is_nan() || left <= 1e-14 * (hessian[i][i].abs() + added) {
                    return None;
                }
                lower[i][i] = left.sqrt();
            } else {
                lower[i][j] = left / lower[j][j];
            }
        }
    }
    let mut x: Vec<f64> = gradient.iter().map(|g| -g).collect();
    for i in 0..n {
        let known: f64 = (0..i).map(|k| lower[i][k] * x[k]).sum();
        x[i] = (x[i] - known) / lower[i][i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| lower[k][i] * x[k]).sum();
        x[i] = (x[i] - known) / lower[i][i];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_and_a_smooth_minimum_are_found() {
        // least x + y with x y >= 1, x, y > 0: at (1, 1)
        let hyperbola = |p: &[f64]| Some(vec![p[0] + p[1], p[0] * p[1] - 1.0, p[0], p[1]]);
        let found = minimise(&hyperbola, &[0.1, 5.0], 1e-8).unwrap().nearest;
        assert!(found.iter().all(|x| (x - 1.0).abs() < 1e-5), "{found:?}");
        // greatest x + 2 y in the triangle: at the corner (0, 1)
        let triangle = |p: &[f64]| Some(vec![-p[0] - 2.0 * p[1], p[0], p[1], 1.0 - p[0] - p[1]]);
        let found = minimise(&triangle, &[0.9, -3.0], 1e-8).unwrap().nearest;
        assert!(found[0].abs() < 1e-9 && (found[1] - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn contradictory_constraints_have_no_interior() {
        let nothing = |p: &[f64]| Some(vec![p[0], p[0] - 1.0, -p[0]]);
        assert_eq!(minimise(&nothing, &[0.0], 1e-8), None);
    }
}
