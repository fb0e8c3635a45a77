/** Every colour that a drawing or a colour option may name, as sRGB. */
export const palette = {
  cobalt: '#20458f',
  indigo: '#2b3d68',
  sky: '#88adc9',
  turquoise: '#2b979a',
  aqua: '#86c0b6',
  'sea-green': '#4a9280',
  emerald: '#1f6e50',
  sage: '#93a585',
  olive: '#737a3c',
  saffron: '#dfa22c',
  honey: '#cf9440',
  ochre: '#c48a3a',
  amber: '#c9791f',
  persimmon: '#cf6a35',
  terracotta: '#b9603f',
  brick: '#964031',
  madder: '#a5352c',
  ruby: '#a01f33',
  pomegranate: '#96253a',
  oxblood: '#6d2325',
  rose: '#d49a90',
  plum: '#683352',
  aubergine: '#46283c',
  bone: '#ece2cd',
  ivory: '#f1e9d8',
  chalk: '#f4f1e9',
  sand: '#d8c39f',
  camel: '#b78c5c',
  walnut: '#66452e',
  'undyed-grey': '#9b958b',
  charcoal: '#3b3835',
  black: '#242120',
  clear: '#dfe6e2',
  smoke: '#7b7873',
  brass: '#c0923f',
  copper: '#b96d44',
  silver: '#b7b8b4',
  'black-iron': '#34322f',
  paprika: '#b33a1c',
  turmeric: '#d9961c',
  cumin: '#a07a45',
  sumac: '#7c2430',
  cinnamon: '#945a34',
  ginger: '#d9bd8a',
  pepper: '#3d332c',
  cardamom: '#a3ad74',
  clove: '#5a3623',
  coriander: '#c2a06a',
  thread: '#a32114',
  mint: '#64754a',
  hibiscus: '#5e1628',
  harissa: '#9a2d18',
  salt: '#efe9df',
  fenugreek: '#bd8b3c',
  sesame: '#e3d2ad',
  nigella: '#2a2726',
  zaatar: '#7e8050',
} as const;

/** Name of a colour of the palette. */
export type Colour = keyof typeof palette;

/** Colour mixed towards another one, both `#rrggbb`; part 0 gives the first, 1 the second. */
export const mix = (from: string, to: string, part: number): string => {
  const a = channels(from);
  const b = channels(to);
  return `#${a.map((value, at) => toHex(value + ((b[at] ?? 0) - value) * part)).join('')}`;
};

/** Lighter for positive amounts, darker for negative ones, in [-1, 1]; light is warm and so is shade. */
export const tone = (colour: string, amount: number): string =>
  amount >= 0 ? mix(colour, '#fff8ea', amount) : mix(colour, '#1c100a', -amount);

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const toHex = (value: number): string =>
  Math.round(Math.max(0, Math.min(255, value)))
    .toString(16)
    .padStart(2, '0');
