/** A point in the units of the picture; y grows downwards. */
export type Point = readonly [number, number];

/** Collects the definitions of one picture and hands out ids that are unique in it. */
export type Sketch = {
  /** Adds a definition and returns its id; `make` gets the id. */
  readonly define: (make: (id: string) => string) => string;
  /** A horizontal (or turned) gradient in user units; returns a paint such as `url(#a1)`. */
  readonly linear: (from: Point, to: Point, stops: readonly Stop[]) => string;
  /** A radial gradient in user units. */
  readonly radial: (centre: Point, radius: number, stops: readonly Stop[]) => string;
  /** A Gaussian blur as a `filter` attribute. */
  readonly blur: (deviation: number) => string;
  /** A clip path as a `clip-path` attribute. */
  readonly clip: (shape: string) => string;
  /** Everything defined so far, for the `defs` element. */
  readonly definitions: () => string;
};

/** Offset in [0, 1], colour, opacity (1 if absent). */
export type Stop = readonly [number, string, number?];

/** Makes an empty sketch. */
export const createSketch = (): Sketch => {
  const parts: string[] = [];
  const known = new Map<string, string>();
  const define: Sketch['define'] = (make) => {
    const text = make('ID');
    const existing = known.get(text);
    if (existing !== undefined) return existing;
    const id = `d${parts.length}`;
    parts.push(make(id));
    known.set(text, id);
    return id;
  };
  const stopsOf = (stops: readonly Stop[]): string =>
    stops
      .map(
        ([at, colour, opacity = 1]) =>
          `<stop offset="${num(at)}" stop-color="${colour}" stop-opacity="${num(opacity)}"/>`,
      )
      .join('');
  return {
    define,
    linear: ([x1, y1], [x2, y2], stops) =>
      `url(#${define(
        (id) =>
          `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}">${stopsOf(stops)}</linearGradient>`,
      )})`,
    radial: ([x, y], radius, stops) =>
      `url(#${define(
        (id) =>
          `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${num(x)}" cy="${num(y)}" r="${num(radius)}">${stopsOf(stops)}</radialGradient>`,
      )})`,
    blur: (deviation) =>
      `filter="url(#${define(
        (id) =>
          `<filter id="${id}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${num(deviation)}"/></filter>`,
      )})"`,
    clip: (shape) => `clip-path="url(#${define((id) => `<clipPath id="${id}">${shape}</clipPath>`)})"`,
    definitions: () => parts.join(''),
  };
};

/** A number with two digits after the point at most. */
export const num = (value: number): string => String(Math.round(value * 100) / 100);

/** Path data through points; closed unless told otherwise. */
export const pathOf = (points: readonly Point[], closed = true): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('') + (closed ? 'Z' : '');

/** A filled shape. */
export const fill = (data: string, paint: string, extra = ''): string => `<path d="${data}" fill="${paint}" ${extra}/>`;

/** A line with round ends. */
export const line = (data: string, colour: string, width: number, extra = ''): string =>
  `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${num(width)}" stroke-linecap="round" stroke-linejoin="round" ${extra}/>`;

/** An ellipse as path data. */
export const ellipse = (cx: number, cy: number, rx: number, ry: number): string =>
  `M${num(cx - rx)} ${num(cy)}A${num(rx)} ${num(ry)} 0 1 1 ${num(cx + rx)} ${num(cy)}A${num(rx)} ${num(ry)} 0 1 1 ${num(cx - rx)} ${num(cy)}Z`;

/** A group moved, then scaled, then turned by degrees. */
export const place = (content: string, x: number, y: number, scale = 1, turn = 0): string =>
  `<g transform="translate(${num(x)} ${num(y)}) scale(${Math.round(scale * 1000) / 1000}) rotate(${num(turn)})">${content}</g>`;

/** The point at a distance and an angle (radians, clockwise from the right) from a centre. */
export const polar = ([x, y]: Point, radius: number, angle: number): Point => [
  x + radius * Math.cos(angle),
  y + radius * Math.sin(angle),
];

/** A whole SVG document of the given size in pixels. */
export const documentOf = (sketch: Sketch, width: number, height: number, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${sketch.definitions()}</defs>${body}</svg>`;
