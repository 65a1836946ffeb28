//! The map drawn by the graphics card through OpenGL, for networks that would keep the processor busy.
//!
//! Positions lie in a texture, ties and people in buffers as [`Rows`]; another view is a few numbers.
//! Ties become ink in a picture of half-precision numbers and then, like [`crate::picture::raster`]
//! does, color: both back ends give the same picture. Ties come in portions; until all are there those
//! that are stand for the rest. The finished picture is a texture that the window shows, so a frame in
//! which nothing moved draws nothing here.
//!
//! Every failure is an error that the caller answers by drawing on the processor. What belongs to the
//! card is freed with the window.

#![allow(unsafe_code, reason = "every call of OpenGL is unsafe; no other file calls it")]

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use eframe::glow::{self, HasContext, PixelUnpackData};
use egui::TextureId;

use crate::picture::raster::{DASH, DENSEST, GAP, LAYERS};
use crate::picture::{Point, Rows, SQUARE, TIE_LAYERS, TieRows, View};

/// Why the card does not draw.
pub type Refusal = String;
type Refused<T> = Result<T, Refusal>;

/// People per row of the texture of positions.
const WIDTH: usize = 2048;

/// What one looks at, beyond the rows.
pub struct Sight {
    /// From where, in pixels of the screen.
    pub view: View,
    /// Ties of each layer that are to be seen.
    pub ties: [usize; TIE_LAYERS],
    /// Opacity of each layer of ties.
    pub opacities: [f32; TIE_LAYERS],
    /// Radii over those in the rows.
    pub growth: f32,
}

/// The card's side of the map.
pub struct OpenGl {
    gl: Arc<glow::Context>,
    ties: Program,
    layer: Program,
    nodes: Program,
    /// Holds no state of its own: attributes are told anew before every call.
    attributes: glow::VertexArray,
    positions: glow::Texture,
    tie_rows: [Buffer; TIE_LAYERS],
    node_rows: Buffer,
    inks: [Target; TIE_LAYERS],
    picture: Target,
    shown: TextureId,
    /// Ties of each layer that are in the ink.
    drawn: [usize; TIE_LAYERS],
    timer: Option<Timer>,
}

/// Whether a renderer of this name draws on the processor, where our own way is quicker.
pub fn is_software(renderer: &str) -> bool {
    let name = renderer.to_lowercase();
    let known = ["llvmpipe", "softpipe", "swiftshader", "swrast", "svga3d", "virgl", "software"];
    known.iter().chain(&["microsoft basic render", "gdi generic"]).any(|it| name.contains(it))
}

/// What the graphics card calls itself.
pub fn renderer(gl: &glow::Context) -> String {
    // SAFETY: only asks; the window's context is current while its frame is made.
    unsafe { gl.get_parameter_string(glow::RENDERER) }
}

impl OpenGl {
    /// Makes everything ready on the window's card.
    ///
    /// # Errors
    /// When the card lacks something or a shader does not compile.
    pub fn new(frame: &mut eframe::Frame) -> Refused<Self> {
        let gl = Arc::clone(frame.gl().ok_or("the window is not drawn by OpenGL")?);
        let version = gl.version();
        let embedded = version.is_embedded;
        let needed = if embedded { (3, 0) } else { (3, 3) };
        if (version.major, version.minor) < needed {
            return Err(format!("OpenGL {}.{} is too old", version.major, version.minor));
        }
        // SAFETY: the context is current while the window's frame is made; all names passed to it
        // come from it.
        unsafe {
            while gl.get_error() != glow::NO_ERROR {}
            let program = |vertex: &str, fragment: &str| Program::new(&gl, vertex, fragment);
            let whole = include_str!("opengl/layer.vert");
            let picture = Target::new(&gl, glow::RGBA8, glow::UNSIGNED_BYTE)?;
            let ink = || Target::new(&gl, glow::RGBA16F, glow::HALF_FLOAT);
            let canvas = Self {
                ties: program(include_str!("opengl/tie.vert"), include_str!("opengl/tie.frag"))?,
                layer: program(whole, include_str!("opengl/layer.frag"))?,
                nodes: program(include_str!("opengl/node.vert"), include_str!("opengl/node.frag"))?,
                attributes: gl.create_vertex_array()?,
                positions: texture(&gl, glow::NEAREST)?,
                tie_rows: [Buffer::new(&gl)?, Buffer::new(&gl)?, Buffer::new(&gl)?],
                node_rows: Buffer::new(&gl)?,
                inks: [ink()?, ink()?, ink()?],
                shown: frame.register_native_glow_texture(picture.texture),
                picture,
                drawn: [0; TIE_LAYERS],
                timer: if embedded { None } else { Timer::new(&gl).ok() },
                gl,
            };
            canvas.checked()
        }
    }

