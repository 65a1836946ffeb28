//! Pictures: exact pixels, the same for any number of threads, in three formats.

#[path = "../classics/mod.rs"]
mod classics;
mod gallery;

use jaywalk::diffusion::AdopterClass;
use jaywalk::network::{
    Channel, EvidenceKind, Groups, Network, Person, PersonIndex, Tie, TieEvidence,
};
use jaywalk::picture::palette::Palette;
use jaywalk::picture::{
    Anchor, Color, ColorBy, Image, Look, Mark, Overlay, PlacedLabel, Point, Scene, Shape, Sheet,
    SizeBy, Swatch, Theme, TieColor, TieStroke, View, font, labels, pdf, raster, svg,
};
use proptest::prelude::*;

const WHITE: Color = Color::hex(0xff_ff_ff);
const RED: Color = Color::hex(0xd0_20_20);
const BLUE: Color = Color::hex(0x20_20_d0);

fn sheet(size_px: [u32; 2], marks: Vec<Mark>) -> Sheet {
    Sheet { size_px, background: WHITE, marks }
}

fn node(fill: Color, outline: Color, outline_width: f32) -> Mark {
    let (shape, center) = (Shape::Disc, [20.0, 20.0]);
    Mark::Node { shape, center, radius: 10.0, fill, outline, outline_width }
}

fn is(image: &Image, x: u32, y: u32, color: Color) -> bool {
    image.pixel(x, y) == [color.r, color.g, color.b]
}

/// How dark a pixel is, 0 (white) to 1.
fn darkness(image: &Image, x: u32, y: u32) -> f32 {
    let sum: f32 = image.pixel(x, y).into_iter().map(f32::from).sum();
    1.0 - sum / 765.0
}

fn person(name: &str) -> Person {
    Person { id: name.to_owned().into(), name: name.to_owned().into(), ..Person::default() }
}

fn tie(influencer: PersonIndex, audience: PersonIndex) -> Tie {
    Tie { mutual: true, ..Tie::new(influencer, audience, 0.03) }
}

/// Everyone's neighborhood by number, with names.
fn named(names: &[&str], of: Vec<u32>) -> Groups {
    Groups {
        names: names.iter().map(|&it| it.to_owned()).collect(),
        of: of.into_iter().map(Some).collect(),
        are_ranges: false,
    }
}

/// `people` people on a spiral, each tied to an earlier one.
fn spiral(people: u32) -> (Network, Vec<Point>) {
    let network = Network {
        people: (0..people).map(|it| person(&format!("Person number {it}"))).collect(),
        ties: (1..people).map(|it| tie(it * 7 % it, it)).collect(),
    };
    let place = |it: u32| {
        let (sine, cosine) = (it as f32 * 2.4).sin_cos();
        let radius = (it as f32).sqrt() * 10.0;
        [radius * cosine, radius * sine]
    };
    (network, (0..people).map(place).collect())
}

#[test]
fn a_disc_is_filled_and_its_edge_is_soft() {
    let image = raster::paint(&sheet([40, 40], vec![node(RED, Color::CLEAR, 0.0)]));
    assert!(is(&image, 20, 20, RED) && is(&image, 13, 20, RED));
    assert!(is(&image, 0, 0, WHITE) && is(&image, 31, 20, WHITE));
    let soft = (0..40 * 40).filter(|at| {
        let (x, y) = (at % 40, at / 40);
        !is(&image, x, y, RED) && !is(&image, x, y, WHITE)
    });
    assert!((30..90).contains(&soft.count()), "the rim of about 63 pixels is blended");
}

#[test]
fn a_disc_covers_its_area() {
    let image = raster::paint(&sheet([40, 40], vec![node(Color::hex(0), Color::CLEAR, 0.0)]));
    let area: f32 = (0..40 * 40).map(|at| darkness(&image, at % 40, at / 40)).sum();
    assert!((area - std::f32::consts::PI * 100.0).abs() < 3.0, "{area}");
}

#[test]
fn a_ring_is_hollow() {
    let image = raster::paint(&sheet([40, 40], vec![node(Color::CLEAR, BLUE, 3.0)]));
    assert!(is(&image, 20, 20, WHITE), "hollow");
    assert!(is(&image, 10, 20, BLUE) && is(&image, 20, 30, BLUE), "on the circle");
    assert!(is(&image, 2, 20, WHITE), "nothing outside");
}

#[test]
fn shapes_have_the_same_area() {
    let area = |shape| {
        let mark = Mark::Node {
            shape,
            center: [50.0, 50.0],
            radius: 30.0,
            fill: Color::hex(0),
            outline: Color::CLEAR,
            outline_width: 0.0,
        };
        let image = raster::paint(&sheet([100, 100], vec![mark]));
        (0..100 * 100).map(|at| darkness(&image, at % 100, at / 100)).sum::<f32>()
    };
    let disc = area(Shape::Disc);
    for shape in [Shape::Square, Shape::Diamond] {
        assert!((area(shape) / disc - 1.0).abs() < 0.02, "{shape:?}");
    }
}

