//! Sheets as SVG: vectors for the web and for drawing programs. Text stays text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Point;
use super::font;
use super::mark::{Anchor, Color, Mark, Shades, Sheet, TieStroke};
use super::raster::Image;
use crate::words::is_unseen;

/// The sheet as one SVG document that needs nothing else. `title` is read out by screen readers.
/// Every text is escaped: a name that looks like markup is shown as written.
pub fn write(sheet: &Sheet, title: &str) -> String {
    let [width, height] = sheet.size_px;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"'Noto Sans', 'Segoe UI', system-ui, sans-serif\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
        escape(title),
        sheet.background.css(),
    );
    for mark in &sheet.marks {
        // Writing to a String cannot fail.
        let _ = write_mark(&mut svg, mark);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Text as XML content or attribute value, without characters that XML does not allow or that would
/// turn round what stands beside them.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            unseen if is_unseen(unseen) => {}
            other => escaped.push(other),
        }
    }
    escaped
}

fn write_mark(svg: &mut String, mark: &Mark) -> std::fmt::Result {
    match mark {
        Mark::Shades(shades) => write_shades(svg, shades),
        Mark::Ties { strokes, opacity } => write_ties(svg, strokes, *opacity),
        Mark::Line { points, color, width, dashed } => {
            let dashes =
                if *dashed { dash_pattern(4.0 * width, 3.0 * width) } else { String::new() };
            writeln!(
                svg,
                "<polyline points=\"{}\" fill=\"none\" stroke-linejoin=\"round\" stroke-width=\"{width}\"{}{dashes}/>",
                list(points),
                paint("stroke", *color),
            )
        }
        Mark::Area { points, fill } => {
            writeln!(svg, "<polygon points=\"{}\"{}/>", list(points), paint("fill", *fill))
        }
        Mark::Node { shape, center, radius, fill, outline, outline_width } => {
            match shape.corners(*center, *radius) {
                None => write!(
                    svg,
                    "<circle cx=\"{:.2}\" cy=\"{:.2}\" r=\"{radius:.2}\"",
                    center[0], center[1]
                ),
                Some(corners) => write!(svg, "<polygon points=\"{}\"", list(&corners)),
            }?;
            svg.push_str(&paint("fill", *fill));
            if *outline_width > 0.0 && outline.a > 0 {
                write!(svg, "{} stroke-width=\"{outline_width:.2}\"", paint("stroke", *outline))?;
            }
            svg.push_str("/>\n");
            Ok(())
        }
        Mark::Text { at, text, size, anchor, color, halo, upright } => {
            write!(svg, "<text font-size=\"{size:.2}\"{}", paint("fill", *color))?;
            if *upright {
                write!(svg, " transform=\"translate({:.2} {:.2}) rotate(-90)\"", at[0], at[1])?;
            } else {
                write!(svg, " x=\"{:.2}\" y=\"{:.2}\"", at[0], at[1])?;
            }
            let from_right = font::reads_from_right(text);
            if from_right {
                svg.push_str(" direction=\"rtl\"");
            }
            // Ours are left and right; those of the document are where one begins to read.
            svg.push_str(match (anchor, from_right) {
                (Anchor::Start, false) | (Anchor::End, true) => "",
                (Anchor::Middle, _) => " text-anchor=\"middle\"",
                (Anchor::End, false) | (Anchor::Start, true) => " text-anchor=\"end\"",
            });
            if halo.a > 0 {
                let stroke = paint("stroke", *halo);
                let width = size * 0.32;
                write!(
                    svg,
                    "{stroke} stroke-width=\"{width:.2}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                )?;
            }
            writeln!(svg, ">{}</text>", escape(text))
        }
    }
}

/// A picture within the document, by its own PNG.
fn write_shades(svg: &mut String, shades: &Shades) -> std::fmt::Result {
    let [columns, rows] = [shades.columns, shades.rows()];
    let count = |cells: usize| u32::try_from(cells).unwrap_or(u32::MAX);
    let image = Image { width: count(columns), height: count(rows), rgba: shades.rgba.clone() };
    // Without cells there is nothing to show.
    let Ok(png) = image.png() else { return Ok(()) };
    let [x, y] = shades.at;
    let side = |cells: usize| cells as f32 * shades.cell;
    let (width, height) = (side(columns), side(rows));
    writeln!(
        svg,
        "<image x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" \
         preserveAspectRatio=\"none\" href=\"data:image/png;base64,{}\"/>",
        base64(&png),
    )
}

/// Bytes in letters (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| (bits << 8) | u32::from(*three.get(at).unwrap_or(&0)));
        for letter in 0..4 {
            let known = letter <= three.len();
            let at = (bits >> (18 - 6 * letter)) & 63;
            text.push(if known { char::from(LETTERS[at as usize]) } else { '=' });
        }
    }
    text
}

