//! F4: what happened, and what can be learned from it.
//!
//! A [`History`] says who adopted in which period. A [`Study`] works out, step by step, all that follows
//! from it on an influence graph, and ends in [`Lessons`]: the observed curve and classes, exposure and
//! thresholds, hazards, Moran's I as netdiffuseR has them, and `p` and `q` by several methods with
//! their errors. [`Lessons::warnings`] says in words what the numbers do not.
//!
//! | file | idea |
//! |---|---|
//! | `timeline`, `history` | periods on a calendar or a scale of numbers; who adopted in which |
//! | `exposure`, `quarters`, `moran` | Valente's measures, as netdiffuseR computes them |
//! | `bass_fit`, `network_fit` | `p`, `q` (and `m`) from the curve alone, and from the network |
//! | `study`, `lessons`, `warning` | all of it together, and what to beware of |
//! | `solve`, `estimate` | small systems of equations; a number with its error |

mod bass_fit;
mod estimate;
mod exposure;
mod history;
mod lessons;
mod moran;
mod network_fit;
mod quarters;
mod solve;
mod study;
mod timeline;
mod warning;

pub use bass_fit::{BassFit, FitError, Market, Method};
pub use estimate::Estimate;
pub use exposure::{Thresholds, coded_thresholds, exposure};
pub use history::{History, NoHistory};
pub use lessons::{CurveFit, Lessons, PeriodRow, ThresholdMeans};
pub use moran::{Moran, MoranWalk};
pub use network_fit::{Exposures, NetworkFit};
pub use quarters::{BY_THRESHOLD, BY_TIME, CrossTable, quarters};
pub use study::Study;
pub use timeline::Timeline;
pub use warning::Warning;
