// A layer's ink as color: as if its ties lay over each other one by one, below solid.
uniform sampler2D inks;
uniform float opacity;
// Ties of the layer over those that are drawn so far.
uniform float share;
out vec4 color;

void main() {
    vec4 ink = texelFetch(inks, ivec2(gl_FragCoord.xy), 0);
    if (ink.a <= 0.0) {
        discard;
    }
    float layer = 1.0 - min(opacity / DENSEST, 1.0);
    float solid = DENSEST * (1.0 - pow(layer, min(ink.a * share, LAYERS)));
    color = vec4(ink.rgb / ink.a * solid, solid);
}
