//! Sheets as PDF: one page of vectors for paper. Letters are outlines, so that every script the
//! bundled font covers prints without the reader having a font.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::Compression;
use flate2::read::ZlibEncoder;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::Point;
use super::font::{self, Step};
use super::mark::{Anchor, Color, Mark, Shades, Sheet};

/// Points of paper per pixel: 96 pixels make an inch.
const POINTS_PER_PX: f32 = 0.75;
/// How far the control points of a quarter circle lie from its ends, in radii.
const QUARTER_CIRCLE: f32 = 0.552_284_8;

/// The sheet as a PDF document of one page, called `title`.
pub fn write(sheet: &Sheet, title: &str) -> Vec<u8> {
    let [width, height] = sheet.size_px.map(|it| it as f32);
    let mut page = Page { content: Content::new(), opacities: BTreeMap::new(), shades: Vec::new() };
    // From here on in pixels, y downwards, as on the sheet.
    let points = POINTS_PER_PX;
    page.content.transform([points, 0.0, 0.0, -points, 0.0, height * points]);
    page.content.set_line_join(LineJoinStyle::RoundJoin);
    page.fill_color(sheet.background);
    page.content.rect(0.0, 0.0, width, height).fill_nonzero();
    for mark in &sheet.marks {
        page.mark(mark);
    }

    let [catalog, pages, leaf, stream, info] = [1, 2, 3, 4, 5].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.document_info(info).title(TextStr(title)).producer(TextStr("Jaywalk"));
    pdf.pages(pages).kids([leaf]).count(1);
    let mut leaf = pdf.page(leaf);
    leaf.parent(pages).contents(stream);
    leaf.media_box(Rect::new(0.0, 0.0, width * points, height * points));
    let mut resources = leaf.resources();
    let mut states = resources.ext_g_states();
    let state = |opacity: u8| Ref::new(6 + i32::from(opacity));
    for (&opacity, name) in &page.opacities {
        states.pair(Name(name.as_bytes()), state(opacity));
    }
    states.finish();
    // Behind all opacities two each: the colors, and how solid they are.
    let object = |number: usize, part: i32| {
        Ref::new(6 + 256 + 2 * i32::try_from(number).unwrap_or(i32::MAX / 4) + part)
    };
    let mut pictures = resources.x_objects();
    for number in 0..page.shades.len() {
        pictures.pair(Name(picture_name(number).as_bytes()), object(number, 0));
    }
    pictures.finish();
    resources.finish();
    leaf.finish();
    pdf.stream(stream, &page.content.finish());
    for &opacity in page.opacities.keys() {
        let share = f32::from(opacity) / 255.0;
        pdf.ext_graphics(state(opacity)).stroking_alpha(share).non_stroking_alpha(share);
    }
    for (number, shades) in page.shades.iter().enumerate() {
        write_shades(&mut pdf, shades, [object(number, 0), object(number, 1)]);
    }
    pdf.finish()
}

fn picture_name(number: usize) -> String {
    format!("p{number}")
}

/// A picture and its opacities, each an object of its own.
fn write_shades(pdf: &mut Pdf, shades: &Shades, [picture, opacities]: [Ref; 2]) {
    let size = |cells: usize| i32::try_from(cells).unwrap_or(i32::MAX);
    let (width, height) = (size(shades.columns), size(shades.rows()));
    let cells = || shades.rgba.chunks_exact(4);
    let colors = packed(&cells().flat_map(|it| [it[0], it[1], it[2]]).collect::<Vec<u8>>());
    let solid = packed(&cells().map(|it| it[3]).collect::<Vec<u8>>());
    let mut image = pdf.image_xobject(picture, &colors);
    image.filter(Filter::FlateDecode);
    image.width(width).height(height).bits_per_component(8);
    image.color_space().device_rgb();
    image.interpolate(true).s_mask(opacities);
    image.finish();
    let mut mask = pdf.image_xobject(opacities, &solid);
    mask.filter(Filter::FlateDecode);
    mask.width(width).height(height).bits_per_component(8);
    mask.color_space().device_gray();
    mask.interpolate(true);
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(bytes, Compression::default());
    let mut packed = Vec::new();
    // Reading from memory cannot fail.
    let _ = encoder.read_to_end(&mut packed);
    packed
}

struct Page {
    content: Content,
    /// Opacities in use (0..=255), with the names of their graphics states.
    opacities: BTreeMap<u8, String>,
    /// Pictures on the page.
    shades: Vec<Shades>,
}

