import type { Colours, Drawing, ZelligeShape } from './drawing/drawing.ts';
import { stockGoods } from './good.ts';

const tiles = (shape: ZelligeShape, ...colours: Colours): Drawing => ({ motif: 'zellige', shape, colours });

/** Zellige sold as whole star patterns, pre-assembled on mesh. */
export const zelligeStars = stockGoods('zellige', [
  {
    slug: 'star-and-cross-zellige',
    title: 'Star and cross zellige',
    code: 'ZEL-STAR',
    description:
      'Eight-pointed stars and the pointed crosses between them, the oldest pair in Moroccan tile work. Each piece is chipped from a glazed square with a sharp hammer, so no two edges are quite alike. Lay the pieces dry first and mix the boxes: the glaze varies from tile to tile and that is what makes the wall move.',
    details: [
      'Glazed earthenware from Fez clay',
      'Star 10 cm point to point, 12 mm thick',
      'For walls, splashbacks and dry floors',
      'Lay with 1 mm joints; seal before grouting',
    ],
    tags: ['star', 'eight-fold', 'wall'],
    options: {
      Glaze: { Cobalt: 0, 'Sea green': 0, Honey: 400, Oxblood: 600 },
      Amount: { 'Sample pair': 750, 'Half square metre': 9800, 'One square metre': 18900 },
    },
    stock: [40, 14, 9, 31, 8, 2, 18, 5, 0, 12, 3, 0],
    alt: 'Panel of cobalt eight-pointed stars with bone crosses between them and thin pale joints',
    drawing: tiles('star-cross', 'cobalt', 'bone'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'fez-rosette-panel',
    title: 'Fez rosette panel',
    code: 'ZEL-ROS8',
    description:
      'An eight-fold rosette repeated over a square lattice, with sixteen pieces around each star. The panel comes glued face down on paper in the traditional way: press it into plaster, wet the paper and peel it off. Counted by hand, a square metre holds about 1,400 pieces, which is why it takes three weeks.',
    details: [
      'Hand-cut earthenware, five glazes',
      'Panel 48 × 48 cm, 12 mm thick',
      'Made to order in Fez, three weeks',
      'Indoor walls only',
    ],
    tags: ['rosette', 'eight-fold', 'panel', 'made to order'],
    options: { Panel: { 'One panel': 16500, 'Set of 4': 62000 } },
    stock: [7, 2],
    alt: 'Eight-fold rosettes of cobalt stars and saffron petals on a bone ground',
    drawing: tiles('rosette-8', 'cobalt', 'bone', 'saffron', 'emerald'),
  },
  {
    slug: 'twelve-fold-courtyard-panel',
    title: 'Twelve-fold courtyard panel',
    code: 'ZEL-ROS12',
    description:
      'Twelve-pointed rosettes on a hexagonal lattice, the kind that runs around the foot of a courtyard wall at sitting height. Small triangles close the gaps where three rosettes meet. The green glaze is copper oxide and shows darker pools at the edges.',
    details: [
      'Hand-cut earthenware',
      'Panel 60 × 52 cm, 14 mm thick',
      'Weighs 9 kg: fix on masonry, not on plasterboard',
    ],
    tags: ['rosette', 'twelve-fold', 'panel'],
    options: { Glaze: { Emerald: 0, Cobalt: 0, Aubergine: 1500 }, Panel: { 'One panel': 21000, 'Set of 3': 60000 } },
    stock: [5, 1, 4, 0, 2, 0],
    alt: 'Twelve-pointed emerald rosettes with honey petals and small dark triangles between them',
    drawing: tiles('rosette-12', 'emerald', 'bone', 'honey', 'black'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'ten-fold-girih-panel',
    title: 'Ten-fold girih panel',
    code: 'ZEL-GIR10',
    description:
      'Decagons and bow ties, the girih set that builders of Isfahan drew with compass and straightedge. Ten-fold symmetry never closes on a square grid, so the repeat is a rhombus and the cut at the panel edge is always off centre. We pack a drawing that shows which panel goes where.',
    details: ['Fired earthenware, tin glaze', 'Panel 50 × 50 cm', 'Numbered on the back for laying order'],
    tags: ['girih', 'ten-fold', 'panel'],
    options: { Panel: { 'One panel': 18500, 'Set of 4': 70000 } },
    stock: [3, 1],
    alt: 'Ten-pointed turquoise stars linked by bow ties in indigo and bone',
    drawing: tiles('rosette-10', 'turquoise', 'bone', 'indigo', 'saffron'),
  },
  {
    slug: 'hexagon-and-star-zellige',
    title: 'Hexagon and star zellige',
    code: 'ZEL-STAR6',
    description:
      'Six-pointed stars set in hexagonal rings, an easy pattern for a first wall because every joint runs in one of three directions. The stars arrive loose in bags of fifty and the rings on mesh. Expect two or three stars in a bag with a nicked point; we count them out and add spares.',
    details: ['Earthenware, lead-free glaze', 'Star 7 cm', 'One bag covers 0.5 m²'],
    tags: ['star', 'six-fold', 'wall'],
    options: {
      Glaze: { Saffron: 0, Turquoise: 0, Pomegranate: 300 },
      Amount: { 'Sample set': 900, 'Half square metre': 8700 },
    },
    stock: [22, 11, 30, 7, 15, 0],
    alt: 'Six-pointed saffron stars within bone hexagons and indigo lozenges',
    drawing: tiles('star-6', 'saffron', 'bone', 'indigo'),
    picturedOption: 'Glaze',
  },
  {
    slug: 'night-garden-rosette',
    title: 'Night garden rosette',
    code: 'ZEL-NIGHT',
    description:
      'The eight-fold rosette again, but laid dark on dark: black stars, aubergine petals and a single thread of saffron. By daylight it reads as one surface; with a lamp from the side the bevels come forward. It hides limescale badly, so we would not put it behind a tap.',
    details: ['Hand-cut earthenware, manganese glaze', 'Panel 48 × 48 cm', 'Wipe dry after washing'],
    tags: ['rosette', 'eight-fold', 'dark'],
    options: { Panel: { 'One panel': 17800, 'Set of 4': 67000 } },
    stock: [4, 0],
    alt: 'Dark panel of black stars and aubergine petals with saffron accents',
    drawing: tiles('rosette-8', 'aubergine', 'charcoal', 'plum', 'saffron'),
  },
  {
    slug: 'white-on-white-star-zellige',
    title: 'White on white star zellige',
    code: 'ZEL-WHITE',
    description:
      'Star and cross in two whites, one warm and one slightly grey, so that the pattern only shows when the light moves. The clay comes through at the chipped edges as a fine pink line. Popular for small bathrooms, where it does not shout.',
    details: ['Earthenware, tin-white glaze', 'Star 10 cm, 12 mm thick', 'Joint colour: ivory or light grey'],
    tags: ['star', 'white', 'bathroom'],
    options: { Amount: { 'Sample pair': 750, 'Half square metre': 9400, 'One square metre': 18200 } },
    stock: [55, 16, 12],
    alt: 'Chalk-white stars and ivory crosses with faint pink clay edges',
    drawing: tiles('star-cross', 'chalk', 'sand'),
  },
  {
    slug: 'meknes-star-frieze',
    title: 'Meknes star frieze',
    code: 'ZEL-FRIEZ',
    description:
      'A frieze of six-pointed stars for the top edge of a tiled wall, where the plaster begins. Comes in straight lengths and in corners that are cut as mirror images. Colours follow a fragment from the 1730s stables in Meknes; the original is a little browner.',
    details: ['Earthenware on mesh', 'Height 14 cm, length 42 cm', 'Corner pieces sold in pairs'],
    tags: ['frieze', 'six-fold', 'border'],
    options: { Piece: { 'Straight 42 cm': 3400, 'Corner pair': 4800 } },
    stock: [26, 3],
    alt: 'Brick red six-pointed stars with sea green lozenges on a chalk ground',
    drawing: tiles('star-6', 'brick', 'chalk', 'sea-green'),
  },
  {
    slug: 'blue-hour-twelve-fold',
    title: 'Blue hour twelve-fold',
    code: 'ZEL-BLUE12',
    description:
      'One colour family from sky to indigo over a twelve-fold lattice. We sort the cut pieces by shade before assembly, so a panel runs slightly darker towards one corner; turn the panels as you like. The last batch of this sky glaze is sold and the next firing is in spring.',
    details: ['Hand-cut earthenware', 'Panel 60 × 52 cm', 'Sorted by shade'],
    tags: ['rosette', 'twelve-fold', 'blue'],
    options: { Panel: { 'One panel': 22500, 'Set of 3': 64500 } },
    stock: [0, 0],
    alt: 'Twelve-pointed rosettes in shades of indigo and sky blue',
    drawing: tiles('rosette-12', 'indigo', 'sky', 'cobalt', 'chalk'),
  },
]);