#[test]
fn a_tie_covers_length_times_width_at_any_angle() {
    for angle in 0..24_u8 {
        let (sine, cosine) = (f32::from(angle) * 0.2618).sin_cos();
        let stroke = TieStroke {
            from: [60.0 - 40.0 * cosine, 60.0 - 40.0 * sine],
            to: [60.0 + 40.0 * cosine, 60.0 + 40.0 * sine],
            color: Color::hex(0),
            width: 1.5,
            weight: 1.0,
            dashed: false,
        };
        // At half the densest opacity, ink below a full layer is nearly linear.
        let mark = Mark::Ties { strokes: vec![stroke], opacity: 0.1 };
        let image = raster::paint(&sheet([120, 120], vec![mark]));
        let ink: f32 = (0..120 * 120).map(|at| darkness(&image, at % 120, at / 120)).sum();
        let expected = 0.1 * 80.0 * 1.5;
        assert!((ink / expected - 1.0).abs() < 0.08, "angle {angle}: {ink} for {expected}");
    }
}

#[test]
fn a_slanted_line_is_smooth() {
    let mark = Mark::Line {
        points: vec![[2.0, 2.0], [38.0, 14.0]],
        color: Color::hex(0),
        width: 1.0,
        dashed: false,
    };
    let image = raster::paint(&sheet([40, 20], vec![mark]));
    for x in 4..36 {
        let column: f32 = (0..20).map(|y| darkness(&image, x, y)).sum();
        assert!((column - 1.054).abs() < 0.05, "column {x} holds {column} of a line 1 px wide");
    }
}

#[test]
fn a_hairball_fades_below_solid_and_does_not_care_for_order() {
    let stroke = |at: u16, color| TieStroke {
        from: [0.0, f32::from(at % 40)],
        to: [40.0, f32::from(at * 7 % 40)],
        color,
        width: 1.0,
        weight: 1.0,
        dashed: at.is_multiple_of(3),
    };
    let mut strokes: Vec<_> =
        (0..2000).map(|at| stroke(at, if at.is_multiple_of(2) { RED } else { BLUE })).collect();
    let paint = |strokes: &[TieStroke]| {
        raster::paint(&sheet(
            [40, 40],
            vec![Mark::Ties { strokes: strokes.to_vec(), opacity: 0.3 }],
        ))
    };
    let image = paint(&strokes);
    let [r, g, b] = image.pixel(20, 20);
    assert!(
        r > 0x60 && b > 0x60 && g > 0x30,
        "colors mix and the ground shines through: {r} {g} {b}"
    );
    strokes.reverse();
    assert_eq!(paint(&strokes), image);
}

#[test]
fn text_is_drawn_where_it_is_measured() {
    let text = "Nguyễn → Жанна 語";
    let mark = |anchor, x| Mark::Text {
        at: [x, 40.0],
        text: text.to_owned(),
        size: 20.0,
        anchor,
        color: Color::hex(0),
        halo: Color::CLEAR,
        upright: false,
    };
    let width = font::width(text, 20.0);
    let image = raster::paint(&sheet([300, 60], vec![mark(Anchor::Start, 10.0)]));
    let columns: Vec<u32> =
        (0..300).filter(|&x| (0..60).any(|y| darkness(&image, x, y) > 0.2)).collect();
    let (first, last) = (columns[0] as f32, columns[columns.len() - 1] as f32);
    assert!(
        (first - 10.0).abs() < 4.0 && (last - 10.0 - width).abs() < 4.0,
        "{first} {last} {width}"
    );
    let from_the_end = raster::paint(&sheet([300, 60], vec![mark(Anchor::End, 10.0 + width)]));
    assert_eq!(from_the_end, image);
}

#[test]
fn names_in_every_script_that_the_machine_has_a_font_for_are_drawn() {
    let replacement = font::outline("\u{fffd}", 12.0);
    let mut drawn = 0;
    for name in ["李明", "さくら", "김철수", "محمد", "דוד", "स्मृति", "สมชาย", "தமிழ்", "გიორგი"]
    {
        if font::lacks(name) {
            continue;
        }
        drawn += 1;
        for letter in name.chars().filter(|it| it.is_alphabetic()) {
            assert_ne!(font::outline(&letter.to_string(), 12.0), replacement, "{name}");
        }
        let mark = Mark::Text {
            at: [10.0, 40.0],
            text: name.to_owned(),
            size: 20.0,
            anchor: Anchor::Start,
            color: Color::hex(0),
            halo: Color::CLEAR,
            upright: false,
        };
        let image = raster::paint(&sheet([300, 60], vec![mark]));
        let last = (0..300).rev().find(|&x| (0..60).any(|y| darkness(&image, x, y) > 0.2));
        let last = last.expect("something is drawn") as f32;
        let end = 10.0 + font::width(name, 20.0);
        assert!((last - end).abs() < 5.0, "{name} ends at {last}, not at {end}");
    }
    // Letters of Arabic grow together: a word has other shapes than its letters alone.
    if !font::lacks("محمد") {
        let steps = |text: &str| font::outline(text, 20.0).len();
        let alone: usize = "محمد".chars().map(|it| steps(&it.to_string())).sum();
        assert_ne!(steps("محمد"), alone);
    }
    eprintln!("fonts for {drawn} of 9 scripts");
}

#[test]
fn any_number_of_threads_paints_the_same_picture() {
    let (network, positions) = spiral(800);
    let overlay = Overlay { seeds: &[3, 5], selected: &[9], ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    let view = View::fit(&positions, [501, 333], 20.0);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| raster::draw(&scene, &view))
    };
    let one = with(1);
    assert_eq!(with(2), one);
    assert_eq!(with(8), one);
}

