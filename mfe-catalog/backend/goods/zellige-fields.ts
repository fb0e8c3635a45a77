import type { Colours, Drawing, ZelligeShape } from './drawing/drawing.ts';
import { stockGoods } from './good.ts';

const tiles = (shape: ZelligeShape, ...colours: Colours): Drawing => ({ motif: 'zellige', shape, colours });

/** Zellige of one shape, sold by the area. */
export const zelligeFields = stockGoods('zellige', [
  {
    slug: 'plain-square-zellige',
    title: 'Plain square zellige',
    code: 'ZEL-SQ10',
    description:
      'The plain ten-centimetre square from which all the other shapes are cut. Dried in the sun, glazed on one face and fired over olive pits, it is never flat: pinholes, small chips and a wavering edge are part of it. Order ten per cent more than your wall measures.',
    details: [
      '10 × 10 cm, 11 to 13 mm thick',
      'Fez clay, lead-free glaze',
      '100 tiles to the square metre',
      'Sample shows one of many shades',
    ],
    tags: ['square', 'kitchen', 'bathroom'],
    options: {
      Glaze: { 'Sea green': 0, Bone: 0, Cobalt: 300, Persimmon: 500, Charcoal: 300 },
      Amount: { 'Sample tile': 350, 'Half square metre': 6400, 'One square metre': 12400 },
    },
    stock: [80, 30, 22, 95, 41, 30, 60, 12, 6, 25, 3, 0, 44, 10, 4],
    alt: 'Field of sea green square tiles, each in a slightly different shade, with thin joints',
    drawing: tiles('square', 'sea-green'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'chequer-zellige-floor',
    title: 'Chequer zellige floor',
    code: 'ZEL-CHEQ',
    description:
      'Two squares turned on their corner, as in the kitchens of old riads. This batch is fired harder and cut thicker for floors, and the glaze will still wear to a satin path where people walk. Lay it on a firm screed: a floor that bends cracks the tiles.',
    details: ['10 × 10 cm, 18 mm thick', 'Floor quality, satin after use', 'Sold as equal numbers of both colours'],
    tags: ['square', 'floor', 'chequer'],
    options: { Glaze: { Black: 0, Olive: 0, Brick: 0 }, Amount: { 'Sample pair': 900, 'One square metre': 14800 } },
    stock: [33, 12, 20, 5, 18, 2],
    alt: 'Diagonal chequer of black and bone square tiles',
    drawing: tiles('chequer', 'black', 'bone'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'bejmat-brick-tile',
    title: 'Bejmat brick tile',
    code: 'ZEL-BEJ',
    description:
      'Long narrow bejmat, laid like bricks with a half-step. The unglazed sides show the pale Fez clay, and the face has a soft drag mark where the glaze ran. Works outdoors in mild climates but not where water stands and freezes.',
    details: ['5 × 15 cm, 20 mm thick', 'Frost: only sheltered places', '133 pieces to the square metre'],
    tags: ['brick', 'floor', 'outdoor'],
    options: {
      Glaze: { Turquoise: 0, Terracotta: -200, Ivory: 0 },
      Amount: { 'Sample tile': 400, 'One square metre': 13600 },
    },
    stock: [28, 9, 40, 15, 35, 11],
    alt: 'Turquoise brick-shaped tiles laid with a half-step',
    drawing: tiles('brick', 'turquoise'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'herringbone-bejmat',
    title: 'Herringbone bejmat',
    code: 'ZEL-HERR',
    description:
      'The same bejmat in three ochres for herringbone floors, mixed in the crate so you need not plan. Colour comes from the clay and from smoke in the kiln rather than from glaze, which makes it kinder to bare feet. Seal twice and again each year.',
    details: ['5 × 15 cm, unglazed', 'Needs sealing against stains', 'Rounded edges, 3 mm joints'],
    tags: ['herringbone', 'floor', 'unglazed'],
    options: { Amount: { 'Sample set': 600, 'One square metre': 9800 } },
    stock: [19, 24],
    alt: 'Herringbone floor in ochre, terracotta and sand bricks',
    drawing: tiles('herringbone', 'ochre', 'terracotta', 'sand'),
  },
  {
    slug: 'hexagon-zellige',
    title: 'Hexagon zellige',
    code: 'ZEL-HEX',
    description:
      'Six-sided tiles cut from larger squares, five centimetres on the side. Cutting by hammer leaves a small undercut, so hexagons sit closer together than their drawing suggests. In rose the iron in the clay shows as freckles; in emerald it disappears.',
    details: ['Side 5 cm, 12 mm thick', '154 pieces to the square metre', 'Walls and light floors'],
    tags: ['hexagon', 'wall'],
    options: { Glaze: { Emerald: 0, Rose: 0, Sky: 0 }, Amount: { 'Sample tile': 380, 'Half square metre': 7900 } },
    stock: [36, 10, 14, 1, 27, 6],
    alt: 'Emerald hexagonal tiles with uneven glaze',
    drawing: tiles('hexagon', 'emerald'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'fish-scale-zellige',
    title: 'Fish scale zellige',
    code: 'ZEL-SCALE',
    description:
      'Rounded scales for hammam walls and garden basins, overlapping to the eye though they lie flat. The curve is ground rather than chipped, which keeps the joints narrow. Three neighbouring blues are mixed in each box on purpose.',
    details: ['Scale 10 cm wide, 11 mm thick', 'Suitable for pools after a week of curing', 'Lead-free glaze'],
    tags: ['scale', 'hammam', 'pool'],
    options: { Glaze: { Aqua: 0, Indigo: 0, Honey: 200 }, Amount: { 'Sample tile': 450, 'Half square metre': 8800 } },
    stock: [31, 13, 17, 4, 9, 0],
    alt: 'Overlapping aqua scales with soft highlights',
    drawing: tiles('scale', 'aqua', 'sea-green', 'sky'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'tumbling-lozenge-zellige',
    title: 'Tumbling lozenge zellige',
    code: 'ZEL-LOZ',
    description:
      'Lozenges in three tones that tumble into cubes when you look twice. Start from the middle of the wall, because a lozenge cut in half at the edge gives the trick away. Supplied in three bags, one for each tone.',
    details: ['Lozenge 8 × 14 cm', 'Three tones in equal parts', 'Cutting with a wet saw is possible'],
    tags: ['lozenge', 'optical'],
    options: { Amount: { 'Sample set': 1100, 'Half square metre': 8200, 'One square metre': 15900 } },
    stock: [12, 8, 3],
    alt: 'Lozenge tiles in cobalt, sky and chalk that read as stacked cubes',
    drawing: tiles('lozenge', 'cobalt', 'sky', 'chalk'),
  },
  {
    slug: 'zigzag-zellige',
    title: 'Zigzag zellige',
    code: 'ZEL-ZIG',
    description:
      'Narrow slanted strips that make a running zigzag around a column or a fireplace. The strips are only three centimetres wide and follow a radius down to forty centimetres. Glaze thins at the long edges and lets the clay show as a warm outline.',
    details: ['Strip 3 × 10 cm, 10 mm thick', 'Bends around columns', 'Heat-proof up to 200 °C'],
    tags: ['zigzag', 'column', 'fireplace'],
    options: { Amount: { 'Sample set': 800, 'Half square metre': 8600 } },
    stock: [15, 5],
    alt: 'Zigzag strips in saffron, bone, terracotta and charcoal',
    drawing: tiles('zigzag', 'saffron', 'bone', 'terracotta', 'charcoal'),
  },
  {
    slug: 'ogee-lantern-tile',
    title: 'Ogee lantern tile',
    code: 'ZEL-OGEE',
    description:
      'A tile with the outline of a hanging lamp, pressed in a mould and finished with a file because no hammer can chip this curve. That makes it the most even tile we sell. It needs a patient hand with the grout: the waist is only two centimetres wide.',
    details: ['12 × 16 cm, moulded', 'Even thickness 10 mm', '72 pieces to the square metre'],
    tags: ['ogee', 'moulded', 'wall'],
    options: {
      Glaze: { Pomegranate: 0, Sage: 0, Indigo: 0 },
      Amount: { 'Sample tile': 480, 'Half square metre': 9200 },
    },
    stock: [21, 7, 33, 12, 16, 2],
    alt: 'Pomegranate red ogee tiles, each shaped like a hanging lamp',
    drawing: tiles('ogee', 'pomegranate'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'cross-and-square-zellige',
    title: 'Cross and square zellige',
    code: 'ZEL-PLUS',
    description:
      'Even-armed crosses interlocked at a slant, which leaves no gap and needs no second shape. Two glazes alternate along the diagonals. The arms are the weak point, so a few arrive broken; send a photograph and we replace them.',
    details: ['Cross 12 cm, 12 mm thick', '125 pieces to the square metre', 'Walls only'],
    tags: ['cross', 'interlocking'],
    options: { Amount: { 'Sample pair': 950, 'Half square metre': 9900 } },
    stock: [10, 4],
    alt: 'Interlocking crosses in olive and bone',
    drawing: tiles('plus', 'olive', 'bone', 'ochre'),
  },
  {
    slug: 'small-triangle-zellige',
    title: 'Small triangle zellige',
    code: 'ZEL-TRI',
    description:
      'Leftovers made good: triangles cut from the offcuts of larger stars, in whatever glazes the workshop used that month. Every box is a different mix of warm colours with a few greens. Fine for table tops, niches and for children who like to lay patterns.',
    details: ['Side 4.5 cm', 'Mixed glazes, no choice of colour', 'Made of offcuts'],
    tags: ['triangle', 'mixed', 'offcuts'],
    options: { Amount: { 'Bag of 50': 1900, 'Bag of 200': 6800 } },
    stock: [48, 17],
    alt: 'Small triangular tiles in terracotta, saffron, rose, sage and bone',
    drawing: tiles('triangle', 'terracotta', 'saffron', 'rose', 'sage', 'bone'),
  },
]);