/// Ties in groups of the same look. Every tie is a path of its own, because inside one path
/// crossings would not add up.
fn write_ties(svg: &mut String, strokes: &[TieStroke], opacity: f32) -> std::fmt::Result {
    let mut groups = BTreeMap::<String, Vec<&TieStroke>>::new();
    for stroke in strokes {
        let (color, width) = (stroke.color.css(), stroke.width);
        let mut look = format!(
            "stroke=\"{color}\" stroke-width=\"{width:.2}\" stroke-opacity=\"{:.2}\"",
            // Fainter than a hundredth would vanish altogether.
            (stroke.weight * opacity).max(0.01),
        );
        if stroke.dashed {
            look.push_str(&dash_pattern(5.0 * width, 4.0 * width));
        }
        groups.entry(look).or_default().push(stroke);
    }
    for (look, strokes) in groups {
        writeln!(svg, "<g fill=\"none\" {look}>")?;
        for TieStroke { from, to, .. } in strokes {
            writeln!(
                svg,
                "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\"/>",
                from[0], from[1], to[0], to[1]
            )?;
        }
        svg.push_str("</g>\n");
    }
    Ok(())
}

fn dash_pattern(drawn: f32, blank: f32) -> String {
    format!(" stroke-dasharray=\"{drawn:.1} {blank:.1}\"")
}

fn paint(what: &str, color: Color) -> String {
    match color.a {
        0 => format!(" {what}=\"none\""),
        255 => format!(" {what}=\"{}\"", color.css()),
        _ => format!(" {what}=\"{}\" {what}-opacity=\"{:.3}\"", color.css(), color.opacity()),
    }
}

fn list(points: &[Point]) -> String {
    let mut text = String::with_capacity(points.len() * 14);
    for (at, [x, y]) in points.iter().enumerate() {
        let _ = write!(text, "{}{x:.2},{y:.2}", if at > 0 { " " } else { "" });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Shape;

    #[test]
    fn text_is_shown_as_written() {
        let sheet = Sheet {
            size_px: [10, 10],
            background: Color::hex(0xff_ff_ff),
            marks: vec![Mark::Text {
                at: [1.0, 2.0],
                text: "<script>alert('x')</script> & \"co\"\u{1}".to_owned(),
                size: 10.0,
                anchor: Anchor::Start,
                color: Color::hex(0),
                halo: Color::CLEAR,
                upright: false,
            }],
        };
        let svg = write(&sheet, "a <b>");
        assert!(svg.contains(
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;</text>"
        ));
        assert!(svg.contains("<title>a &lt;b&gt;</title>") && !svg.contains("<script"));
    }

    #[test]
    fn words_read_from_the_right_still_begin_where_they_are_placed() {
        let written = |anchor, text: &str| {
            let mut svg = String::new();
            let mark = Mark::Text {
                at: [1.0, 2.0],
                text: text.to_owned(),
                size: 10.0,
                anchor,
                color: Color::hex(0),
                halo: Color::CLEAR,
                upright: false,
            };
            write_mark(&mut svg, &mark).expect("a string");
            svg
        };
        let hebrew = written(Anchor::Start, "דוד (B)");
        assert!(hebrew.contains("direction=\"rtl\" text-anchor=\"end\""), "{hebrew}");
        let hebrew = written(Anchor::End, "דוד (B)");
        assert!(hebrew.contains("rtl") && !hebrew.contains("text-anchor"), "{hebrew}");
        let latin = written(Anchor::Start, "B (דוד)");
        assert!(!latin.contains("rtl") && !latin.contains("text-anchor"), "{latin}");
    }

    #[test]
    fn bytes_become_letters() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_ring_has_no_filling_and_a_clear_outline_is_left_out() {
        let mut svg = String::new();
        let node = |fill, outline| Mark::Node {
            shape: Shape::Disc,
            center: [1.0, 2.0],
            radius: 3.0,
            fill,
            outline,
            outline_width: 1.0,
        };
        write_mark(&mut svg, &node(Color::CLEAR, Color::hex(0xff_00_00))).expect("a string");
        assert_eq!(
            svg,
            "<circle cx=\"1.00\" cy=\"2.00\" r=\"3.00\" fill=\"none\" stroke=\"#ff0000\" stroke-width=\"1.00\"/>\n"
        );
        svg.clear();
        write_mark(&mut svg, &node(Color::hex(0xff), Color::CLEAR)).expect("a string");
        assert!(!svg.contains("stroke"));
    }
}
