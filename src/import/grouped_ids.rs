//! Surveys in which ids begin anew in every village, city or school, and a person is who has an id
//! in one of them.

use std::collections::BTreeSet;

use super::clean::shown;
use super::columns::Meaning;
use super::rows::Body;
use super::table::Layout;
use crate::network::fact;

/// The column of groups within which ids are ids, where they repeat and such a column tells everybody
/// apart. O(cells · columns of groups).
pub(super) fn dividing_column(
    text: Body<'_>,
    layout: &Layout,
    meanings: &[Meaning],
    id_column: Option<usize>,
) -> Option<usize> {
    let tells_apart = |group: Option<usize>| {
        let mut taken = BTreeSet::new();
        let mut rows = layout.rows(text);
        while let Some(row) = rows.next() {
            let id = shown(row.cell(id_column));
            if id.is_empty() {
                continue;
            }
            let group = group.map(|at| shown(row.cell(Some(at))));
            if group.as_ref().is_some_and(String::is_empty) || !taken.insert((group, id)) {
                return false;
            }
        }
        true
    };
    if tells_apart(None) {
        return None;
    }
    let of_groups =
        |at: &usize| meanings[*at].fact().is_some_and(|it| fact::GROUPING.contains(&it));
    (0..meanings.len()).filter(of_groups).find(|&at| tells_apart(Some(at)))
}

/// The id among all groups: `7` of city `2` is `2-7`.
pub(super) fn among_all(group: &str, id: &str) -> String {
    format!("{group}-{id}")
}
