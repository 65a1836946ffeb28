//! LGL (Large Graph Layout): `# node`, and below it its neighbors, each maybe with a weight.
//! Undirected. O(bytes).

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::scan::{bytes_before, has_extension, lines, words};
use crate::import::listed::number;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads LGL.
pub(super) struct Lgl;

impl Reader for Lgl {
    fn name(&self) -> &'static str {
        "LGL"
    }

    /// Lines of one word, or a word and a number, below `#` and one word. A list of pairs with a
    /// comment on top looks alike, so some line must hold a single word, below more than one `#`.
    fn recognises(&self, head: Head<'_>) -> bool {
        let complete = head.text.rfind('\n').map_or(head.text, |end| &head.text[..end]);
        let mut rows = lines(if head.text.len() < 4096 { head.text } else { complete })
            .map(|(_, line)| line.trim())
            .filter(|line| !line.is_empty())
            .take(200)
            .peekable();
        if !rows.peek().is_some_and(|line| line.starts_with('#')) {
            return false;
        }
        let (mut nodes, mut single_words) = (0, 0);
        let fits = rows.all(|line| {
            if let Some(node) = line.strip_prefix('#') {
                nodes += 1;
                return node.split_whitespace().count() <= 1;
            }
            let cells: Vec<&str> = line.split_whitespace().collect();
            single_words += usize::from(cells.len() == 1 && !line.contains([',', ';']));
            cells.len() == 1 || (cells.len() == 2 && number(cells[1]).is_some())
        });
        fits && ((nodes > 1 && single_words > 0) || has_extension(head.file_name(), &["lgl"]))
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut builder = GraphBuilder::new(reading, around);
        let mut node = "";
        for (line, content) in lines(text) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            let content = content.trim();
            if let Some(name) = content.strip_prefix('#') {
                node = name.trim();
                if node.is_empty() {
                    builder.reading.skip(line, "no node behind #");
                } else {
                    builder.node(line, node, "", &Attributes::default());
                }
            } else if !content.is_empty() {
                let mut cells = words(content, &[]);
                let neighbor = cells.next().unwrap_or_default();
                let mut attributes = Attributes::default();
                if let Some(weight) = cells.next() {
                    attributes.set("weight", weight);
                }
                builder.edge(line, (node, neighbor), Some(false), &attributes);
            }
        }
        builder.finish();
    }
}