    /// The picture.
    pub fn texture(&self) -> TextureId {
        self.shown
    }

    /// Puts everyone somewhere, in world units.
    ///
    /// # Errors
    /// When the card has no room.
    pub fn place(&self, positions: &[Point]) -> Refused<()> {
        let rows = positions.len().div_ceil(WIDTH).max(1);
        let mut bytes = Vec::with_capacity(rows * WIDTH * 8);
        for at in positions {
            let at = if at.iter().all(|it| it.is_finite()) { *at } else { [0.0; 2] };
            bytes.extend_from_slice(at.map(f32::to_ne_bytes).as_flattened());
        }
        bytes.resize(rows * WIDTH * 8, 0);
        // SAFETY: as above; the bytes fill the texture exactly.
        unsafe {
            let size = [whole(WIDTH)?, self.side(rows)?];
            self.gl.bind_texture(glow::TEXTURE_2D, Some(self.positions));
            store(&self.gl, (glow::RG32F, glow::RG, glow::FLOAT), size, Some(&bytes));
            self.checked_gl()
        }
    }

    /// Takes other ties.
    ///
    /// # Errors
    /// When the card has no room.
    pub fn set_ties(&mut self, ties: &TieRows) -> Refused<()> {
        for (buffer, rows) in self.tie_rows.iter_mut().zip(&ties.layers) {
            buffer.fill(&self.gl, rows)?;
        }
        self.checked_gl()
    }

    /// Takes other people.
    ///
    /// # Errors
    /// When the card has no room.
    pub fn set_nodes(&mut self, rows: &Rows) -> Refused<()> {
        self.node_rows.fill(&self.gl, rows)?;
        self.checked_gl()
    }

    /// Draws `portion` more ties, from the first on when `anew`, and everyone on top. True when that
    /// was all.
    ///
    /// # Errors
    /// When the card failed in any way.
    pub fn draw(&mut self, sight: &Sight, anew: bool, portion: usize) -> Refused<bool> {
        let size = [self.side(sight.view.size_px[0])?, self.side(sight.view.size_px[1])?];
        // SAFETY: as above; what was bound for the window is bound again.
        let painted = unsafe {
            let window = self.gl.get_parameter_framebuffer(glow::FRAMEBUFFER_BINDING);
            let painted = self.paint(sight, size, anew, portion);
            self.gl.bind_vertex_array(None);
            self.gl.bind_buffer(glow::ARRAY_BUFFER, None);
            self.gl.bind_texture(glow::TEXTURE_2D, None);
            self.gl.bind_framebuffer(glow::FRAMEBUFFER, window);
            painted
        };
        painted.and_then(|()| self.checked_gl())?;
        Ok((0..TIE_LAYERS).all(|layer| self.drawn[layer] >= self.wanted(layer, sight)))
    }

    unsafe fn paint(
        &mut self,
        sight: &Sight,
        size: [i32; 2],
        anew: bool,
        portion: usize,
    ) -> Refused<()> {
        let gl = Arc::clone(&self.gl);
        unsafe {
            gl.disable(glow::SCISSOR_TEST);
            gl.disable(glow::DEPTH_TEST);
            gl.disable(glow::CULL_FACE);
            gl.enable(glow::BLEND);
            gl.blend_equation(glow::FUNC_ADD);
            gl.color_mask(true, true, true, true);
            gl.active_texture(glow::TEXTURE0);
            gl.bind_vertex_array(Some(self.attributes));
            gl.viewport(0, 0, size[0], size[1]);
            let anew = self.picture.resize(&gl, size)? || anew;
            let timing = self.timer.as_mut().is_some_and(|it| it.start(&gl));
            let mut added = 0;
            for layer in 0..TIE_LAYERS {
                added += self.add_ties(layer, sight, size, anew, portion)?;
            }
            self.picture.begin(&gl, true);
            gl.blend_func(glow::ONE, glow::ONE_MINUS_SRC_ALPHA);
            for layer in 0..TIE_LAYERS {
                self.lay(layer, sight);
            }
            self.put_nodes(sight);
            if let Some(timer) = self.timer.as_mut().filter(|_| timing) {
                timer.stop(&gl, added);
            }
        }
        Ok(())
    }

    /// How many ties a picture had that the card has finished since this was last asked, and how
    /// long it took them.
    pub fn timed(&mut self) -> Option<(usize, Duration)> {
        let timer = self.timer.as_mut()?;
        // SAFETY: as above.
        unsafe { timer.take(&self.gl) }
    }