#[test]
fn nobody_one_person_and_strange_positions_are_drawn() {
    let (network, _) = spiral(3);
    let strange = [[f32::NAN, 0.0], [f32::INFINITY, 1.0], [1e30, -1e30]];
    for (people, positions) in [(0, &strange[..0]), (1, &strange[..1]), (3, &strange[..]), (3, &[])]
    {
        let some = Network { people: network.people[..people].to_vec(), ..Network::default() };
        let scene = Scene::new(&some, positions, &Look::default(), &Overlay::default());
        let view = View::fit(positions, [200, 100], 10.0);
        let image = raster::draw(&scene, &view);
        assert_eq!(image.rgba.len(), 200 * 100 * 4);
        assert!(!pdf::write(&scene.sheet(&view), "x").is_empty());
        assert!(!svg::write(&scene.sheet(&view), "x").contains("NaN"));
    }
}

#[test]
fn seeds_are_ringed_and_stand_in_front() {
    let (network, positions) = spiral(30);
    let look = Look { labels: false, legend: false, ..Look::default() };
    let overlay = Overlay { seeds: &[17], ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &look, &overlay);
    assert_eq!(scene.by_importance()[0], 17);
    let view = View::fit(&positions, [600, 600], 40.0);
    let image = raster::draw(&scene, &view);
    let [x, y] = view.to_screen(positions[17]);
    let ring = scene.outer_radius_px(17, &view) - 1.1;
    let pixel = |dx: f32| {
        let column = (0_u32..600).find(|&it| it as f32 + 1.0 > x + dx).expect("on the canvas");
        let row = (0_u32..600).find(|&it| it as f32 + 1.0 > y).expect("on the canvas");
        image.pixel(column, row)
    };
    let palette = Palette::of(Theme::Light);
    let near = |[r, g, b]: [u8; 3], color: Color| {
        r.abs_diff(color.r).max(g.abs_diff(color.g)).max(b.abs_diff(color.b)) < 60
    };
    assert!(near(pixel(0.0), palette.hues[0]), "the person");
    assert!(near(pixel(ring), palette.ink), "the ring: {:?}", pixel(ring));
}

#[test]
fn the_legend_follows_every_choice_of_colors() {
    let (mut network, positions) = spiral(20);
    for (at, person) in network.people.iter_mut().enumerate() {
        if at > 0 {
            person.facts.insert("client", format!("Client {}", at.min(13)));
        }
    }
    network.people[0].is_owner = true;
    let alike = TieEvidence {
        kind: EvidenceKind::SameCompany,
        channel: None,
        source: 0,
        count: 1,
        group_size: 4,
        last_seen: None,
    };
    network.ties.push(tie(0, 1), [alike]);
    let classes: Vec<Option<AdopterClass>> =
        (0..20).map(|at| (at > 9).then(|| AdopterClass::ALL[at % 5])).collect();
    let of = [[0; 11].as_slice(), &[1; 7], &[2; 2]].concat();
    let groups = named(&["North", "South", "East"], of);
    let overlay = Overlay {
        neighborhoods: Some(&groups),
        classes: &classes,
        adopted: &[true; 20],
        seeds: &[1],
        ..Overlay::default()
    };
    let entries = |color: ColorBy| {
        let look = Look { color, ..Look::default() };
        let legend = Scene::new(&network, &positions, &look, &overlay).legend;
        let people: usize = legend.parts[0]
            .entries
            .iter()
            .filter(|it| it.swatch == Swatch::Disc || it.label == "Seeds" && it.count == Some(1))
            .filter_map(|it| it.count)
            .sum();
        assert!((20..=21).contains(&people), "everyone is counted: {legend:?}");
        let entries = legend.parts.into_iter().flat_map(|it| it.entries);
        entries.filter_map(|it| Some((it.label, it.count?))).collect::<Vec<_>>()
    };
    let has = |entries: &[(String, usize)], label: &str, count| {
        assert!(entries.contains(&(label.to_owned(), count)), "{label}: {entries:?}");
    };
    let neighborhoods = entries(ColorBy::Neighborhood);
    has(&neighborhoods, "North", 11);
    has(&neighborhoods, "South", 7);
    has(&neighborhoods, "Other neighborhoods (1)", 2);
    has(&neighborhoods, "Seeds", 1);
    has(&neighborhoods, "Owners of exports", 1);
    has(&neighborhoods, "Inferred ties", 1);
    has(&neighborhoods, "Observed ties", 19);
    let clients = entries(ColorBy::Column("client".to_owned()));
    assert_eq!(clients[0], ("Client 13".to_owned(), 7), "the most frequent first");
    has(&clients, "Other (3 more)", 3);
    has(&clients, "Not given", 1);
    has(&entries(ColorBy::AdopterClass), "Innovators", 2);
    has(&entries(ColorBy::AdopterClass), "Does not adopt", 9);
    has(&entries(ColorBy::AdoptedSoFar), "Laggards", 2);
    has(&entries(ColorBy::Closeness), "From here", 1);
    has(&entries(ColorBy::Plain), "Person", 20);
}

