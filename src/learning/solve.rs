//! Small symmetric systems of equations, as least squares and likelihoods need them.

/// A symmetric matrix of a few rows.
pub(super) type Matrix = Vec<Vec<f64>>;

/// Inverse of a symmetric, positive definite matrix; `None` where it is singular to the precision
/// of the numbers. Rows and columns are scaled to ones on the diagonal first, because a market of
/// thousands stands beside a chance of hundredths. O(rows³).
pub(super) fn inverse(matrix: &Matrix) -> Option<Matrix> {
    let rows = matrix.len();
    let scale: Vec<f64> = (0..rows).map(|at| matrix[at][at].sqrt().recip()).collect();
    if scale.iter().any(|it| !it.is_finite()) {
        return None;
    }
    // Gauss and Jordan, without looking for pivots: the matrix is positive definite.
    let mut left: Matrix = (0..rows)
        .map(|i| (0..rows).map(|j| matrix[i][j] * scale[i] * scale[j]).collect())
        .collect();
    let mut right: Matrix =
        (0..rows).map(|i| (0..rows).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for pivot in 0..rows {
        let divisor = left[pivot][pivot];
        if divisor.is_nan() || divisor <= SINGULAR {
            return None;
        }
        for at in 0..rows {
            left[pivot][at] /= divisor;
            right[pivot][at] /= divisor;
        }
        for row in (0..rows).filter(|&it| it != pivot) {
            let factor = left[row][pivot];
            for at in 0..rows {
                left[row][at] -= factor * left[pivot][at];
                right[row][at] -= factor * right[pivot][at];
            }
        }
    }
    for (i, row) in right.iter_mut().enumerate() {
        for (j, entry) in row.iter_mut().enumerate() {
            *entry *= scale[i] * scale[j];
        }
    }
    Some(right)
}

/// A scaled pivot below this is rounding.
const SINGULAR: f64 = 1e-13;

/// `matrix · vector`.
pub(super) fn times(matrix: &Matrix, vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

/// `rowsᵀ · rows` and `rowsᵀ · values`: the normal equations of least squares.
pub(super) fn normal_equations(rows: &[Vec<f64>], values: &[f64]) -> (Matrix, Vec<f64>) {
    let columns = rows.first().map_or(0, Vec::len);
    let mut square = vec![vec![0.0; columns]; columns];
    let mut side = vec![0.0; columns];
    for (row, value) in rows.iter().zip(values) {
        for i in 0..columns {
            side[i] += row[i] * value;
            for j in 0..columns {
                square[i][j] += row[i] * row[j];
            }
        }
    }
    (square, side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_times_its_matrix_is_one() {
        let matrix = vec![vec![4e8, 30.0, 1e3], vec![30.0, 5e-3, 0.01], vec![1e3, 0.01, 7.0]];
        let inverse = inverse(&matrix).expect("it is regular");
        for (i, row) in matrix.iter().enumerate() {
            let product = times(&inverse, row);
            for (j, it) in product.iter().enumerate() {
                let expected = f64::from(u8::from(i == j));
                let size = (matrix[i][i] / matrix[j][j]).sqrt();
                assert!((it - expected).abs() < 1e-9 * size.max(1.0), "{i} {j} {it}");
            }
        }
    }

    #[test]
    fn columns_that_say_the_same_have_no_inverse() {
        assert_eq!(inverse(&vec![vec![1.0, 2.0], vec![2.0, 4.0]]), None);
        assert_eq!(inverse(&vec![vec![0.0]]), None);
        assert_eq!(inverse(&vec![vec![f64::NAN]]), None);
    }

    #[test]
    fn a_straight_line_is_found_again() {
        let rows: Vec<Vec<f64>> = (0..5).map(|x| vec![1.0, f64::from(x)]).collect();
        let values: Vec<f64> = (0..5).map(|x| 3.0 - 0.5 * f64::from(x)).collect();
        let (square, side) = normal_equations(&rows, &values);
        let found = times(&inverse(&square).expect("two columns"), &side);
        assert!((found[0] - 3.0).abs() < 1e-12 && (found[1] + 0.5).abs() < 1e-12);
    }
}