    /// Adds the next ties of a layer to its ink, and says how many.
    unsafe fn add_ties(
        &mut self,
        layer: usize,
        sight: &Sight,
        size: [i32; 2],
        anew: bool,
        portion: usize,
    ) -> Refused<usize> {
        let (gl, rows) = (&self.gl, &self.tie_rows[layer]);
        if anew {
            self.drawn[layer] = 0;
        }
        let first = self.drawn[layer];
        let count = portion.min(self.wanted(layer, sight).saturating_sub(first));
        if count == 0 {
            return Ok(0);
        }
        unsafe {
            self.inks[layer].resize(gl, size)?;
            self.inks[layer].begin(gl, anew);
            gl.blend_func(glow::ONE, glow::ONE);
            self.ties.begin(gl, Some(&sight.view));
            gl.uniform_1_f32(self.ties.at(gl, "points").as_ref(), sight.view.pixels_per_point);
            gl.bind_texture(glow::TEXTURE_2D, Some(self.positions));
            rows.bind(gl);
            let (stride, from) = (row_bytes(Rows::TIE), row_bytes(Rows::TIE * first));
            gl.vertex_attrib_pointer_i32(0, 2, glow::UNSIGNED_INT, stride, from);
            gl.vertex_attrib_pointer_f32(1, 4, glow::UNSIGNED_BYTE, true, stride, from + 8);
            gl.vertex_attrib_pointer_f32(2, 1, glow::FLOAT, false, stride, from + 12);
            draw_each(gl, 3, count);
        }
        self.drawn[layer] += count;
        Ok(count)
    }

    /// Ties of a layer to draw in all.
    fn wanted(&self, layer: usize, sight: &Sight) -> usize {
        sight.ties[layer].min(self.tie_rows[layer].count)
    }

    /// Lays a layer's ink over the picture.
    unsafe fn lay(&self, layer: usize, sight: &Sight) {
        let (gl, drawn) = (&self.gl, self.drawn[layer]);
        if drawn == 0 {
            return;
        }
        let share = self.wanted(layer, sight) as f32 / drawn as f32;
        let opacity = sight.opacities[layer];
        unsafe {
            self.layer.begin(gl, None);
            gl.uniform_1_f32(self.layer.at(gl, "opacity").as_ref(), opacity);
            gl.uniform_1_f32(self.layer.at(gl, "share").as_ref(), share);
            gl.bind_texture(glow::TEXTURE_2D, Some(self.inks[layer].texture));
            gl.draw_arrays(glow::TRIANGLES, 0, 3);
        }
    }

    /// Puts everyone on the picture.
    unsafe fn put_nodes(&self, sight: &Sight) {
        let gl = &self.gl;
        unsafe {
            self.nodes.begin(gl, Some(&sight.view));
            gl.uniform_1_f32(self.nodes.at(gl, "growth").as_ref(), sight.growth);
            gl.bind_texture(glow::TEXTURE_2D, Some(self.positions));
            self.node_rows.bind(gl);
            let stride = row_bytes(Rows::NODE);
            gl.vertex_attrib_pointer_i32(0, 1, glow::UNSIGNED_INT, stride, 0);
            gl.vertex_attrib_pointer_f32(1, 4, glow::UNSIGNED_BYTE, true, stride, 4);
            gl.vertex_attrib_pointer_f32(2, 4, glow::UNSIGNED_BYTE, true, stride, 8);
            gl.vertex_attrib_pointer_i32(3, 1, glow::UNSIGNED_INT, stride, 12);
            gl.vertex_attrib_pointer_f32(4, 2, glow::FLOAT, false, stride, 16);
            draw_each(gl, 5, self.node_rows.count);
        }
    }

    /// A side of a texture, where the card has textures as large.
    fn side(&self, length: impl TryInto<i32>) -> Refused<i32> {
        // SAFETY: only asks.
        let most = unsafe { self.gl.get_parameter_i32(glow::MAX_TEXTURE_SIZE) };
        let fits = length.try_into().ok().filter(|&it| it <= most);
        fits.ok_or_else(|| format!("the card's textures have at most {most} pixels a side"))
    }

    fn checked(self) -> Refused<Self> {
        self.checked_gl().map(|()| self)
    }

    fn checked_gl(&self) -> Refused<()> {
        // SAFETY: only asks.
        match unsafe { self.gl.get_error() } {
            glow::NO_ERROR => Ok(()),
            error => Err(format!("OpenGL error {error:#06x}")),
        }
    }
}