#[test]
fn filtered_people_take_their_ties_with_them() {
    let (network, positions) = spiral(10);
    let mut hidden = [false; 10];
    hidden[0] = true;
    let overlay = Overlay { hidden: &hidden, ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    assert!(scene.ties.iter().all(|it| it.influencer != 0 && it.audience != 0));
    let view = View::fit(&positions, [400, 400], 20.0);
    let named = labels::place(&scene, &view, 100, font::width);
    assert!(named.iter().all(|it| it.person != 0) && named.len() > 3);
}

#[test]
fn ties_on_the_canvas_are_known_unless_they_are_too_many() {
    let (network, positions) = spiral(60);
    let hidden: Vec<bool> = (0..60).map(|it| it == 4).collect();
    let overlay = Overlay { hidden: &hidden, ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    let whole = View::fit(&positions, [400, 400], 20.0);
    let visible: Vec<u32> = scene.ties.iter().map(|it| it.number).collect();
    assert!(visible.len() < network.ties.len());
    assert_eq!(scene.ties_in(&whole, visible.len()), Some(visible.clone()));
    assert_eq!(scene.ties_in(&whole, visible.len() - 1), None);
    let close = View { center: positions[59], scale: 20.0, ..whole };
    let near = scene.ties_in(&close, 1000).expect("few");
    let of_59 = network.ties.iter().find(|it| it.audience == 59).map(|it| it.number);
    assert!(near.len() < visible.len() && of_59.is_some_and(|it| near.contains(&it)), "{near:?}");
}

#[test]
fn hovering_lights_a_person_and_their_ties() {
    let (network, positions) = spiral(10);
    let overlay = Overlay { hovered: Some(9), ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    let of_nine: Vec<_> = network.ties.iter().filter(|it| it.audience == 9).collect();
    for (person, mark) in (0..).zip(&scene.people) {
        let around = person == 9 || of_nine.iter().any(|it| it.influencer == person);
        assert_eq!(mark.dimmed, !around, "{person}");
    }
    assert_eq!(scene.ties.iter().filter(|it| it.lit).count(), of_nine.len());
    assert_eq!(scene.by_importance()[0], 9);
}

#[test]
fn size_tells_the_measure_by_area() {
    let (network, positions) = spiral(3);
    let pagerank = jaywalk::measure::find("pagerank").expect("a measure");
    let look = Look { size: SizeBy::Measured(pagerank), ..Look::default() };
    let measured = [4.0, 1.0, f64::NAN];
    let overlay = Overlay { measured: &measured, ..Overlay::default() };
    let sizes: Vec<f32> =
        Scene::new(&network, &positions, &look, &overlay).people.iter().map(|it| it.size).collect();
    let above_smallest = |at: usize| sizes[at] - sizes[2];
    assert!((above_smallest(0) / above_smallest(1) - 2.0).abs() < 1e-4, "{sizes:?}");
}

#[test]
fn names_with_markup_are_text_in_every_format() {
    let (mut network, positions) = spiral(2);
    network.people[0].name = "<img src=x onerror=alert(1)>\u{202e} & \"co\"".to_owned().into();
    network.people[1].name = "語".repeat(300).into();
    let scene = Scene::new(&network, &positions, &Look::default(), &Overlay::default());
    let view = View::fit(&positions, [600, 400], 80.0);
    let svg = svg::write(&scene.sheet(&view), "Map");
    assert!(svg.contains("&lt;img src=x onerror=") && !svg.contains("<img"), "{svg}");
    assert!(!svg.contains('\u{202e}'));
    assert_well_formed(&svg);
    let image = raster::draw(&scene, &view);
    assert_eq!((image.width, image.height), (600, 400));
}

/// Every element is closed in order, attributes are quoted, and no `<` or `&` stands alone.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        assert!(!text.contains('>'), "a lone > in {text:?}");
        for entity in text.split('&').skip(1) {
            let end = entity.find(';').expect("an entity ends with ;");
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&&entity[..end]), "{entity}");
        }
        let end = tag.find('>').expect("a tag ends");
        let inside = &tag[1..end];
        assert!(inside.matches('"').count().is_multiple_of(2), "{inside}");
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !inside.ends_with('/') {
            open.push(inside.split_whitespace().next().expect("a name"));
        }
        rest = &tag[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty());
}

#[test]
fn a_pdf_is_whole_and_holds_vectors() {
    let (network, positions) = spiral(40);
    let overlay = Overlay { seeds: &[2], ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    let bytes = pdf::write(&scene.sheet(&View::fit(&positions, [800, 600], 40.0)), "Café map");
    assert!(bytes.starts_with(b"%PDF-1."));
    assert!(bytes.trim_ascii_end().ends_with(b"%%EOF"));
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("/MediaBox [0 0 600 450]"), "96 px make an inch");
    let count = |operator: &str| text.lines().filter(|it| it.ends_with(operator)).count();
    assert!(count(" c") > 4 * 40, "discs and letters are curves");
    assert!(!text.contains("/Image"), "and nothing is a bitmap");
    // The cross-reference table points at the objects.
    let table = text.rfind("startxref").expect("a table");
    let offset: usize =
        text[table..].lines().nth(1).and_then(|it| it.parse().ok()).expect("an offset");
    assert!(bytes[offset..].starts_with(b"xref"));
}

