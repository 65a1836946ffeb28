//! What the graph formats in XML have in common: their root element tells them, and a file that is not
//! well-formed is refused with its line.

use super::build::Around;
use super::xml::{Problem, Xml, root};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// A graph format in XML.
pub(super) struct XmlFormat {
    /// As shown.
    pub name: &'static str,
    /// The element around all others.
    pub root: &'static str,
    /// Walks through a file; of a broken one nothing is kept.
    pub read: fn(&mut Xml<'_>, &mut Reading, &dyn Around) -> Result<(), Problem>,
}

impl Reader for XmlFormat {
    fn name(&self) -> &'static str {
        self.name
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        root(head.text) == Some(self.root)
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        if let Err(problem) = (self.read)(&mut Xml::new(text), reading, around) {
            reading.refuse(problem.line, problem.reason);
        }
    }
}
