//! XML, one step after another, with the line of each: what GraphML and GEXF stand on.
//!
//! Names come without their prefix. Only the five entities of XML and character references are
//! resolved; a file that declares entities of its own is refused, since those can grow without bound.
//! So is one whose elements lie deeper than [`MAX_DEPTH`]. Memory: the text, and one step.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements inside elements that are followed.
pub(super) const MAX_DEPTH: usize = 256;

/// What comes next.
#[derive(Debug)]
pub(super) enum Step<'t> {
    /// An element opens.
    Open(Element<'t>),
    /// An element closes, also an empty one.
    Close,
    /// Text, maybe only a part of it.
    Text(Cow<'t, str>),
    /// The end of the file.
    End,
}

/// An element and its attributes.
#[derive(Debug)]
pub(super) struct Element<'t> {
    start: BytesStart<'t>,
}

impl Element<'_> {
    /// Name without prefix.
    pub fn name(&self) -> &str {
        local(self.start.name().0)
    }

    /// The value of an attribute, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|it| local(it.key.0) == name)?;
        // An entity nobody knows stays as it is written.
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Why a file cannot be read on.
#[derive(Debug)]
pub(super) struct Problem {
    pub line: usize,
    pub reason: String,
}

/// Walks through a text.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    text: &'t str,
    depth: usize,
    /// Up to where lines are counted, and the line there.
    counted: usize,
    line: usize,
}

impl<'t> Xml<'t> {
    /// From the beginning.
    pub fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, text, depth: 0, counted: 0, line: 1 }
    }

    /// Bytes passed so far.
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The line at which the step at hand ends.
    pub fn line(&mut self) -> usize {
        self.line_at(self.reader.buffer_position())
    }

    fn line_at(&mut self, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        if let Some(passed) = self.text.as_bytes().get(self.counted..position) {
            self.line += passed.split(|byte| *byte == b'\n').count() - 1;
            self.counted = position;
        }
        self.line
    }

    /// Goes on to the next step.
    pub fn next(&mut self) -> Result<Step<'t>, Problem> {
        loop {
            let step = match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        let reason = format!(
                            "elements lie more than {MAX_DEPTH} deep inside each other; this is no graph that a program wrote"
                        );
                        return Err(self.problem(reason));
                    }
                    Step::Open(Element { start })
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close
                }
                Ok(Event::Text(text)) => Step::Text(text.into_inner()),
                Ok(Event::CData(text)) => Step::Text(text.into_inner()),
                Ok(Event::GeneralRef(reference)) => {
                    Step::Text(match reference.resolve_char_ref() {
                        Ok(Some(letter)) => Cow::Owned(letter.to_string()),
                        _ => match resolve_xml_entity(&reference) {
                            Some(known) => Cow::Borrowed(known),
                            None => Cow::Owned(format!("&{};", reference.into_inner())),
                        },
                    })
                }
                Ok(Event::DocType(declared)) if declared.contains("<!ENTITY") => {
                    let reason = "the file declares entities of its own, which can grow without bound; save it again without a DOCTYPE";
                    return Err(self.problem(reason.to_owned()));
                }
                Ok(Event::Eof) if self.depth > 0 => {
                    let reason = format!(
                        "the file ends while {} elements are still open; it is cut off",
                        self.depth
                    );
                    return Err(self.problem(reason));
                }
                Ok(Event::Eof) => Step::End,
                Ok(_) => continue,
                Err(error) => {
                    let line = self.line_at(self.reader.error_position());
                    return Err(Problem { line, reason: in_words(&error) });
                }
            };
            return Ok(step);
        }
    }

    fn problem(&mut self, reason: String) -> Problem {
        Problem { line: self.line(), reason }
    }
}

fn in_words(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("</{found}> stands where </{expected}> should; the file is damaged")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
            format!("</{found}> closes what was never opened; the file is damaged")
        }
        Error::Syntax(_) => "something opens here and never closes; the file is cut off".to_owned(),
        other => format!("this is not well-formed XML ({other}); export the file again"),
    }
}

/// The name of the outermost element, without prefix, when the text begins as XML does.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let (start, end) = if rest.starts_with("<?") {
            (2, "?>")
        } else if rest.starts_with("<!--") {
            (4, "-->")
        } else if rest.starts_with("<!") {
            (2, if declares(rest) { "]>" } else { ">" })
        } else {
            break;
        };
        let at = rest[start..].find(end)?;
        rest = rest[start + at + end.len()..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    Some(local(&name[..end])).filter(|it| !it.is_empty())
}

/// True for a DOCTYPE with declarations inside it.
fn declares(doctype: &str) -> bool {
    doctype.find('[').is_some_and(|open| !doctype[..open].contains('>'))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn walk(text: &str) -> String {
        let mut xml = Xml::new(text);
        let mut told = String::new();
        loop {
            match xml.next() {
                Ok(Step::Open(element)) => {
                    let _ = write!(told, "<{} {:?}>", element.name(), element.attribute("k"));
                }
                Ok(Step::Close) => told += "</>",
                Ok(Step::Text(text)) => told += &text,
                Ok(Step::End) => return told,
                Err(problem) => return format!("{}: {}", problem.line, problem.reason),
            }
        }
    }

    #[test]
    fn names_lose_their_prefix_and_entities_are_resolved() {
        assert_eq!(
            walk(
                "<a:b x:k='Tom &amp; &#201;va &nbsp;'>R&amp;D &#233; &who; & more<![CDATA[<i>]]></a:b>"
            ),
            "<b Some(\"Tom &amp; &#201;va &nbsp;\")>R&D é &who; & more<i></>"
        );
        assert_eq!(walk("<b k='Tom &amp; &#201;va'/>"), "<b Some(\"Tom & Éva\")></>");
    }

    #[test]
    fn what_is_broken_is_told_with_its_line() {
        for (text, told) in [
            ("<a>\n<b>\n</a>", "3: </a> stands where </b>"),
            ("<a/>\n</a>", "2: </a> closes what was never opened"),
            ("<a>\n<b>", "2: the file ends while 2 elements"),
            ("<a>\n<b k=\"x", "2: something opens here"),
            ("<!DOCTYPE a [\n<!ENTITY b \"c\">]><a>&b;</a>", "2: the file declares entities"),
            (&"<a>".repeat(10_000), "1: elements lie more than 256 deep"),
        ] {
            let walked = walk(text);
            assert!(walked.starts_with(told), "{walked}");
        }
    }

    #[test]
    fn the_root_is_found_behind_what_comes_before_it() {
        for (text, expected) in [
            ("\u{feff}<?xml version='1.0'?>\n<!-- a > b -->\n<gexf version='1'>", Some("gexf")),
            ("<!DOCTYPE graphml SYSTEM \"x.dtd\">\n<g:graphml>", Some("graphml")),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", Some("a")),
            ("<graphml", None),
            ("<!-- cut", None),
            ("name,town", None),
        ] {
            assert_eq!(root(text), expected, "{text}");
        }
    }
}