#[test]
fn a_crowd_is_a_picture_within_every_format() {
    let person = |_| Person::default();
    let network = Network { people: (0..22_500).map(person).collect(), ..Network::default() };
    let at: Vec<Point> =
        (0..22_500_u16).map(|it| [f32::from(it % 150), f32::from(it / 150)]).collect();
    let look = Look { labels: false, ..Look::default() };
    let scene = Scene::new(&network, &at, &look, &Overlay::default());
    let far = View { scale: 1.0, ..View::fit(&at, [400, 300], 20.0) };
    assert!(scene.crowding(&far) >= 1.0);
    let sheet = scene.sheet(&far);
    let svg = svg::write(&sheet, "Crowd");
    assert_well_formed(&svg);
    assert_eq!(svg.matches("<image ").count(), 1);
    assert!(svg.len() < 400_000, "{} bytes for so many people", svg.len());
    let pdf = pdf::write(&sheet, "Crowd");
    let has = |text: &str| pdf.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(has("/Subtype /Image") && has("/SMask"));
    // In the middle there is ink, and twice the pixels show the same.
    let once = raster::paint(&sheet);
    let twice = raster::paint(&sheet.magnified(2.0));
    let ink = |image: &Image| {
        image.rgba.chunks_exact(4).map(|it| 255.0 - f64::from(it[0])).sum::<f64>()
            / f64::from(image.width * image.height)
    };
    assert!(once.pixel(200, 150) != once.pixel(2, 150));
    assert!((ink(&twice) / ink(&once) - 1.0).abs() < 0.03, "{} {}", ink(&once), ink(&twice));
}

#[test]
fn a_png_reads_back_as_the_same_pixels() {
    let image = raster::paint(&sheet([40, 40], vec![node(RED, BLUE, 2.0)]));
    let bytes = image.png().expect("pixels");
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("a frame");
    assert_eq!(pixels, image.rgba);
}

#[test]
fn colors_are_readable_on_their_ground() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        assert!(palette.ink.contrast(palette.background) > 12.0);
        assert!(palette.muted_ink.contrast(palette.background) > 4.5, "WCAG AA for text");
        for (at, hue) in palette.hues.iter().enumerate() {
            let contrast = hue.contrast(palette.background);
            assert!(contrast > 2.7, "hue {at} of {theme:?}: {contrast}");
        }
        for (at, hue) in palette.classes.iter().enumerate() {
            assert!(hue.contrast(palette.background) > 2.0, "class {at} of {theme:?}");
        }
    }
}

/// What a red-green blind eye sees (Viénot, Brettel & Mollon 1999, deuteranopia and protanopia,
/// on linear light).
fn seen_by(color: Color, blindness: [[f32; 3]; 3]) -> [f32; 3] {
    let linear = [color.r, color.g, color.b].map(|it| (f32::from(it) / 255.0).powf(2.2));
    blindness.map(|row| {
        let mixed: f32 = row.iter().zip(linear).map(|(weight, channel)| weight * channel).sum();
        mixed.clamp(0.0, 1.0).powf(1.0 / 2.2) * 255.0
    })
}

#[test]
fn neighboring_hues_differ_for_color_blind_eyes() {
    let deutan = [[0.293, 0.707, 0.0], [0.293, 0.707, 0.0], [-0.022, 0.022, 1.0]];
    let protan = [[0.112, 0.888, 0.0], [0.112, 0.888, 0.0], [0.004, -0.004, 1.0]];
    for (theme, blindness) in [
        (Theme::Light, deutan),
        (Theme::Light, protan),
        (Theme::Dark, deutan),
        (Theme::Dark, protan),
    ] {
        let hues = &Palette::of(theme).hues;
        for (at, pair) in hues.windows(2).enumerate() {
            let [a, b] = [pair[0], pair[1]].map(|it| seen_by(it, blindness));
            let distance = a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f32>().sqrt();
            assert!(distance > 40.0, "hues {at} and {} of {theme:?}: {distance}", at + 1);
        }
    }
}

/// Whose name stands where.
type Standing = Vec<(u32, [i32; 2])>;

/// Whose name stands where relative to the ground, in quarters of a pixel, before and after the
/// map is panned by whole pixels. (Names snap to eighths of a pixel.)
fn labels_before_and_after_panning(at: &[[f32; 2]], by: [f32; 2]) -> (Standing, Standing) {
    let (network, _) = spiral(u32::try_from(at.len()).expect("few"));
    let scene = Scene::new(&network, at, &Look::default(), &Overlay::default());
    let view = View::fit(at, [900, 700], 100.0);
    let placed = |view: &View| labels::place(&scene, view, 200, font::width);
    let (before, after) = (placed(&view), placed(&view.panned(by)));
    let mut moved = Vec::new();
    let mut still = Vec::new();
    for label in &before {
        let Some(same) = after.iter().find(|it| it.person == label.person) else {
            still.push((label.person, [0; 2]));
            continue;
        };
        let off: [f32; 2] = std::array::from_fn(|axis| same.min[axis] - label.min[axis] - by[axis]);
        #[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
        moved.push((label.person, off.map(|it| (it * 4.0).trunc() as i32)));
        still.push((label.person, [0; 2]));
    }
    (still, moved)
}

#[test]
fn a_name_between_two_places_does_not_flip_while_panning() {
    let at = [
        [-299.2184, 0.0],
        [-70.48382, 139.01044],
        [-197.08684, 149.7728],
        [284.86295, 0.0],
        [-218.37344, 144.15161],
        [254.42009, 0.0],
        [0.0, 0.0],
        [-157.41153, 175.46358],
    ];
    let (before, after) = labels_before_and_after_panning(&at, [0.0, -54.0]);
    assert_eq!(before, after);
}