/// Draws a square per row, with the first `attributes` told row by row.
unsafe fn draw_each(gl: &glow::Context, attributes: u32, rows: usize) {
    unsafe {
        for attribute in 0..attributes {
            gl.enable_vertex_attrib_array(attribute);
            gl.vertex_attrib_divisor(attribute, 1);
        }
        gl.draw_arrays_instanced(glow::TRIANGLE_STRIP, 0, 4, row_bytes(rows));
        for attribute in 0..attributes {
            gl.disable_vertex_attrib_array(attribute);
        }
    }
}

/// What the shaders and the other back end have in common.
fn shared_numbers() -> String {
    let layers = LAYERS as f32;
    let numbers = [
        ("DASH", DASH),
        ("GAP", GAP),
        ("DENSEST", DENSEST),
        ("LAYERS", layers),
        ("SQUARE", SQUARE),
    ];
    let mut defined = format!("#define WIDTH {WIDTH}\n");
    for (name, number) in numbers {
        let _ = writeln!(defined, "#define {name} {number:?}");
    }
    defined
}

/// Shaders that work together.
struct Program(glow::Program);

impl Program {
    unsafe fn new(gl: &glow::Context, vertex: &str, fragment: &str) -> Refused<Self> {
        let head = if gl.version().is_embedded {
            "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n"
        } else {
            "#version 330\n"
        };
        unsafe {
            let program = gl.create_program()?;
            for (kind, source) in [(glow::VERTEX_SHADER, vertex), (glow::FRAGMENT_SHADER, fragment)]
            {
                let shader = gl.create_shader(kind)?;
                gl.shader_source(shader, &format!("{head}{}{source}", shared_numbers()));
                gl.compile_shader(shader);
                if !gl.get_shader_compile_status(shader) {
                    return Err(gl.get_shader_info_log(shader));
                }
                gl.attach_shader(program, shader);
                gl.delete_shader(shader);
            }
            gl.link_program(program);
            if gl.get_program_link_status(program) {
                Ok(Self(program))
            } else {
                Err(gl.get_program_info_log(program))
            }
        }
    }

    unsafe fn at(&self, gl: &glow::Context, name: &str) -> Option<glow::UniformLocation> {
        unsafe { gl.get_uniform_location(self.0, name) }
    }

    /// Uses it, for what is placed by a view.
    unsafe fn begin(&self, gl: &glow::Context, view: Option<&View>) {
        unsafe {
            gl.use_program(Some(self.0));
            if let Some(view) = view {
                let [x, y] = view.center;
                gl.uniform_2_f32(self.at(gl, "center").as_ref(), x, y);
                gl.uniform_1_f32(self.at(gl, "scale").as_ref(), view.scale);
                let [width, height] = view.size_px.map(|it| it as f32);
                gl.uniform_2_f32(self.at(gl, "size").as_ref(), width, height);
            }
        }
    }
}

/// Rows on the card.
struct Buffer {
    buffer: glow::Buffer,
    count: usize,
}

impl Buffer {
    unsafe fn new(gl: &glow::Context) -> Refused<Self> {
        Ok(Self { buffer: unsafe { gl.create_buffer() }?, count: 0 })
    }

    fn fill(&mut self, gl: &glow::Context, rows: &Rows) -> Refused<()> {
        // The card counts in 32 bits with a sign.
        whole(rows.bytes.len())?;
        self.count = rows.count;
        // SAFETY: the buffer is this context's.
        unsafe {
            gl.bind_buffer(glow::ARRAY_BUFFER, Some(self.buffer));
            gl.buffer_data_u8_slice(glow::ARRAY_BUFFER, &rows.bytes, glow::STATIC_DRAW);
            gl.bind_buffer(glow::ARRAY_BUFFER, None);
        }
        Ok(())
    }

    unsafe fn bind(&self, gl: &glow::Context) {
        unsafe { gl.bind_buffer(glow::ARRAY_BUFFER, Some(self.buffer)) }
    }
}

/// A texture to draw on.
struct Target {
    framebuffer: glow::Framebuffer,
    texture: glow::Texture,
    format: (u32, u32, u32),
    size: [i32; 2],
}

impl Target {
    unsafe fn new(gl: &glow::Context, format: u32, numbers: u32) -> Refused<Self> {
        unsafe {
            Ok(Self {
                framebuffer: gl.create_framebuffer()?,
                texture: texture(gl, glow::LINEAR)?,
                format: (format, glow::RGBA, numbers),
                size: [0; 2],
            })
        }
    }