impl Page {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Shades(shades) => self.shades(shades),
            Mark::Ties { strokes, opacity } => {
                for stroke in strokes {
                    let dash = stroke.dashed.then_some([5.0 * stroke.width, 4.0 * stroke.width]);
                    let color = stroke.color.faded((stroke.weight * opacity).max(0.01));
                    self.stroke_style(color, stroke.width, dash);
                    self.path(&[stroke.from, stroke.to]);
                    self.content.stroke();
                }
            }
            Mark::Line { points, color, width, dashed } => {
                self.stroke_style(*color, *width, dashed.then_some([4.0 * width, 3.0 * width]));
                self.path(points);
                self.content.stroke();
            }
            Mark::Area { points, fill } => {
                self.fill_color(*fill);
                self.path(points);
                self.content.close_path();
                self.content.fill_nonzero();
            }
            Mark::Node { shape, center, radius, fill, outline, outline_width } => {
                let corners = shape.corners(*center, *radius);
                let outlined = outline.a > 0 && *outline_width > 0.0;
                for (wanted, filled) in [(fill.a > 0, true), (outlined, false)] {
                    if !wanted {
                        continue;
                    }
                    if filled {
                        self.fill_color(*fill);
                    } else {
                        self.stroke_style(*outline, *outline_width, None);
                    }
                    match &corners {
                        Some(corners) => self.path(corners),
                        None => self.circle(*center, *radius),
                    }
                    self.content.close_path();
                    if filled {
                        self.content.fill_nonzero();
                    } else {
                        self.content.stroke();
                    }
                }
            }
            Mark::Text { at, text, size, anchor, color, halo, upright } => {
                let before = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => font::width(text, *size) / 2.0,
                    Anchor::End => font::width(text, *size),
                };
                let outline = font::outline(text, *size);
                self.content.save_state();
                let turn = if *upright { [0.0, -1.0, 1.0, 0.0] } else { [1.0, 0.0, 0.0, 1.0] };
                let [a, b, c, d] = turn;
                self.content.transform([a, b, c, d, at[0], at[1]]);
                self.content.transform([1.0, 0.0, 0.0, 1.0, -before, 0.0]);
                if halo.a > 0 {
                    self.stroke_style(*halo, size * 0.32, None);
                    self.letters(&outline);
                    self.content.stroke();
                }
                self.fill_color(*color);
                self.letters(&outline);
                self.content.fill_nonzero();
                self.content.restore_state();
            }
        }
    }

    fn shades(&mut self, shades: &Shades) {
        let side = |cells: usize| cells as f32 * shades.cell;
        let (width, height) = (side(shades.columns), side(shades.rows()));
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        self.opacity(255);
        self.content.save_state();
        // A picture fills the unit square, its upper row at 1.
        let [x, y] = shades.at;
        self.content.transform([width, 0.0, 0.0, -height, x, y + height]);
        self.content.x_object(Name(picture_name(self.shades.len()).as_bytes()));
        self.content.restore_state();
        self.shades.push(shades.clone());
    }

    fn fill_color(&mut self, color: Color) {
        self.opacity(color.a);
        let [r, g, b] = shares(color);
        self.content.set_fill_rgb(r, g, b);
    }

    fn stroke_style(&mut self, color: Color, width: f32, dash: Option<[f32; 2]>) {
        self.opacity(color.a);
        let [r, g, b] = shares(color);
        self.content.set_stroke_rgb(r, g, b);
        self.content.set_line_width(width);
        self.content.set_line_cap(LineCapStyle::ButtCap);
        self.content.set_dash_pattern(dash.iter().flatten().copied(), 0.0);
    }

    fn opacity(&mut self, opacity: u8) {
        let name = self.opacities.entry(opacity).or_insert_with(|| format!("a{opacity}"));
        self.content.set_parameters(Name(name.as_bytes()));
    }

    fn path(&mut self, points: &[Point]) {
        for (at, &[x, y]) in points.iter().enumerate() {
            if at == 0 {
                self.content.move_to(x, y);
            } else {
                self.content.line_to(x, y);
            }
        }
    }

    fn circle(&mut self, [x, y]: Point, radius: f32) {
        let pull = radius * QUARTER_CIRCLE;
        let content = &mut self.content;
        content.move_to(x + radius, y);
        content.cubic_to(x + radius, y + pull, x + pull, y + radius, x, y + radius);
        content.cubic_to(x - pull, y + radius, x - radius, y + pull, x - radius, y);
        content.cubic_to(x - radius, y - pull, x - pull, y - radius, x, y - radius);
        content.cubic_to(x + pull, y - radius, x + radius, y - pull, x + radius, y);
    }

    fn letters(&mut self, outline: &[Step]) {
        let mut pen = [0.0; 2];
        for step in outline {
            pen = match *step {
                Step::Move(to) => {
                    self.content.move_to(to[0], to[1]);
                    to
                }
                Step::Line(to) => {
                    self.content.line_to(to[0], to[1]);
                    to
                }
                // A quadratic curve is the cubic one whose control points lie two thirds of the
                // way to its own.
                Step::Quad(control, to) => {
                    let near = |end: Point, axis: usize| {
                        end[axis] + (control[axis] - end[axis]) * 2.0 / 3.0
                    };
                    let [ax, ay, bx, by] = [near(pen, 0), near(pen, 1), near(to, 0), near(to, 1)];
                    self.content.cubic_to(ax, ay, bx, by, to[0], to[1]);
                    to
                }
                Step::Cubic(a, b, to) => {
                    self.content.cubic_to(a[0], a[1], b[0], b[1], to[0], to[1]);
                    to
                }
            };
        }
    }
}

fn shares(color: Color) -> [f32; 3] {
    [color.r, color.g, color.b].map(|it| f32::from(it) / 255.0)
}
