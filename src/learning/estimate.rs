//! A number read off data, and how far it may be off.

use serde::{Deserialize, Serialize};

/// An estimate with its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error; `None` where it was given, lies at the end of what is possible, or where
    /// the data do not tell it.
    pub error: Option<f64>,
}

impl Estimate {
    /// A number that was given rather than estimated.
    pub fn given(value: f64) -> Self {
        Self { value, error: None }
    }

    /// Both ends of the 95 % interval, where there is an error.
    pub fn interval(self) -> Option<(f64, f64)> {
        self.error.map(|error| (self.value - 1.96 * error, self.value + 1.96 * error))
    }

    /// "0.081 (± 0.004)": with as many digits as the error leaves certain, and two more.
    pub fn in_words(self) -> String {
        if self.value == 0.0 && self.error.is_none() {
            return "0".to_owned();
        }
        let Some(error) = self.error.filter(|it| it.is_finite()) else {
            return shown(self.value, self.value);
        };
        format!("{} (± {})", shown(self.value, error), shown(error, error))
    }
}

/// `value` with the digits that matter beside a number of the size of `beside`.
fn shown(value: f64, beside: f64) -> String {
    let size = if beside == 0.0 { 0.0 } else { beside.abs().log10().floor() };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 12")]
    let digits = (2.0 - size).clamp(0.0, 12.0) as usize;
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_go_as_far_as_the_error_allows() {
        let told = |value, error| Estimate { value, error }.in_words();
        assert_eq!(told(0.081_192, Some(0.003_71)), "0.08119 (± 0.00371)");
        assert_eq!(told(67_980.95, Some(3_128.0)), "67981 (± 3128)");
        assert_eq!(told(0.0, None), "0");
        assert_eq!(told(1047.0, None), "1047");
        assert_eq!(told(0.5, Some(f64::INFINITY)), "0.500");
    }
}