    /// Whether it had another size.
    unsafe fn resize(&mut self, gl: &glow::Context, size: [i32; 2]) -> Refused<bool> {
        if self.size == size {
            return Ok(false);
        }
        unsafe {
            gl.bind_texture(glow::TEXTURE_2D, Some(self.texture));
            store(gl, self.format, size, None);
            gl.bind_framebuffer(glow::FRAMEBUFFER, Some(self.framebuffer));
            let (target, attachment) = (glow::TEXTURE_2D, glow::COLOR_ATTACHMENT0);
            let texture = Some(self.texture);
            gl.framebuffer_texture_2d(glow::FRAMEBUFFER, attachment, target, texture, 0);
            match gl.check_framebuffer_status(glow::FRAMEBUFFER) {
                glow::FRAMEBUFFER_COMPLETE => {}
                status => {
                    return Err(format!("the card cannot draw on its textures: {status:#06x}"));
                }
            }
        }
        self.size = size;
        Ok(true)
    }

    unsafe fn begin(&self, gl: &glow::Context, anew: bool) {
        unsafe {
            gl.bind_framebuffer(glow::FRAMEBUFFER, Some(self.framebuffer));
            if anew {
                gl.clear_color(0.0, 0.0, 0.0, 0.0);
                gl.clear(glow::COLOR_BUFFER_BIT);
            }
        }
    }
}

/// Asks the card how long it takes, without waiting for it.
struct Timer {
    query: glow::Query,
    /// Ties of the picture that is being timed.
    asked: Option<usize>,
}

impl Timer {
    unsafe fn new(gl: &glow::Context) -> Refused<Self> {
        Ok(Self { query: unsafe { gl.create_query() }?, asked: None })
    }

    /// False while an answer is awaited.
    unsafe fn start(&mut self, gl: &glow::Context) -> bool {
        let free = self.asked.is_none();
        if free {
            unsafe { gl.begin_query(glow::TIME_ELAPSED, self.query) };
        }
        free
    }

    unsafe fn stop(&mut self, gl: &glow::Context, ties: usize) {
        unsafe { gl.end_query(glow::TIME_ELAPSED) };
        self.asked = Some(ties);
    }

    unsafe fn take(&mut self, gl: &glow::Context) -> Option<(usize, Duration)> {
        let ties = self.asked?;
        unsafe {
            let ready = gl.get_query_parameter_u32(self.query, glow::QUERY_RESULT_AVAILABLE);
            if ready == 0 {
                return None;
            }
            self.asked = None;
            let nanos = gl.get_query_parameter_u32(self.query, glow::QUERY_RESULT);
            Some((ties, Duration::from_nanos(nanos.into())))
        }
    }
}

/// An empty texture.
unsafe fn texture(gl: &glow::Context, filter: u32) -> Refused<glow::Texture> {
    unsafe {
        let texture = gl.create_texture()?;
        gl.bind_texture(glow::TEXTURE_2D, Some(texture));
        let set = |name: u32, value: u32| {
            gl.tex_parameter_i32(glow::TEXTURE_2D, name, value.cast_signed());
        };
        set(glow::TEXTURE_MIN_FILTER, filter);
        set(glow::TEXTURE_MAG_FILTER, filter);
        set(glow::TEXTURE_WRAP_S, glow::CLAMP_TO_EDGE);
        set(glow::TEXTURE_WRAP_T, glow::CLAMP_TO_EDGE);
        Ok(texture)
    }
}

/// Room, and what fills it, for the texture that is bound.
unsafe fn store(
    gl: &glow::Context,
    (internal, format, numbers): (u32, u32, u32),
    [width, height]: [i32; 2],
    bytes: Option<&[u8]>,
) {
    let (target, internal) = (glow::TEXTURE_2D, internal.cast_signed());
    let pixels = PixelUnpackData::Slice(bytes);
    unsafe { gl.tex_image_2d(target, 0, internal, width, height, 0, format, numbers, pixels) };
}

fn whole(count: usize) -> Refused<i32> {
    i32::try_from(count).map_err(|_| "the network is too large for the card".to_owned())
}

/// Bytes or rows of a buffer that was filled, and so has no more than fit.
fn row_bytes(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderers_without_a_card_are_known_by_name() {
        for name in ["llvmpipe (LLVM 15.0.6, 256 bits)", "Google SwiftShader", "GDI Generic"] {
            assert!(is_software(name), "{name}");
        }
        for name in ["Mesa Intel(R) Iris(R) Xe Graphics (TGL GT2)", "AMD Radeon RX 6600", "M2 Pro"]
        {
            assert!(!is_software(name), "{name}");
        }
    }
}