fn touch(a: &PlacedLabel, b: &PlacedLabel) -> bool {
    (0..2).all(|axis| {
        a.min[axis] < b.min[axis] + b.size[axis] && b.min[axis] < a.min[axis] + a.size[axis]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn names_never_overlap(
        at in prop::collection::vec([-300.0_f32..300.0, -200.0_f32..200.0], 1..150),
        zoom in 0.5_f32..4.0,
    ) {
        let (network, _) = spiral(u32::try_from(at.len()).expect("few"));
        let overlay = Overlay { seeds: &[0], ..Overlay::default() };
        let scene = Scene::new(&network, &at, &Look::default(), &overlay);
        let view = View::fit(&at, [900, 700], 30.0).zoomed_at([450.0, 350.0], zoom);
        let placed = labels::place(&scene, &view, 200, font::width);
        for (number, label) in placed.iter().enumerate() {
            prop_assert!(placed[number + 1..].iter().all(|other| !touch(label, other)));
        }
        if view.shows(view.to_screen(at[0]), 0.0) {
            prop_assert!(placed.iter().any(|it| it.person == 0), "a seed is always named");
        }
    }

    #[test]
    fn names_hold_still_while_panning(
        at in prop::collection::vec([-300.0_f32..300.0, -200.0_f32..200.0], 2..60),
        by in [-60.0_f32..60.0, -60.0_f32..60.0],
    ) {
        let (before, after) = labels_before_and_after_panning(&at, by.map(f32::round));
        prop_assert_eq!(before, after);
    }
}

/// Two circles of twelve people, 400 apart, and a stray one of the first near the second.
fn two_circles() -> (Network, Vec<Point>, Groups) {
    let network = Network {
        people: (0..25).map(|it| person(&format!("Person {it}"))).collect(),
        ..Network::default()
    };
    let place = |it: u32| {
        let (sine, cosine) = (it as f32 * std::f32::consts::FRAC_PI_6).sin_cos();
        let left = if it < 12 { 0.0 } else { 400.0 };
        [left + 60.0 * cosine, 60.0 * sine]
    };
    let mut positions: Vec<Point> = (0..24).map(place).collect();
    positions.push([400.0, 0.0]);
    let of = [[0; 12].as_slice(), &[1; 12], &[0]].concat();
    (network, positions, named(&["North & Co", "South"], of))
}

#[test]
fn neighborhoods_are_shapes_with_names_from_afar() {
    let (network, positions, groups) = two_circles();
    let levels = [0.25, f64::NAN];
    let overlay = Overlay { neighborhoods: Some(&groups), levels: &levels, ..Overlay::default() };
    let look = Look { legend: false, ..Look::default() };
    let scene = Scene::new(&network, &positions, &look, &overlay);
    let told: Vec<_> = scene.hulls.iter().map(|it| (it.group, it.people, it.detail())).collect();
    let expected = [(0, 13, "13 people · 25 % filled"), (1, 12, "12 people")];
    assert_eq!(told, expected.map(|(group, people, text)| (group, people, text.to_owned())));
    for (person, at) in positions.iter().take(24).enumerate() {
        let hull = scene.hull_at(*at).expect("inside");
        assert_eq!(hull.group, u32::from(person >= 12));
    }
    assert!(scene.hull_at([200.0, 0.0]).is_none(), "between them is nobody's ground");
    assert_eq!(
        scene.hull_at([400.0, 0.0]).map(|it| it.group),
        Some(1),
        "a stray one counts little"
    );

    let view = View::fit(&positions, [1600, 900], 400.0);
    let labels = jaywalk::picture::hulls::place(&scene, &view, font::width);
    assert_eq!(labels.len(), 2);
    let [x, y] = view.to_screen(scene.hulls[0].middle());
    assert!((labels[0].min[0] + labels[0].size[0] / 2.0 - x).abs() < 1.0);
    assert!(labels[0].min[1] + labels[0].size[1] < y, "above its shape");
    // The same in all three formats, and names of people keep clear of those of neighborhoods.
    let sheet = scene.sheet(&view);
    let areas = sheet.marks.iter().filter(|it| matches!(it, Mark::Area { .. })).count();
    assert_eq!(areas, 3, "two shapes, and what is full of the first");
    let image = raster::paint(&sheet);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a pixel")]
    let pixel = |at: Point| view.to_screen(at).map(|it| it as u32);
    let [x, y] = pixel([20.0, 0.0]);
    assert!(!is(&image, x, y, sheet.background), "faintly filled");
    let [x, y] = pixel([200.0, 0.0]);
    assert!(is(&image, x, y, sheet.background));
    let drawn = svg::write(&sheet, "map");
    assert!(drawn.contains("<polygon") || drawn.contains("<path"), "{drawn}");
    assert!(drawn.contains("North &amp; Co") && drawn.contains("25 % filled"));
    assert!(pdf::write(&sheet, "map").len() > 1000);
    for name in labels::place(&scene, &view, 50, font::width) {
        for hull in &labels {
            let apart = (0..2).any(|axis| {
                name.min[axis] >= hull.min[axis] + hull.size[axis]
                    || hull.min[axis] >= name.min[axis] + name.size[axis]
            });
            assert!(apart, "{} lies under {}", name.text, hull.name);
        }
    }

    // From near people take over; and shapes can be put away.
    let near = view.zoomed_at(view.to_screen([0.0, 0.0]), 6.0);
    assert!(jaywalk::picture::hulls::place(&scene, &near, font::width).is_empty());
    let without = Look { hulls: false, ..look.clone() };
    assert!(Scene::new(&network, &positions, &without, &overlay).hulls.is_empty());
}

#[test]
fn nobody_draws_a_line_around_everybody() {
    let (network, positions, mut groups) = two_circles();
    let hulls = |groups: &Groups, hidden: &[bool]| {
        let overlay = Overlay { neighborhoods: Some(groups), hidden, ..Overlay::default() };
        Scene::new(&network, &positions, &Look::default(), &overlay).hulls.len()
    };
    assert_eq!(hulls(&groups, &[]), 2);
    let hidden: Vec<bool> = (0..25).map(|it| (12..24).contains(&it)).collect();
    assert_eq!(hulls(&groups, &hidden), 0, "only one neighborhood shows");
    groups.of = vec![Some(0); 25];
    assert_eq!(hulls(&groups, &[]), 0);
    groups.of = (0..25).map(|it| (it < 2).then_some(1)).collect();
    assert_eq!(hulls(&groups, &[]), 0, "two people are no crowd");
    let nobody = Overlay { neighborhoods: Some(&groups), ..Overlay::default() };
    let empty = Scene::new(&Network::default(), &[], &Look::default(), &nobody);
    assert!(empty.hulls.is_empty() && empty.hull_at([0.0, 0.0]).is_none());
}

#[test]
fn a_neighborhood_fills_like_a_glass_by_its_area() {
    let (network, positions, groups) = two_circles();
    let levels = [0.5, 0.0];
    let overlay = Overlay { neighborhoods: Some(&groups), levels: &levels, ..Overlay::default() };
    let look = Look { legend: false, labels: false, ..Look::default() };
    let scene = Scene::new(&network, &positions, &look, &overlay);
    let sheet = scene.sheet(&View::fit(&positions, [1200, 700], 150.0));
    let area = |mark: &Mark| match mark {
        Mark::Area { points, .. } => {
            let next = points.iter().cycle().skip(1);
            let doubled: f32 =
                points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
            Some((doubled.abs() / 2.0, points.iter().map(|it| it[1]).fold(f32::INFINITY, f32::min)))
        }
        _ => None,
    };
    let areas: Vec<(f32, f32)> = sheet.marks.iter().filter_map(area).collect();
    assert_eq!(areas.len(), 3, "nothing is full of the empty one: {areas:?}");
    assert!((areas[1].0 / areas[0].0 - 0.5).abs() < 0.01, "{areas:?}");
    assert!(areas[1].1 > areas[0].1 + 10.0, "the upper half is empty");
}

#[test]
fn from_afar_neighborhoods_take_over_from_people_without_a_step() {
    let (network, positions, groups) = two_circles();
    let overlay = Overlay { neighborhoods: Some(&groups), seeds: &[3], ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    let near = View::fit(&positions, [1600, 900], 300.0);
    let opacity_of = |view: &View, person: usize| {
        let at = view.to_screen(positions[person]);
        let body = scene.sheet(view).marks.into_iter().rev().find_map(|it| match it {
            Mark::Node { center, fill, .. }
                if (center[0] - at[0]).hypot(center[1] - at[1]) < 1e-3 =>
            {
                Some(fill.opacity())
            }
            _ => None,
        });
        body.expect("everyone is drawn")
    };
    let (mut before, mut faintest) = (1.0_f32, 1.0_f32);
    for step in 0_u8..80 {
        let view = near.zoomed_at([800.0, 450.0], 0.94_f32.powi(i32::from(step)));
        let now = opacity_of(&view, 0);
        assert!(now <= before + 0.005 && before - now < 0.1, "{before} {now} at {step}");
        assert!((opacity_of(&view, 3) - 1.0).abs() < 0.01, "a seed never fades");
        (before, faintest) = (now, faintest.min(now));
    }
    assert!((opacity_of(&near, 0) - 1.0).abs() < 0.01 && faintest < 0.4, "{faintest}");
    // Where no neighborhood shows, people stand for themselves.
    let plain = Scene::new(&network, &positions, &Look::default(), &Overlay::default());
    let far = near.zoomed_at([800.0, 450.0], 0.01);
    assert!((plain.nearness(&far) - 1.0).abs() < 1e-6 && scene.nearness(&far) < 0.01);
}

#[test]
fn influence_that_goes_one_way_has_an_arrowhead_from_near() {
    let network = Network {
        people: ["Ada", "Ben", "Cleo"].map(person).to_vec(),
        ties: [Tie { mutual: false, ..tie(0, 1) }, tie(1, 2)].into_iter().collect(),
    };
    let positions = [[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]];
    let scene = Scene::new(&network, &positions, &Look::default(), &Overlay::default());
    let heads = |view: &View| -> Vec<Vec<Point>> {
        let look = |mark: Mark| match mark {
            Mark::Area { points, .. } if points.len() == 3 => Some(points),
            _ => None,
        };
        let marks = scene.sheet(view).marks;
        // The legend has one of its own.
        marks.into_iter().filter_map(look).filter(|it| it[0][1] < 400.0).collect()
    };
    let near = View::fit(&positions, [900, 700], 200.0);
    let found = heads(&near);
    assert_eq!(found.len(), 1, "nobody is ahead of the other where influence goes both ways");
    let (tip, ben) = (found[0][0], near.to_screen(positions[1]));
    let gap = ben[0] - tip[0];
    assert!((tip[1] - ben[1]).abs() < 0.5, "on the line");
    let rim = scene.radius_px(1, &near);
    assert!(gap > rim && gap < rim + 2.0, "at the rim of the influenced: {gap}");
    assert!(heads(&near.zoomed_at([450.0, 350.0], 0.1)).is_empty(), "not from afar");
}

#[test]
fn a_crowd_of_ties_is_thinned_from_afar_and_lit_ties_stay() {
    let people = 400_u32;
    let pairs = (0..people).flat_map(|a| (1..60).map(move |hop| (a, (a + hop * 7) % people)));
    let network = Network {
        people: (0..people).map(|it| person(&format!("Person {it}"))).collect(),
        ties: pairs.filter(|(a, b)| a < b).map(|(a, b)| tie(a, b)).collect(),
    };
    let (_, positions) = spiral(people);
    let overlay = Overlay { hovered: Some(5), ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &Look::default(), &overlay);
    let drawn = |size: u32, scene: &Scene| {
        let view = View::fit(&positions, [size; 2], 2.0);
        let ties = scene.ties.iter().filter(|it| scene.is_drawn(it, &view));
        (ties.clone().count(), ties.filter(|it| it.lit).count())
    };
    let (large, small) = (drawn(4000, &scene), drawn(60, &scene));
    let lit = scene.ties.iter().filter(|it| it.lit).count();
    assert_eq!(large.0, scene.ties.len(), "with room for all, all are there");
    assert!(small.0 < large.0 / 2, "{small:?} of {large:?}");
    assert_eq!((large.1, small.1), (lit, lit));
    // Coming nearer only adds.
    let mut before = 0;
    for size in [60, 90, 140, 220, 400, 900] {
        let now = drawn(size, &scene).0;
        assert!(now >= before, "{now} at {size}");
        before = now;
    }
}

#[test]
fn ties_tell_their_channel_and_the_legend_says_which() {
    let people = ["Ada", "Ben", "Cleo", "Dan"].map(person).to_vec();
    let mut network = Network { people, ..Network::default() };
    let evidence = |channel, count| TieEvidence {
        kind: EvidenceKind::Message,
        channel,
        source: 0,
        count,
        group_size: 2,
        last_seen: None,
    };
    let phone = evidence(Some(Channel::Phone), 5);
    network.ties.push(tie(0, 1), [evidence(Some(Channel::Mail), 2), phone]);
    network.ties.push(tie(1, 2), [evidence(Some(Channel::Mail), 2)]);
    network.ties.push(tie(2, 3), [evidence(None, 1)]);
    let positions = [[0.0, 0.0], [100.0, 0.0], [0.0, 100.0], [50.0, 50.0]];
    let look = Look { ties: TieColor::Channel, ..Look::default() };
    let scene = Scene::new(&network, &positions, &look, &Overlay::default());
    let palette = Palette::of(Theme::Light);
    let colors: Vec<Color> = scene.ties.iter().map(|it| it.color).collect();
    let expected = [palette.channel(Channel::Phone), palette.channel(Channel::Mail), palette.tie];
    assert_eq!(colors, expected, "where most was seen");
    let part = scene.legend.parts.iter().find(|it| it.title == "Ties").expect("ties are told");
    let told: Vec<_> = part.entries.iter().map(|it| (it.label.as_str(), it.count)).collect();
    assert_eq!(told, [("Mail", Some(1)), ("Phone", Some(1)), ("Not told where", Some(1))]);
}

#[test]
fn the_chance_to_adopt_has_five_fixed_steps() {
    let (network, positions) = spiral(6);
    let chances = [0.0, 0.199, 0.2, 0.55, 0.8, 1.0];
    let overlay = Overlay { chances: &chances, ..Overlay::default() };
    let look = Look { color: ColorBy::Chance, ..Look::default() };
    let scene = Scene::new(&network, &positions, &look, &overlay);
    let told: Vec<_> =
        scene.legend.parts[0].entries.iter().map(|it| (&*it.label, it.count)).collect();
    let expected = [("0–20 %", 2), ("20–40 %", 1), ("40–60 %", 1), ("80–100 %", 2)];
    assert_eq!(told, expected.map(|(label, count)| (label, Some(count))));
    assert_eq!(scene.people[0].color, scene.people[1].color);
    assert_ne!(scene.people[1].color, scene.people[2].color);
    // Without a forecast nothing is known of anybody.
    let unknown = Scene::new(&network, &positions, &look, &Overlay::default());
    assert_eq!(unknown.legend.parts[0].title, "People");
}

#[test]
fn sizes_are_told_by_examples() {
    let (network, positions) = spiral(30);
    let measure = jaywalk::measure::find("betweenness").expect("a measure");
    let measured: Vec<f64> = (0..30_u8).map(|it| f64::from(it) * 4.0).collect();
    let overlay = Overlay { measured: &measured, ..Overlay::default() };
    let look = Look { size: SizeBy::Measured(measure), ..Look::default() };
    let scene = Scene::new(&network, &positions, &look, &overlay);
    let part = scene.legend.parts.iter().find(|it| it.title.starts_with("Size")).expect("sizes");
    let told: Vec<_> = part.entries.iter().map(|it| it.label.clone()).collect();
    assert_eq!(told, [116.0, 29.0, 0.0].map(|it| measure.unit.shown(it)));
    let Swatch::Sized(largest) = part.entries[0].swatch else { panic!("a size") };
    assert!((largest - scene.people[29].size).abs() < 1e-6);
    let alike = Look { size: SizeBy::Uniform, ..look };
    let scene = Scene::new(&network, &positions, &alike, &overlay);
    assert!(scene.legend.parts.iter().all(|it| !it.title.starts_with("Size")));
}
