// Filling, and the outline over it, by how far a pixel is from the shape's edge.
flat in vec4 fill;
flat in vec4 outline;
flat in vec4 form;
flat in uint shape;
out vec4 color;

void main() {
    vec2 off = abs(gl_FragCoord.xy - form.xy);
    float side = form.z * SQUARE;
    float outside = shape == 0u ? length(off) - form.z
        : shape == 1u ? max(off.x, off.y) - side
        : (off.x + off.y) * 0.70710678 - side;
    float filled = clamp(0.5 - outside, 0.0, 1.0) * fill.a;
    float inner = clamp(0.5 - form.w - outside, 0.0, 1.0);
    float outer = clamp(0.5 + form.w - outside, 0.0, 1.0);
    float lined = (outer - inner) * outline.a;
    color = vec4(outline.rgb * lined + fill.rgb * filled * (1.0 - lined), 0.0);
    color.a = lined + filled * (1.0 - lined);
}
