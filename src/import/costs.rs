//! What somebody costs as a seed, where the file says something else than an amount.

use crate::network::{ColumnKind, Facts, fact};

/// What an import report says of a cost that is no amount of at least 0, while its line is known.
pub(super) fn unusable_cost(facts: &Facts) -> Option<String> {
    let told = facts.get(fact::COST).map(str::trim).filter(|it| !it.is_empty())?;
    let is_amount = ColumnKind::Number.number(told).is_some_and(|cost| cost >= 0.0);
    (!is_amount).then(|| {
        format!("cost {told:?} is not a number of 0 or more; correct it before seeds are paid for")
    })
}
