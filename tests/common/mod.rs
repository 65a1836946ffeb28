//! What the tests through the window share.

mod cpu_renderer;

pub use cpu_renderer::CpuRenderer;
